namespace H2H.Throttle.Cli.Showing;

/// <summary>Commands that mend things.</summary>
internal static class Advice
{
    public const string StartServer = "dotnet run --project src/H2H.Throttle.Server";

    public const string TrustTime = "--Throttle:TrustRequestTime=true";
}
