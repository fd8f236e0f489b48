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
/// </remarks>
internal sealed class Explainer
{
    /// <summary>Steps of the search after which it gives up; a history that wide is not judged, and says so.</summary>
    private const int StepsMax = 5_000_000;

    private readonly ImmutableArray<RecordedCall> calls;
    private readonly bool[] done;
    private readonly HashSet<string> seen = [];
    private readonly Stack<Step> steps = new();
    private int known;

    private Explainer(IEnumerable<RecordedCall> calls)
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
    }

    /// <summary>What the search found.</summary>
    /// <param name="calls">All that was recorded about one person, in any order.</param>
    public static Explanation Explain(IEnumerable<RecordedCall> calls) => new Explainer(calls).Search();

    private Explanation Search()
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

            if (tried > StepsMax)
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
            if (!IsPossible(calls[candidate], answer, step.Model, after) || !IsNew(candidate, after))
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
        return seen.Add(key + after.Key);
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

        candidates.Sort((one, other) => calls[one].Ended.CompareTo(calls[other].Ended));
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
