using System.Collections.Immutable;
using H2H.Throttle.Adversity.Models;

namespace H2H.Throttle.Adversity.Histories;

/// <summary>
/// Looks for an order in which the calls about one person, each at some instant between its beginning and its end, are
/// answered by the model as they were by the servers.
/// </summary>
/// <remarks>
/// The search is that of Wing and Gong (1993) with Lowe's memory (2017): a set of calls that was done before and left
/// the same model is not gone into twice. A call without an answer may happen at any time after its beginning, or
/// never. A call that changes nothing and is answered right, where it may be next, is next: in any order in which it
/// comes later it could as well come now. So those who only look, and who are refused, make the search no longer.
/// Whether a call without an answer happened may show many calls later. So what the next list does not show must not
/// have come about, and a search that gets lost begins again, with others of these calls at their beginnings and the
/// rest as late as can be (restarts, as in Gomes, Selman and Kautz,
/// "Boosting combinatorial search through randomization", AAAI 1998).
/// </remarks>
internal sealed class Explainer
{
    private const int FirstStepsMax = 1_000_000;
    private const int RestartsMax = 100;
    private const int RestartStepsMax = 50_000;

    private readonly ImmutableArray<RecordedCall> calls;
    private readonly long[] places;   // those that may be next are tried in this order
    private readonly int[] lists;
    private readonly HashSet<string> asked;   // more than once: request ids, and contacts by the name of their call
    private readonly bool[] done;
    private readonly HashSet<string> seen = [];
    private readonly Stack<Step> steps = new();
    private int known;

    private Explainer(IEnumerable<RecordedCall> calls, Random? dice)
    {
        // Of the same request asked again and again in vain, the first may happen whenever any other may.
        this.calls =
        [
            .. calls.OrderBy(static call => call.Begun).DistinctBy(static call =>
                call.Answer is null && call.Call.RequestId is { } id
                    ? (id, call.Call.Content, call.Clock, Begun: 0)
                    : ("", "", call.Clock, call.Begun)),
        ];
        done = new bool[this.calls.Length];
        asked =
        [
            .. this.calls.Select(static call => call.Call.Target).OfType<string>(),
            .. this.calls.Select(static call => call.Call.RequestId).OfType<string>()
                .GroupBy(static id => id).Where(static same => same.Count() > 1).Select(static same => same.Key),
        ];
        lists =
        [
            .. Enumerable.Range(0, done.Length).Where(i =>
                this.calls[i] is { Call.Kind: CallKind.List, Answer.Words: { } words }
                && !words.StartsWith(Answer.Refused, StringComparison.Ordinal)),
        ];
        places = [.. this.calls.Select(call => call.Answer is null && dice?.Next(2) == 0 ? call.Begun : call.Ended)];
    }

    /// <summary>What the search found; a history too wide for it is not judged, and says so.</summary>
    /// <param name="calls">All that was recorded about one person, in any order.</param>
    public static Explanation Explain(IReadOnlyCollection<RecordedCall> calls)
    {
        Explanation first = new Explainer(calls, null).Search(FirstStepsMax);
        return first.IsJudged
            ? first
            : Enumerable.Range(1, RestartsMax)
                .Select(seed => new Explainer(calls, new Random(seed)).Search(RestartStepsMax))
                .FirstOrDefault(static other => other.IsJudged, first);
    }

    private Explanation Search(int stepsMax)
    {
        int wanted = calls.Count(static call => call.Answer is not null);
        ImmutableArray<RecordedCall> best = [];
        PersonModel bestModel = PersonModel.Unknown;
        Enter(PersonModel.Unknown, call: -1);
        for (int tried = 0; steps.Count > 0; tried++)
        {
            if (known == wanted)
            {
                return new Explanation(Order(), [], IsJudged: true, tried);
            }

            if (tried > stepsMax)
            {
                return new Explanation(best, Stuck(best, bestModel), IsJudged: false, tried);
            }

            Step step = steps.Peek();
            if (step.Next == step.Candidates.Length)
            {
                Leave();
                continue;
            }

            int candidate = step.Candidates[step.Next++];
            (PersonModel after, Answer answer) = step.Model.Apply(calls[candidate]);
            if (!IsPossible(calls[candidate], answer, step.Model, after)
                || !MayBeListed(candidate, after)
                || !IsNew(candidate, after))
            {
                continue;
            }

            Enter(after, candidate);
            if (steps.Count > best.Length + 1)
            {
                (best, bestModel) = (Order(), after);
            }
        }

        return new Explanation(best, Stuck(best, bestModel), IsJudged: true, 0);
    }

    /// <summary>A call that nobody heard of need not be placed where it changes nothing.</summary>
    private static bool IsPossible(RecordedCall call, Answer answer, PersonModel before, PersonModel after) =>
        call.Answer is { } given ? given.Says(answer) : !ReferenceEquals(before, after);

    /// <summary>Whether it happened and may have happened here, where it changes nothing.</summary>
    private static bool IsIdle(RecordedCall call, PersonModel model)
    {
        if (call.Answer is not { } given)
        {
            return false;
        }

        (PersonModel after, Answer answer) = model.Apply(call);
        return ReferenceEquals(model, after) && given.Says(answer);
    }

    /// <summary>Whether what the next list shows may still come about.</summary>
    private bool MayBeListed(int candidate, PersonModel after)
    {
        int at = Array.FindIndex(lists, list => !done[list] && list != candidate);
        return at < 0 || after.MayBeListed(calls[lists[at]].Answer!.Words);
    }

    private bool IsNew(int candidate, PersonModel after)
    {
        done[candidate] = true;
        string key = string.Create((done.Length + 15) / 16, done, static (text, all) =>
        {
            text.Clear();
            for (int i = 0; i < all.Length; i++)
            {
                text[i / 16] |= (char)(all[i] ? 1 << (i % 16) : 0);
            }
        });
        done[candidate] = false;
        return seen.Add(key + after.KeyFor(asked));
    }

    private void Enter(PersonModel model, int call)
    {
        if (call >= 0)
        {
            done[call] = true;
            known += calls[call].Answer is null ? 0 : 1;
        }

        int[] candidates = Candidates();
        int only = Array.FindIndex(candidates, candidate => IsIdle(calls[candidate], model));
        steps.Push(new Step(model, call, only < 0 ? candidates : [candidates[only]]));
    }

    private void Leave()
    {
        Step left = steps.Pop();
        if (left.Call >= 0)
        {
            done[left.Call] = false;
            known -= calls[left.Call].Answer is null ? 0 : 1;
        }
    }

    /// <summary>The calls that may be next: those that began before any other that is left had ended.</summary>
    private int[] Candidates()
    {
        List<int> candidates = [];
        long ended = long.MaxValue;
        for (int i = 0; i < calls.Length && calls[i].Begun < ended; i++)
        {
            if (!done[i])
            {
                candidates.Add(i);
                ended = Math.Min(ended, calls[i].Ended);
            }
        }

        candidates.Sort((one, other) => places[one].CompareTo(places[other]));
        return [.. candidates];
    }

    private ImmutableArray<RecordedCall> Order() =>
        [.. steps.Reverse().Where(static step => step.Call >= 0).Select(step => calls[step.Call])];

    /// <summary>What the model would have answered to each of those that could have been next.</summary>
    private ImmutableArray<(RecordedCall Call, Answer Expected)> Stuck(
        ImmutableArray<RecordedCall> explained, PersonModel model)
    {
        RecordedCall[] left = [.. calls.Except(explained)];
        long ended = left.Min(static call => call.Ended);
        return [.. left.Where(call => call.Begun < ended).Select(call => (call, model.Apply(call).Answer))];
    }

    private sealed record Step(PersonModel Model, int Call, int[] Candidates)
    {
        public int Next { get; set; }
    }
}
