using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Kinds;

/// <summary>Reads <c>cooldown</c>: silence after something happened.</summary>
internal static class CooldownReader
{
    public static RuleKind Kind { get; } = new(
        "cooldown", ["cooldown", "after", "times", "within", "event_day", "per", "zone"], Read);

    private static Cooldown? Read(RuleDraft draft)
    {
        Fields fields = draft.Fields;
        if (fields["after"] is null)
        {
            draft.Findings.Report(fields.KeyNode("cooldown")!, new Fault(
                "The cooldown does not say after what.", "Write `after: { outcome: refused }`."));
        }

        bool includesDay = fields["event_day"] is { } day && ReadEventDay(day, draft.Findings);
        Silence? silence = ReadSilence(fields["cooldown"]!, includesDay, draft.Findings);
        if (fields.KeyNode("event_day") is { } key && silence is not (null or Silence.Days or Silence.Months))
        {
            draft.Findings.Report(key, new Fault(
                "`event_day` is about calendar days, and this cooldown has none.",
                "Leave it out, or write `cooldown: 60 days`."));
        }

        int? times = fields["times"] is { } count ? ReadTimes(count, draft.Findings) : 1;
        Window? within = ReadWithin(draft, times);
        WindowZone zone = ZoneReader.ReadForRule(fields["zone"], draft.Findings);
        ImmutableArray<GroupKey> per = fields["per"] is { } split ? PerReader.Read(split, draft.Findings) : [];
        Matcher after = CountingReader.Read(draft, "after", MatcherUse.Happened);
        return silence is null || times is null || within is null
            ? null
            : new Cooldown(draft.Name, new Counting(after, per), silence, times.Value, within, zone);
    }

    private static Silence? ReadSilence(Node node, bool includesDay, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (text.Text is "forever")
        {
            return Silence.Forever;
        }

        if (SilenceReader.Read(text.Text, includesDay, out bool isOutOfBounds) is { } silence)
        {
            return silence;
        }

        if (isOutOfBounds)
        {
            findings.Report(node, new Fault(
                $"A cooldown lasts {CalendarSpan.Bounds}.", "Write `forever` for one without end."));
            return null;
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not how long a silence lasts.",
            "Write calendar time, `60 days` or `5 years`, elapsed time, `rolling 72h`, or `forever`."));
        return null;
    }

    private static int? ReadTimes(Node node, Findings findings)
    {
        if (!ValueReader.TryText(node, findings, out Node.Scalar? text))
        {
            return null;
        }

        if (ValueReader.WholeNumber(text.Text) is { } times and >= 1 and <= Cooldown.TimesMax)
        {
            return (int)times;
        }

        findings.Report(node, new Fault(
            $"{Quoted.Of(text.Text)} is not how often something happens.",
            $"Write a whole number from 1 to {Cooldown.TimesMax}."));
        return null;
    }

    private static Window? ReadWithin(RuleDraft draft, int? times)
    {
        if (draft.Fields["within"] is not { } node)
        {
            if (times > 1)
            {
                draft.Findings.Report(draft.Fields["times"]!, new Fault(
                    "`times` does not say in what time.", "Write `within: rolling 90d`, or `within: lifetime`."));
            }

            return Window.Forever;
        }

        if (times == 1)
        {
            draft.Findings.Report(draft.Fields.KeyNode("within")!, new Fault(
                "`within` is about something that happens several times.",
                    "Write `times: 2` as well, or leave it out."));
        }

        Window? window = WindowReader.Read(node, draft.Findings);
        if (window is Window.Calendar)
        {
            draft.Findings.Report(node, new Fault(
                $"`{window}` ends at fixed times: what happens on both sides of one would not be seen together.",
                "Write elapsed time, `rolling 90d`, or calendar days, `last 90 days`."));
            return null;
        }

        return window;
    }

    private static bool ReadEventDay(Node node, Findings findings)
    {
        if (ValueReader.TryText(node, findings, out Node.Scalar? text) && text.Text is not ("included" or "excluded"))
        {
            findings.Report(node, new Fault(
                $"{Quoted.Of(text.Text)} is neither `included` nor `excluded`.",
                "Write `excluded` if the days follow the day on which it happened, `included` if that is the first."));
        }

        return text?.Text is "included";
    }
}
