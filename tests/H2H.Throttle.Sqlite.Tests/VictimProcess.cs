using System.Diagnostics;
using System.Globalization;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Sqlite.Tests;

/// <summary>A process that writes to a store, says what was acknowledged, and waits to be killed.</summary>
/// <remarks>
/// Each writer counts its own record up and appends a fact for every count. The lines are <c>record KEY COUNT</c> and
/// <c>fact ID POSITION</c>; each is written only after the store has acknowledged it.
/// </remarks>
internal sealed class VictimProcess : IDisposable
{
    public const string Argument = "write-until-killed";
    private const int Writers = 16;

    private readonly Process process;

    private VictimProcess(Process process) => this.process = process;

    /// <summary>Starts it, and waits until it has the store open.</summary>
    public static async Task<VictimProcess> StartAsync(string path, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(VictimProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Argument);
        start.ArgumentList.Add(path);
        VictimProcess victim = new(Process.Start(start)!);
        Assert.Equal("open", await victim.process.StandardOutput.ReadLineAsync(cancellation));
        return victim;
    }

    /// <summary>Lets it write so many lines, kills it without warning and answers with all it said.</summary>
    public async Task<IReadOnlyList<string[]>> KillAfterAsync(int lines, CancellationToken cancellation)
    {
        List<string[]> said = [];
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            said.Add(line.Split(' '));
            if (said.Count == lines)
            {
                process.Kill();   // SIGKILL: nothing is flushed, closed or released
            }
        }

        await process.WaitForExitAsync(cancellation);
        return [.. said.Where(static words => words.Length == 3)];   // the last line may have been cut off
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    public static async Task<int> WriteUntilKilledAsync(string path)
    {
        SqliteStore store = SqliteStore.Open(new SqliteOptions { Path = path }, TimeProvider.System);
        string run = Guid.NewGuid().ToString("N");
        await using TextWriter output = TextWriter.Synchronized(
            new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
        await output.WriteLineAsync("open");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(
            writer => Task.Run(() => CountAsync(store, $"{run}-{writer}", output))));
        return 1;
    }

    private static async Task CountAsync(SqliteStore store, string name, TextWriter output)
    {
        RecordKey key = new("person", name);
        RecordVersion version = RecordVersion.Absent;
        for (int count = 1; ; count++)
        {
            byte[] value = BitConverter.GetBytes(count);
            version = await store.Records.TrySaveAsync(key, version, value, null, CancellationToken.None) switch
            {
                SaveResult.Saved saved => saved.Version,
                _ => throw new InvalidOperationException("Nobody else writes this record."),
            };
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"record {name} {count}"));

            JournalFact fact = new($"{name}-{count}", Instant.FromUnixTimeTicks(count), "counted", name, value);
            long position = await store.Journal.AppendAsync([fact], CancellationToken.None);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"fact {fact.Id} {position}"));
        }
    }
}
