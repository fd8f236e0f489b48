namespace H2H.Throttle.Server.PublicPages;

/// <summary>Puts people's pages before all else that is served.</summary>
internal static class PublicPipeline
{
    public static void AddPages(this IServiceCollection services, PublicOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<GoodLinks>();
        services.AddSingleton<PageFrame>();
        services.AddSingleton<VisitorLimits>();
        services.AddSingleton<LinkCalls>();
    }

    public static void UsePages(this WebApplication app) => app.UseMiddleware<PublicMiddleware>();
}
