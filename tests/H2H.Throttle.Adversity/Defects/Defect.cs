using System.Collections.Immutable;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Adversity.Simulation;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Adversity.Defects;

/// <summary>A mistake that a server could have, put into all of them to prove that the checks would see it.</summary>
/// <param name="Name">What the servers do.</param>
internal sealed record Defect(string Name)
{
    /// <summary>Null: nothing is wrong between the engine and its line.</summary>
    public Func<IRecordStore, Schedule, IRecordStore>? Records { get; init; }

    /// <summary>Null: nothing is wrong between the clients and the engine.</summary>
    public Func<IServer, IServer>? Server { get; init; }

    public static ImmutableArray<Defect> All { get; } =
    [
        new("forgets request ids") { Server = static server => new ForgetfulServer(server) },
        new("forgets revocations") { Server = static server => new UnrevokingServer(server) },
        new("denies from memory") { Server = static server => new StubbornServer(server) },
        new("reads what is old") { Records = static (records, _) => new StaleRecords(records) },
        new("overwrites what others saved") { Records = static (records, _) => new OverwritingRecords(records) },
        new("acknowledges before it has saved") { Records = static (records, schedule) =>
            new EarlyRecords(records, schedule) },
        new("saves again what may have been saved") { Records = static (records, _) =>
            new RepeatingRecords(records) },
    ];

    public override string ToString() => Name;
}
