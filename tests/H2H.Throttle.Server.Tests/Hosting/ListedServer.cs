namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>A server whose policy asks for a suppression list that it does not have at first.</summary>
public sealed class ListedServer() : TestServer("--Throttle:TrustRequestTime=true", "--Server:StoreWatchMs=10")
{
    public const string List = "dnc";

    private const string Document = """
        policy: listed
        zone: UTC
        channels: [email, phone]
        purposes: { marketing: {} }
        rules:
          - { name: registry, when: { channel: phone }, list: { name: dnc, max_age: 31 days } }
        """;

    protected override IEnumerable<string> SettingsWith(TemporaryStore files) =>
        [$"--Server:FirstPolicyPath={files.Write("listed.yaml", Document)}"];
}
