using System.Collections.Frozen;

namespace H2H.Throttle.Tidy.Tests.Dependencies;

/// <summary>Which project rests on which, and on which packages. Whoever adds an arrow adds it here first.</summary>
/// <remarks>
/// <code>
///    Core        decides
///     ▲
///   Engine       load → decide → save
///     ▲    ▲
///  Sqlite  Redis
///     ▲    ▲
///    Server ────► Contracts ◄──── Client ◄──── Cli ────► Engine, and the stores to copy and back them up
/// </code>
/// </remarks>
internal static class DependencyMap
{
    private const string Product = "H2H.Throttle.";
    private const string Logs = "Microsoft.Extensions.Logging.Abstractions";

    public static FrozenDictionary<string, Allowance> Sources { get; } = new Dictionary<string, Allowance>
    {
        [Product + "Core"] = new([], ["NodaTime", "Microsoft.CodeAnalysis.BannedApiAnalyzers"]),
        [Product + "Engine"] = new(
            [Product + "Core"], ["NodaTime", "YamlDotNet", "Google.Protobuf", "Grpc.Tools", Logs]),
        [Product + "Sqlite"] = new(
            [Product + "Engine"],
            ["Microsoft.Data.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", Logs]),
        [Product + "Redis"] = new([Product + "Engine"], ["StackExchange.Redis", Logs]),
        [Product + "Contracts"] = new([], ["Google.Protobuf", "Grpc.Core.Api", "Grpc.Tools"]),
        [Product + "Client"] = new([Product + "Contracts"], ["Grpc.Net.Client"]),
        [Product + "Cli"] = new(
            [Product + "Client", Product + "Engine", Product + "Sqlite", Product + "Redis"],
            ["System.CommandLine", "Spectre.Console"]),
        [Product + "Server"] = new(
            [Product + "Engine", Product + "Sqlite", Product + "Redis", Product + "Contracts"],
            [
                "Grpc.AspNetCore.Server", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol",
                "Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Protocols.OpenIdConnect",
            ]),

        ["Grpc.Core.Api"] = new([], []),
        ["Grpc.Net.Common"] = new(["Grpc.Core.Api"], []),
        ["Pipelines.Sockets.Unofficial"] = new([], []),
        ["System.IO.Hashing"] = new([], []),
    }.ToFrozenDictionary();

    /// <summary>Test projects that test no one project; every other is named for the one that it tests.</summary>
    public static FrozenSet<string> SharedTests { get; } = FrozenSet.Create(
        Product + "Testing", Product + "Standins.Tests", Product + "Pages.Tests",
        Product + "Tidy.Tests", Product + "Simulation",
        Product + "Adversity", Product + "Adversity.Tests",
        Product + "Simulation.Tests", Product + "Benchmarks", Product + "Mutation");

    /// <summary>Only Server and what tests it may know of ASP.NET Core.</summary>
    public static FrozenSet<string> WebProjects { get; } = FrozenSet.Create(Product + "Server");
}
