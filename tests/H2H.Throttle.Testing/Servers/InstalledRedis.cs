using System.Diagnostics;
using System.Globalization;

namespace H2H.Throttle.Testing.Servers;

/// <summary>A server that is installed here.</summary>
/// <param name="server">Its program: a path, or a name on the PATH, that ends in <c>-server</c>.</param>
internal sealed class InstalledRedis(string server) : RedisProgram
{
    private const string Ending = "-server";

    public override Process StartServer(string name, IEnumerable<string> arguments) => Start(server, arguments);

    public override Process StartCommand(IEnumerable<string> arguments) =>
        Start($"{server[..^Ending.Length]}-cli", arguments);

    public override void Signal(string name, Process server, string signal) =>
        Run("kill", $"-{signal}", server.Id.ToString(CultureInfo.InvariantCulture));
}
