using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Claims;
using H2H.Throttle.Engine.Access;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace H2H.Throttle.Server.Access;

/// <summary>Reads who calls from a JSON Web Token (RFC 7519) of the one issuer that is trusted.</summary>
/// <remarks>
/// Only signatures with a public key are taken. A token that passed is remembered until its end, at most
/// <see cref="RememberedMax"/> of them.
/// </remarks>
internal sealed class TokenReader
{
    public const int RememberedMax = 10_000;

    private static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(1);
    private static readonly HttpClient Asking = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly AccessOptions options;
    private readonly TimeProvider clock;
    private readonly JsonWebTokenHandler handler = new();
    private readonly WatchedFile<JsonWebKeySet?> keyFile;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? issuer;
    private readonly ConcurrentDictionary<string, (Caller Caller, DateTimeOffset Ends)> passed = new();
    private JsonWebKeySet? passedWith;

    public TokenReader(AccessOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        keyFile = new WatchedFile<JsonWebKeySet?>(
            options.JwtKeysPath, static path => path.Length == 0 ? null : new JsonWebKeySet(File.ReadAllText(path)),
            clock);
        if (options.JwtIssuer.Length > 0 && options.JwtKeysPath.Length == 0)
        {
            issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
                $"{options.JwtIssuer.TrimEnd('/')}/.well-known/openid-configuration",
                new OpenIdConnectConfigurationRetriever(),
                new HttpDocumentRetriever(Asking) { RequireHttps = !new Uri(options.JwtIssuer).IsLoopback });
        }
    }

    /// <exception cref="Start.StartException">The file with the issuer's keys cannot be read.</exception>
    public void Load() => keyFile.Load();

    /// <summary>Who shows this token; null: it is none, or not to be trusted.</summary>
    /// <exception cref="Errors.RefusedException">The issuer's keys are not known yet.</exception>
    public async ValueTask<Caller?> FindAsync(string text, CancellationToken cancellation)
    {
        if (options.JwtIssuer.Length == 0 || !handler.CanReadToken(text))
        {
            return null;
        }

        Forget();
        if (passed.TryGetValue(text, out (Caller Caller, DateTimeOffset Ends) known) && clock.GetUtcNow() < known.Ends)
        {
            return known.Caller;
        }

        if (!IsOfTheIssuer(text))
        {
            return null;
        }

        await RequireKeysAsync(cancellation);
        TokenValidationResult result = await handler.ValidateTokenAsync(text, Parameters());
        cancellation.ThrowIfCancellationRequested();
        if (!result.IsValid || Read(result.ClaimsIdentity) is not { } caller)
        {
            return null;
        }

        passed[text] = (caller, result.SecurityToken.ValidTo);
        return caller;
    }

    /// <summary>As it says itself, which nobody has proved yet.</summary>
    private bool IsOfTheIssuer(string text)
    {
        try
        {
            return handler.ReadJsonWebToken(text).Issuer == options.JwtIssuer;
        }
        catch (ArgumentException)
        {
            return false;   // it only looked like a token
        }
    }

    /// <summary>Whom nobody can judge is not refused: the issuer may be back when they come again.</summary>
    private async ValueTask RequireKeysAsync(CancellationToken cancellation)
    {
        if (issuer is null)
        {
            return;
        }

        try
        {
            await issuer.GetConfigurationAsync(cancellation);
        }
        catch (InvalidOperationException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw AccessErrorWire.IssuerUnavailable();
        }
    }

    // Keys that were taken back take back what was signed with them.
    private void Forget()
    {
        JsonWebKeySet? now = keyFile.Current;
        if (!ReferenceEquals(Interlocked.Exchange(ref passedWith, now), now) || passed.Count >= RememberedMax)
        {
            passed.Clear();
        }
    }

    private TokenValidationParameters Parameters() => new()
    {
        ValidIssuer = options.JwtIssuer,
        ValidAudience = options.JwtAudience,
        IssuerSigningKeys = keyFile.Current?.GetSigningKeys(),
        ConfigurationManager = issuer,
        ValidAlgorithms =
        [
            SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
            SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
            SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        ],
        ClockSkew = ClockSkewMax,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
    };

    private Caller? Read(ClaimsIdentity claims)
    {
        string? word = claims.FindFirst(options.JwtRoleClaim)?.Value;
        bool isRole = Enum.TryParse(word, ignoreCase: true, out Role role)
            && Enum.GetNames<Role>().Contains(word, StringComparer.OrdinalIgnoreCase);
        ImmutableArray<string> brands =
            [.. claims.FindAll(options.JwtBrandsClaim).Select(static claim => claim.Value)];
        string name = claims.FindFirst(JwtRegisteredClaimNames.Sub)?.Value ?? "token";
        return isRole
            ? new Caller(name, role, role is Role.Sender ? brands : []) { Kind = ActorKind.Token, Id = name }
            : null;
    }
}
