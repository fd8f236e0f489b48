using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;

namespace H2H.Throttle.Server.Dialers;

/// <summary>
/// Where dialers ask: <c>POST /dialer/NAME</c> before a call, <c>POST /dialer/NAME/outcome</c> after it.
/// </summary>
internal static class DialerPages
{
    public static void MapDialers(this WebApplication app)
    {
        string[] methods = [HttpMethods.Post, HttpMethods.Get];
        app.MapMethods("/dialer/{name}", methods, static http => AnswerAsync(http, isAsk: true));
        app.MapMethods("/dialer/{name}/outcome", methods, static http => AnswerAsync(http, isAsk: false));
    }

    private static async Task AnswerAsync(HttpContext http, bool isAsk)
    {
        IServiceProvider services = http.RequestServices;
        Dialer? dialer = services.GetRequiredService<DialerBook>().Find($"{http.GetRouteValue("name")}");
        DialerAnswer answer;
        try
        {
            answer = await AnswerAsync(http, dialer ?? throw DialerWire.Unknown(), isAsk);
        }
        catch (Exception error) when (error is not BadHttpRequestException && !http.Response.HasStarted)
        {
            ConnectCallContext call = new("dialer", http, http.RequestAborted);
            answer = DialerWire.Refused(
                services.GetRequiredService<CallErrors>().Translate(error, call), dialer, isAsk);
        }

        await DialerWire.WriteAsync(http.Response, answer);
    }

    private static async Task<DialerAnswer> AnswerAsync(HttpContext http, Dialer dialer, bool isAsk)
    {
        HttpRequest request = http.Request;

        // A form needs no leave to be sent from any page that a browser on this machine shows; dialers are no browsers.
        if (request.Headers.Origin.Count > 0)
        {
            throw DialerWire.FromPage();
        }

        if (!HttpMethods.IsPost(request.Method) && !dialer.Options.AllowGet)
        {
            http.Response.Headers.Allow = HttpMethods.Post;
            return DialerWire.WrongMethod(dialer, isAsk);
        }

        int bytesMax = http.RequestServices.GetRequiredService<ServerOptions>().RequestBytesMax;
        byte[] body = await new RequestBody(bytesMax).ReadBytesAsync(request, http.RequestAborted);
        string? type = request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant();
        DialerRecord record = DialerRecord.Read(request.QueryString.Value ?? "", type, body);
        DialerService service = http.RequestServices.GetRequiredService<DialerService>();
        return await (isAsk ? service.AskAsync(dialer, record, http) : service.TellAsync(dialer, record, http));
    }
}
