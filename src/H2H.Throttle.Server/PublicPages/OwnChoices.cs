using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>What a person can say about all contacts together: stop, pause, how often, when not.</summary>
internal sealed class OwnChoices(OwnView view, PageTexts texts)
{
    private const int Hours = 24;

    private DateTimeZone Zone { get; } = OwnStory.ZoneOf(view);

    private TimeWording Times { get; } = new(texts);

    public Markup State()
    {
        bool isStopped = view.Person.Statements.OptOutOf(Scope.Everything) is not null
            || view.Person.Statements.InForce.Any(static said => said.Scope == Scope.Everything);
        Instant? pause = view.Person.Snoozes
            .Where(static snooze => snooze.Scope == Scope.Everything)
            .Max(static snooze => (Instant?)snooze.Until);
        string state = isStopped ? "state_stopped" : pause is null ? "state_open" : "state_paused";
        string text = pause is { } until && !isStopped
            ? texts.With("state_paused_text", texts.Write(until, Zone))
            : texts[$"{state}_text"];
        IEnumerable<Markup> parts = view.Person.Snoozes
            .Where(static snooze => snooze.Scope != Scope.Everything)
            .Select(snooze => Part("state_paused_part", snooze.Scope, texts.Write(snooze.Until, Zone)));
        Markup actions = Markup.All(
        [
            Button(isStopped ? "back" : "stop", isMain: true),
            isStopped || pause is not null ? Markup.None : Button("pause"),
            view.Person.Snoozes.IsEmpty ? Markup.None : Button("wake"),
        ]);
        return Markup.Of($"""
            <section class="state{(state == "state_open" ? "" : " off")}" aria-labelledby="state">
            <h2 id="state">{texts[state]}</h2>
            <p>{text}</p>
            {(isStopped ? [] : parts)}{Exempt()}<div class="actions">{actions}</div></section>
            """);
    }

    public Markup HowOften()
    {
        PersonLimit? own = view.Person.Limits.LastOrDefault(static limit => limit.Scope == Scope.Everything);
        string? picked = own is null ? "any" : OwnWish.Limits.FirstOrDefault(
            one => one.Limit.Contacts == own.Contacts && one.Limit.Window == own.Window.ToString()).Name;
        IEnumerable<string> names = ["any", .. OwnWish.Limits.Select(static limit => limit.Name)];
        IEnumerable<Markup> others = view.Person.Limits
            .Where(limit => picked is null || limit != own)
            .Select(limit => Part("also", limit.Scope, Times.Of(limit)));
        return Markup.Of($"""
            <section aria-labelledby="often"><form method="post"><fieldset aria-labelledby="often">
            <h2 id="often">{texts["often"]}</h2>
            {others}{names.Select(name => Pick(name, name == picked))}</fieldset>
            {Save("often")}</form></section>

            """);
    }

    public Markup QuietHours()
    {
        PersonQuiet? own = view.Person.QuietTimes.LastOrDefault(
            static quiet => quiet.Scope == Scope.Everything && quiet.Until is null);
        (int? from, int? to) = HoursOf(own);
        LocalDate today = view.Now.InZone(Zone).Date;
        IEnumerable<Markup> others = view.Person.QuietTimes
            .Where(quiet => !(quiet.Until < today) && (from is null || quiet != own))
            .Select(quiet => Part("also", quiet.Scope, Times.Of(quiet)));
        return Markup.Of($"""
            <section aria-labelledby="quiet"><h2 id="quiet">{texts["quiet"]}</h2>{others}<p>{texts["quiet_text"]}</p>
            <form method="post"><div class="hours"><label>{texts["quiet_from"]} {Choose("from", from)}</label>
            <label>{texts["quiet_to"]} {Choose("to", to)}</label></div>
            {Save("quiet")}</form></section>

            """);
    }

    private Markup Pick(string name, bool isChosen)
    {
        Markup chosen = isChosen ? new Markup(" checked") : Markup.None;
        return Markup.Of($"""
            <label class="pick"><input type="radio" name="often" value="{name}"{chosen} required>
            {texts[$"often_{name}"]}</label>

            """);
    }

    private Markup Save(string wish) => Markup.Of($"""
        <div class="actions"><button name="{OwnWish.Field}" value="{wish}">{texts["save"]}</button></div>
        """);

    /// <summary>What holds for a part of all contacts, and how.</summary>
    private Markup Part(string key, Scope scope, string how) => Markup.Of($"""
        <p class="soft part">{Wording.Fill(texts, key, Wording.ScopeOf(texts, scope), Wording.Plain(how))}</p>

        """);

    private Markup Exempt()
    {
        Markup[] names =
        [
            .. view.Policy.Purposes.Values.Where(static purpose => !purpose.ObeysOptOut)
                .OrderBy(static purpose => purpose.Name, StringComparer.Ordinal)
                .Select(purpose => Wording.Name(texts.NameOf("purpose", purpose.Name))),
        ];
        return names.Length == 0
            ? Markup.None
            : Markup.Of($"""
                <p class="soft">{Wording.Fill(texts, "state_exempt", new Markup(string.Join(", ", names)))}</p>

                """);
    }

    private Markup Button(string wish, bool isMain = false) => Markup.Of($"""
        <form method="post">
        <button class="{(isMain ? "main" : "other")}" name="{OwnWish.Field}" value="{wish}">{texts[wish]}</button>
        </form>
        """);

    private Markup Choose(string name, int? chosen) => Markup.Of($"""
        <select name="{name}"><option value="">{texts["quiet_none"]}</option>
        {Enumerable.Range(0, Hours).Select(hour => Hour(hour, hour == chosen))}</select>
        """);

    private static Markup Hour(int hour, bool isChosen)
    {
        Markup chosen = isChosen ? new Markup(" selected") : Markup.None;
        return Markup.Of($"""<option value="{hour}"{chosen}>{$"{hour:00}:00"}</option>""");
    }

    /// <summary>Nulls: there are none, or others than the page can offer.</summary>
    private static (int? From, int? To) HoursOf(PersonQuiet? own)
    {
        for (int from = 0; own is not null && from < Hours; from++)
        {
            for (int to = 0; to < Hours; to++)
            {
                if (own.Text == $"daily {from:00}:00-{to:00}:00")
                {
                    return (from, to);
                }
            }
        }

        return (null, null);
    }
}
