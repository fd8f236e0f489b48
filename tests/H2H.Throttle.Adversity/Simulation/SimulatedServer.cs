using H2H.Throttle.Adversity.Defects;
using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Memory;
using H2H.Throttle.Adversity.Models;
using H2H.Throttle.Adversity.Servers;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>One life of a server: a real engine, a line to the store, and a clock that may be wrong.</summary>
internal sealed class SimulatedServer
{
    /// <summary>Few, so that some calls find the person contended.</summary>
    private const int SaveTriesMax = 6;

    private readonly Dictionary<string, Queue<TaskCompletionSource>> turns = [];
    private readonly IServer server;
    private readonly Link link;
    private readonly Recorder recorder;

    private SimulatedServer(string name, ManualClock clock, IServer server, Link link, Recorder recorder) =>
        (Name, Clock, this.server, this.link, this.recorder) = (name, clock, server, link, recorder);

    public string Name { get; }

    public ManualClock Clock { get; }

    public int Faults => link.Faults;

    public static async Task<SimulatedServer> StartAsync(
        string name, ManualClock clock, MemoryStore store, Schedule schedule, Defect? defect, Recorder recorder)
    {
        Link link = new(schedule, isShort: schedule.Happens(0.5));
        LinkedRecords records = new(store.Records, link);
        ThrottleEngine engine = await ThrottleEngine.OpenAsync(
            defect?.Records?.Invoke(records, schedule) ?? records,
            new LinkedJournal(store.Journal, link),
            new IdentityHasher(new byte[IdentityHasher.KeyBytes]),
            new ThrottleOptions { SaveTriesMax = SaveTriesMax },
            ModelPolicy.Document,
            clock,
            NullLoggerFactory.Instance,
            CancellationToken.None);
        IServer server = new EngineServer(engine);
        link.IsFaulty = true;
        return new SimulatedServer(name, clock, defect?.Server?.Invoke(server) ?? server, link, recorder);
    }

    /// <summary>What is on its way to the store arrives; nothing else happens here any more.</summary>
    public void Kill() => link.IsDead = true;

    /// <summary>Answers a call on a line that loses nothing.</summary>
    public Task<Answer?> LookAsync(Call call)
    {
        link.IsFaulty = false;
        return ServeAsync(call);
    }

    /// <summary>Answers a call; null: with an error that does not say whether it happened.</summary>
    /// <remarks>A dead server never answers.</remarks>
    public async Task<Answer?> ServeAsync(Call call)
    {
        await EnterAsync(call.Person);
        RecordedCall recorded = recorder.Begin(call, Name, Clock.Now);
        Answer? answer = await TryAskAsync(call);
        Leave(call.Person);
        if (answer?.Words == $"{Answer.Refused} Contended")
        {
            recorder.Forget(recorded);
            return null;
        }

        if (answer is not null)
        {
            recorder.End(recorded, answer);
        }

        return answer;
    }

    private async Task<Answer?> TryAskAsync(Call call)
    {
        try
        {
            return await server.AskAsync(call, null, CancellationToken.None);
        }
        catch (UnansweredException)
        {
            return null;
        }
    }

    /// <summary>
    /// Lets calls about one person take turns before the engine does: its own queue goes on on other threads.
    /// </summary>
    private Task EnterAsync(string person)
    {
        if (link.IsDead)
        {
            return new TaskCompletionSource().Task;
        }

        if (turns.TryAdd(person, new Queue<TaskCompletionSource>()))
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource turn = new();
        turns[person].Enqueue(turn);
        return turn.Task;
    }

    private void Leave(string person)
    {
        if (turns[person].TryDequeue(out TaskCompletionSource? next))
        {
            next.SetResult();
        }
        else
        {
            turns.Remove(person);
        }
    }
}
