using Microsoft.AspNetCore.Http.Features;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Reads what a page's form posts, within bounds.</summary>
internal static class PageForm
{
    private const int BytesMax = 16 * 1024;
    private const int FieldsMax = 16;

    /// <summary>Null: it is no form, or none of ours.</summary>
    public static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = BytesMax;
        }

        try
        {
            FormOptions options = new()
            {
                ValueCountLimit = FieldsMax,
                KeyLengthLimit = 64,
                ValueLengthLimit = 2048,
                BufferBodyLengthLimit = BytesMax,
                MultipartBodyLengthLimit = BytesMax,
            };
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, options));
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }
}
