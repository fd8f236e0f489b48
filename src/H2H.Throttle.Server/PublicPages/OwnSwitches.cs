using System.Collections.Immutable;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>A switch for each channel, purpose, topic and brand that a person may want to hear of, or not.</summary>
internal sealed class OwnSwitches(OwnView view, PageTexts texts)
{
    /// <summary>The most switches of one kind.</summary>
    private const int RowsMax = 100;

    private DateTimeZone Zone { get; } = OwnStory.ZoneOf(view);

    public Markup All()
    {
        ImmutableArray<string> channels = view.Policy.Channels;
        IEnumerable<string> purposes = view.Policy.Purposes.Values
            .Where(static purpose => purpose.ObeysOptOut)
            .Select(static purpose => purpose.Name)
            .Order(StringComparer.Ordinal);
        return Markup.All(
        [
            Group("channels", channels.Select(channel => new Scope(Channel: channel))),
            Group("purposes", purposes.Select(static purpose => new Scope(Purpose: purpose))),
            Group(
                "topics",
                Known(static scope => scope.Topic, static traits => traits.Topic, static refused => refused.Topic)
                    .Select(static topic => new Scope(Topic: topic))),
            Group(
                "brands",
                Known(static scope => scope.Brand, static traits => traits.Brand, static refused => refused.Brand)
                    .Select(static brand => new Scope(Brand: brand))),
            Others(),
        ]);
    }

    private Markup Group(string kind, IEnumerable<Scope> scopes)
    {
        Markup[] rows = [.. scopes.Take(RowsMax).Select((scope, i) => Row($"{kind}-{i}", scope))];
        return rows.Length == 0
            ? Markup.None
            : Markup.Of($"""
                <section aria-labelledby="{kind}"><h2 id="{kind}">{texts[kind]}</h2>
                <ul class="rows">
                {rows}</ul></section>

                """);
    }

    /// <summary>What is on and paused says so, and until when: turning it off outlasts the pause.</summary>
    private Markup Row(string id, Scope scope)
    {
        bool isOn = view.Person.Statements.OptOutOf(scope) is null;
        Instant? pause = isOn
            ? view.Person.Snoozes.Where(snooze => snooze.Scope.Contains(scope)).Max(static one => (Instant?)one.Until)
            : null;
        string state = !isOn ? "off" : pause is null ? "on" : "paused";
        Markup until = pause is { } end
            ? Markup.Of($"""
                <br><span class="soft" id="{id}-u">{texts.With("paused_until", texts.Write(end, Zone))}</span>
                """)
            : Markup.None;
        string name = pause is null ? $"{id} {id}-b" : $"{id} {id}-b {id}-u";
        return Markup.Of($"""
            <li class="row"><span><span id="{id}">{NameOf(scope)}</span>{until}</span>
            <form method="post">{FieldsOf(scope)}<button class="switch {state}" id="{id}-b" role="switch"
            aria-checked="{(isOn ? "true" : "false")}" aria-labelledby="{name}"
            name="{OwnWish.Field}" value="{(isOn ? "off" : "on")}">{texts[state]}</button></form></li>

            """);
    }

    /// <summary>Refusals that no switch shows, because they are about several things together.</summary>
    private Markup Others()
    {
        Scope[] others =
        [
            .. view.Person.Statements.InForce.Select(static said => said.Scope)
                .Where(static scope => PartsOf(scope) > 1)
                .Where(scope => view.Person.Statements.OptOutOf(scope) is not null)
                .Distinct()
                .Take(RowsMax),
        ];
        return others.Length == 0
            ? Markup.None
            : Markup.Of($"""
                <section aria-labelledby="others"><h2 id="others">{texts["others"]}</h2>
                <ul class="rows">
                {others.Select(Other)}</ul></section>

                """);
    }

    private Markup Other(Scope scope, int i) => Markup.Of($"""
        <li class="row"><span id="others-{i}">{Wording.ScopeOf(texts, scope)}</span>
        <form method="post">{FieldsOf(scope)}<button name="{OwnWish.Field}" value="on" id="allow-{i}"
        aria-labelledby="allow-{i} others-{i}">{texts["allow"]}</button></form></li>

        """);

    private Markup NameOf(Scope scope) => Wording.Name(scope switch
    {
        { Channel: { } channel } => texts.NameOf("channel", channel),
        { Purpose: { } purpose } => texts.NameOf("purpose", purpose),
        _ => scope.Topic ?? scope.Brand ?? "",
    });

    /// <summary>What the person spoke of, was contacted about, or would have been.</summary>
    private IEnumerable<string> Known(
        Func<Scope, string?> said, Func<ContactTraits, string?> had, Func<Refusals, string?> asked) =>
        view.Person.Statements.Items.Select(statement => said(statement.Scope))
            .Concat(view.Contacts.Select(contact => had(contact.Contact.Traits)))
            .Concat(view.Refusals.Select(asked))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal);

    private static int PartsOf(Scope scope) =>
        new[] { scope.Channel, scope.Purpose, scope.Topic, scope.Brand }.Count(static part => part is not null);

    private static Markup FieldsOf(Scope scope) => Markup.All(
        from part in new[]
        {
            ("channel", scope.Channel), ("purpose", scope.Purpose), ("topic", scope.Topic), ("brand", scope.Brand),
        }
        where part.Item2 is not null
        select Markup.Of($"""<input type="hidden" name="{part.Item1}" value="{part.Item2}">"""));
}
