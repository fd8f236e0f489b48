using System.Buffers;
using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.Time;
using NodaTime;

namespace H2H.Throttle.Core.Rules;

/// <summary>Silence after something happened, once or several times in a window.</summary>
/// <remarks>
/// It begins with each happening that completes the number, so it lasts until it is over after the last of them. Where
/// the zone is not known it is over when it is over in every zone.
/// </remarks>
public sealed record Cooldown : Rule
{
    public const int TimesMax = 100;

    /// <param name="name">Of the rule.</param>
    /// <param name="after">What happened, and which of it belongs to the attempt.</param>
    /// <param name="silence">How long.</param>
    /// <param name="times">How often it must have happened: 1 to <see cref="TimesMax"/>.</param>
    /// <param name="within">In what time: rolling or last n days; lifetime where one is enough.</param>
    /// <param name="zone">Whose calendar.</param>
    public Cooldown(string name, Counting after, Silence silence, int times, Window within, WindowZone zone)
        : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(times, TimesMax);
        (After, Silence, Times, Within, Zone) = (after, silence, times, within, zone);
    }

    public Counting After { get; }

    public Silence Silence { get; }

    public int Times { get; }

    public Window Within { get; }

    public WindowZone Zone { get; }

    internal override IEnumerable<Counting> Countings => [After];

    public override string KindName => "cooldown";

    public override Duration? Reach => Times == 1 ? Silence.Reach : Silence.Reach + Within.Reach;

    /// <remarks>The same as <see cref="FreeAt"/>, without a memory of its own.</remarks>
    internal override bool Allows(in Circumstances circumstances, Instant at)
    {
        Ledger ledger = circumstances.Person.Ledger;
        Instant[] rented = ArrayPool<Instant>.Shared.Rent(ledger.Contacts.Length + ledger.Events.Length);
        bool isSilent = false;
        foreach (string? subject in After.GroupsOf(circumstances.Traits))
        {
            Span<Instant> happened = rented.AsSpan(0, Gather(circumstances, subject, at, rented));
            isSilent = isSilent || (happened.Length >= Times && IsSilent(circumstances, happened, at));
        }

        ArrayPool<Instant>.Shared.Return(rented);
        return !isSilent;
    }

    internal override Instant? FreeAt(in Circumstances circumstances, Instant at)
    {
        Instant free = at;
        foreach ((Instant began, Instant? over, _) in Silences(circumstances))
        {
            if (began <= free && !(over <= free))
            {
                if (over is null)
                {
                    return null;
                }

                free = over.Value;
            }
        }

        return free;
    }

    internal override Instant? BusyAt(in Circumstances circumstances, Instant at)
    {
        Instant? first = null;
        foreach ((Instant began, Instant? over, _) in Silences(circumstances))
        {
            if (!(over <= at))
            {
                Instant busy = Instant.Max(began, at);
                first = first < busy ? first : busy;
            }
        }

        return first;
    }

    /// <remarks>When an event began the silence, which is no contact, it is not told when that was.</remarks>
    internal override Evidence Look(in Circumstances circumstances, Instant at)
    {
        Evidence evidence = new() { Window = Silence.ToString() };
        foreach ((Instant began, Instant? over, ImmutableArray<LedgerContact> contacts) in Silences(circumstances))
        {
            if (began <= at && !(over <= at))
            {
                bool isOfContact = !contacts.IsEmpty && (contacts[^1].At == began || contacts[^1].OutcomeAt == began);
                Instant? start = isOfContact ? began : null;
                evidence = evidence with { Used = Times, Start = start, End = over, Counted = contacts };
            }
        }

        return evidence;
    }

    internal override Reason Explain(in Circumstances circumstances, Instant at, Instant? freeAt)
    {
        string times = Times == 1 ? "" : $" {Times} times";
        string howLong = Silence switch
        {
            Silence.Endless => "good",
            Silence.Rolling or Silence.RollingMonths => Silence.ToString()["rolling ".Length..],
            _ => Silence.ToString(),
        };
        string message = $"Silence for {howLong} after {Cause}{times}.";
        return Reason.Of(Name, ReasonCode.CoolingDown, message, freeAt, Look(circumstances, at));
    }

    /// <summary>What starts it, in words: <c>the outcome busy</c>.</summary>
    private string Cause => After.Matcher.Conditions.Select(static condition => condition switch
    {
        Condition.Outcome outcome => $"the outcome {string.Join(" or ", outcome.AnyOf.Select(static one => one.Text))}",
        Condition.Event happened => $"the event {string.Join(" or ", happened.AnyOf.Select(static one => one.Text))}",
        _ => null,
    }).OfType<string>().FirstOrDefault() ?? "what happened";

    /// <param name="circumstances">Tell where the person is.</param>
    /// <param name="happened">When it happened, in any order; nothing after <paramref name="at"/>.</param>
    /// <param name="at">When silence is asked for.</param>
    private bool IsSilent(in Circumstances circumstances, Span<Instant> happened, Instant at)
    {
        happened.Sort();
        foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
        {
            Timeline timeline = new(Within, zone, circumstances.Policy.WeekStarts);
            for (int last = Times - 1; last < happened.Length; last++)
            {
                Instant began = happened[last];
                if (!Silence.IsOver(began, at, zone)
                    && timeline.PositionOf(began) - timeline.PositionOf(happened[last - Times + 1]) < timeline.Span)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>When it happened, without what is after an instant or too long before it to matter.</summary>
    /// <returns>How often.</returns>
    private int Gather(in Circumstances circumstances, string? subject, Instant at, Instant[] happened)
    {
        Instant from = Reach is { } reach ? at - reach : Instant.MinValue;
        int count = 0;
        foreach (ref readonly LedgerContact contact in circumstances.Person.Ledger.Contacts.AsSpan())
        {
            Instant then = After.WhenCounted(contact);
            bool isInTime = After.Matcher.MayMatch(contact) && then >= from && then <= at;
            if (isInTime && After.Counts(circumstances, contact, subject))
            {
                happened[count++] = then;
            }
        }

        foreach (LedgerEvent one in circumstances.Person.Ledger.Events)
        {
            if (one.At >= from && one.At <= at && After.Counts(circumstances, one, subject))
            {
                happened[count++] = one.At;
            }
        }

        return count;
    }

    /// <summary>Every silence that ever began for such an attempt, in the order in which they began.</summary>
    private List<(Instant Began, Instant? Over, ImmutableArray<LedgerContact> Contacts)> Silences(
        in Circumstances circumstances)
    {
        List<(Instant Began, Instant? Over, ImmutableArray<LedgerContact> Contacts)> silences = [];
        foreach (string? subject in After.GroupsOf(circumstances.Traits))
        {
            List<(Instant At, LedgerContact? Contact)> happened = Happened(circumstances, subject);
            foreach (DateTimeZone zone in circumstances.ZonesOf(Zone))
            {
                Timeline timeline = new(Within, zone, circumstances.Policy.WeekStarts);
                for (int last = Times - 1; last < happened.Count; last++)
                {
                    int first = last - Times + 1;
                    long apart = timeline.PositionOf(happened[last].At) - timeline.PositionOf(happened[first].At);
                    if (apart < timeline.Span)
                    {
                        silences.Add((
                            happened[last].At,
                            Silence.EndAfter(happened[last].At, zone),
                            [.. happened[first..(last + 1)].Select(static h => h.Contact).OfType<LedgerContact>()]));
                    }
                }
            }
        }

        silences.Sort(static (one, other) => one.Began.CompareTo(other.Began));
        return silences;
    }

    private List<(Instant At, LedgerContact? Contact)> Happened(in Circumstances circumstances, string? subject)
    {
        List<(Instant At, LedgerContact? Contact)> happened = [];
        foreach (LedgerContact contact in circumstances.Person.Ledger.Contacts)
        {
            if (After.Counts(circumstances, contact, subject))
            {
                happened.Add((After.WhenCounted(contact), contact));
            }
        }

        foreach (LedgerEvent one in circumstances.Person.Ledger.Events)
        {
            if (After.Counts(circumstances, one, subject))
            {
                happened.Add((one.At, null));
            }
        }

        happened.Sort(static (one, other) => one.At.CompareTo(other.At));
        return happened;
    }
}
