using H2H.Throttle.Server.Access;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Finds files that are of no use without another.</summary>
internal sealed class TlsOptionsValidator : IValidateOptions<TlsOptions>
{
    public ValidateOptionsResult Validate(string? name, TlsOptions options) =>
        options.CertificatePath.Length > 0 || (options.KeyPath.Length == 0 && options.ClientRootsPath.Length == 0)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "Tls:KeyPath and Tls:ClientRootsPath are of no use without Tls:CertificatePath.");
}
