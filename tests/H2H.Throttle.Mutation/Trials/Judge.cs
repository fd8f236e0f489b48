using System.Collections.Concurrent;
using System.Collections.Immutable;
using H2H.Throttle.Mutation.Faults;
using H2H.Throttle.Mutation.Reports;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>Finds out of each fault whether the tests notice it.</summary>
/// <remarks>
/// Most are tried one after another in one process, by the tests that come to them, quickest first. What is built once
/// a process is right by then; so a fault that only building comes to gets a process of its own, and every quick test.
/// Of a fault that both come to, only the later is seen.
/// </remarks>
/// <param name="folder">Where the tests lie beside the assembly with the faults.</param>
/// <param name="tests">The name of the tests' assembly.</param>
/// <param name="cases">What the tests do while nothing is wrong, after all is built.</param>
/// <param name="early">The numbers of faults that the tests come to while something is built, or always.</param>
internal sealed class Judge(
    string folder, string tests, ImmutableArray<TestCase> cases, IReadOnlySet<int> early)
{
    private const int NoFault = -1;

    /// <summary>A test that takes longer is tried only with faults that it comes to.</summary>
    private const int QuickMs = 50;

    /// <summary>So long may the tests of one fault take together without it; slower ones are left out.</summary>
    private const int TogetherMs = 20_000;

    private readonly ImmutableDictionary<int, TestCase> byNumber =
        cases.ToImmutableDictionary(static one => one.Number);

    /// <summary>Judges all, with some processes at a time, and hands each over as soon as it is known.</summary>
    /// <param name="faults">In that order.</param>
    /// <param name="first">One in which everything that is built once is built; it is used up.</param>
    /// <param name="processes">How many, at least one.</param>
    /// <param name="found">May be called from any thread.</param>
    public async Task JudgeAsync(
        IEnumerable<Fault> faults, HostProcess first, int processes, Action<Finding> found)
    {
        ConcurrentQueue<Fault> queue = new(faults);
        await Task.WhenAll(Enumerable.Range(0, processes).Select(
            number => Task.Run(() => WorkAsync(queue, number == 0 ? first : null, found))));
    }

    private async Task WorkAsync(ConcurrentQueue<Fault> queue, HostProcess? warm, Action<Finding> found)
    {
        HostProcess? host = warm;
        while (queue.TryDequeue(out Fault? fault))
        {
            TestCase[] near = NearOf(fault);
            Verdict verdict = new(Outcome.Unreached, null, IsOver: false);
            if (near.Length > 0)
            {
                host ??= await WarmAsync();
                verdict = await host.TryAsync(fault.Number, near);
                if (verdict.IsOver || await IsSpoiltAsync(host, verdict))
                {
                    host.Dispose();
                    host = null;
                }
            }

            bool isSpoilt = verdict.Outcome is Outcome.Noticed && host is null;
            bool isOnlyEarly = near.Length == 0 && early.Contains(fault.Number);
            if (isSpoilt || isOnlyEarly || (fault.IsAtStart && verdict.Outcome is Outcome.Alive))
            {
                verdict = await FromTheStartAsync(fault, near);
            }

            found(new Finding(fault, verdict.Outcome, NameOf(verdict.By)));
        }

        host?.Dispose();
    }

    /// <summary>The tests that come to it, quickest first.</summary>
    private TestCase[] NearOf(Fault fault)
    {
        int together = 0;
        return
        [
            .. cases.Where(one => one.Reached.Contains(fault.Number))
                .OrderBy(static one => one.Ms)
                .TakeWhile(one => (together += one.Ms) <= TogetherMs),
        ];
    }

    private string? NameOf(int? test) => byNumber.GetValueOrDefault(test ?? NoFault)?.Name;

    /// <summary>A process in which everything that is built once is built, without a fault.</summary>
    private async Task<HostProcess> WarmAsync()
    {
        HostProcess host = await HostProcess.StartAsync(folder, tests)
            ?? throw new InvalidOperationException("Without any fault the tests cannot be listed.");
        Verdict verdict = await host.TryAsync(NoFault, cases);
        return verdict.Outcome is Outcome.Alive
            ? host
            : throw new InvalidOperationException(
                $"Without any fault a test failed: {NameOf(verdict.By)}");
    }

    /// <summary>Whether the fault left something behind: the test that noticed it fails without it too.</summary>
    private async Task<bool> IsSpoiltAsync(HostProcess host, Verdict verdict) =>
        verdict.By is { } by && (await host.TryAsync(NoFault, [byNumber[by]])).Outcome is not Outcome.Alive;

    private async Task<Verdict> FromTheStartAsync(Fault fault, TestCase[] near)
    {
        using HostProcess? host = await HostProcess.StartAsync(folder, tests, fault.Number);
        return host is null
            ? new Verdict(Outcome.Noticed, null, IsOver: true)
            : await host.TryAsync(fault.Number, near.Union(cases.Where(static one => one.Ms <= QuickMs)));
    }
}
