using H2H.Throttle.Server.Start;

namespace H2H.Throttle.Server.Access;

/// <summary>What callers prove themselves to: read from files once, at start, and again when those change.</summary>
/// <param name="Options">Who may call.</param>
/// <param name="Tls">Whether it is encrypted.</param>
/// <param name="Admin">The key that is not in the store.</param>
/// <param name="Tokens">The issuer that is trusted.</param>
/// <param name="Certificate">The server's own; null: cleartext.</param>
internal sealed record Door(
    AccessOptions Options, TlsOptions Tls, AdminKey Admin, TokenReader Tokens, TlsCertificate? Certificate)
{
    /// <exception cref="StartException">A file cannot be read, or anybody on the network could call.</exception>
    public static Door Load(Settings settings, TimeProvider clock)
    {
        Exposure.Require(settings);
        Door door = new(
            settings.Access,
            settings.Tls,
            new AdminKey(settings.Access, clock),
            new TokenReader(settings.Access, clock),
            settings.Tls.CertificatePath.Length > 0 ? new TlsCertificate(settings.Tls, clock) : null);
        door.Admin.Load();
        door.Tokens.Load();
        door.Certificate?.Load();
        return door;
    }

    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Options);
        services.AddSingleton(Tls);
        services.AddSingleton(Admin);
        services.AddSingleton(Tokens);
        services.AddSingleton(static provider => provider.GetRequiredService<Engine.ThrottleEngine>().Keys);
        services.AddSingleton<CredentialReader>();
        services.AddSingleton<CallerLimits>();
        services.AddSingleton<BrandCheck>();
        services.AddSingleton<Doorkeeper>();
    }
}
