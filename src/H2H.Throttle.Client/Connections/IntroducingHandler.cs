using System.Net.Http.Headers;

namespace H2H.Throttle.Client.Connections;

/// <summary>Says with every call who calls: the same credentials (RFC 6750), and the program's name.</summary>
internal sealed class IntroducingHandler(string? key, string? program, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    private const string ProgramHeader = "h2h-program";

    private readonly AuthenticationHeaderValue? credentials = key is null ? null : new("Bearer", key);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = credentials;
        if (program is not null)
        {
            request.Headers.Add(ProgramHeader, program);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
