using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Server.PublicPages.Texts;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>What happened: who contacted the person, who was refused, and what the person said.</summary>
internal sealed class OwnStory(OwnView view, PageTexts texts)
{
    /// <summary>The most of what was said that is shown.</summary>
    private const int SaidMax = 30;

    /// <summary>How many of a kind are seen at once; the rest unfolds, so that nobody has to pass by it.</summary>
    private const int SeenMax = 8;

    public DateTimeZone Zone { get; } = ZoneOf(view);

    private TimeWording Times { get; } = new(texts);

    /// <summary>The person's, else the policy's, else UTC.</summary>
    public static DateTimeZone ZoneOf(OwnView view) =>
        view.Person.Zone ?? view.Person.Zones.FirstOrDefault() ?? view.Policy.Zone ?? DateTimeZone.Utc;

    public Markup All() => Markup.All([Contacts(), Refused(), Consents(), Said()]);

    private Markup Contacts() => Section(
        "contacts",
        "contacts_none",
        [.. view.Contacts.Select(contact => Row(
            BrandOf(contact.Contact.Traits.Brand),
            Markup.Of($"{AboutOf(contact.Contact.Traits)} · {texts[StandingOf(contact)]}"),
            Markup.Of($"{texts.Write(contact.Contact.At, Zone)}")))],
        view.Contacts.Length == OwnView.ContactsMax ? texts.With("contacts_latest", OwnView.ContactsMax) : null);

    private Markup Refused() => Section(
        "refused",
        "refused_none",
        [.. view.Refusals.Select(one => Row(
            BrandOf(one.Brand),
            Wording.ScopeOf(texts, new Scope(one.Channel, one.Purpose, one.Topic)),
            Markup.Of($"{Times.TimesOf(one.Count)}, {texts.With("refused_last", texts.Write(one.LastAt, Zone))}")))],
        null);

    private Markup Consents()
    {
        Markup[] rows =
        [
            .. view.Person.Consents
                .Select(given => KnownConsent.Of(given, view.Person.Ledger, view.Now))
                .Where(static known => known.IsInForce)
                .Select((known, i) => Markup.Of($"""
                    <li class="row"><span id="consent-{i}">{Wording.Name(known.Given.Name)}<br>
                    <span class="soft">{Wording.ScopeOf(texts, known.Given.Scope)}</span></span>
                    <form method="post"><input type="hidden" name="consent" value="{known.Given.Name}">
                    <button name="{OwnWish.Field}" value="withdraw" id="withdraw-{i}"
                    aria-labelledby="withdraw-{i} consent-{i}">{texts["withdraw"]}</button></form></li>

                    """)),
        ];
        return rows.Length == 0 ? Markup.None : Section("consents", null, rows, null);
    }

    private Markup Said()
    {
        Markup[] rows =
        [
            .. view.History.Take(SaidMax).Select(entry => Row(
                Wording.Fill(
                    texts,
                    $"said_{(int)entry.Kind}",
                    entry.Consent is { } consent ? Wording.Name(consent) : Wording.ScopeOf(texts, entry.Scope),
                    Markup.Of($"{(entry.Until is { } until ? texts.Write(until, Zone) : WishOf(entry))}")),
                entry.Source is { } source ? Wording.Name(source) : Markup.None,
                Markup.Of($"{texts.Write(entry.At, Zone)}"))),
        ];
        return rows.Length == 0 ? Markup.None : Section("said", null, rows, null);
    }

    /// <summary>What the person wishes for from then on; empty for what is no wish.</summary>
    private string WishOf(HistoryEntry entry) => entry switch
    {
        { Kind: not (HistoryKind.Limits or HistoryKind.QuietTimes) } => "",
        { Wish: null } => texts["wish_changed"],
        { Wish: OwnWords.None } => texts["wish_none"],
        { Kind: HistoryKind.Limits } => string.Join("; ", OwnWords.LimitsIn(entry).Select(Times.Of)),
        _ => string.Join("; ", OwnWords.QuietTimesIn(entry).Select(Times.Of)),
    };

    private Markup Section(string id, string? none, Markup[] rows, string? note)
    {
        Markup latest = note is null ? Markup.None : Markup.Of($"<p class=\"soft\">{note}</p>");
        Markup body = rows.Length == 0
            ? Markup.Of($"<p>{texts[none!]}</p>")
            : Markup.Of($"""
                <ul class="rows">
                {rows.Take(SeenMax)}</ul>{Older([.. rows.Skip(SeenMax)])}{latest}
                """);
        return Markup.Of($"""
            <section aria-labelledby="{id}"><h2 id="{id}">{texts[id]}</h2>
            {body}</section>

            """);
    }

    private Markup Older(Markup[] rows) => rows.Length == 0
        ? Markup.None
        : Markup.Of($"""
            <details><summary>{texts.With("older", rows.Length)}</summary>
            <ul class="rows">
            {rows}</ul></details>
            """);

    private static Markup Row(Markup who, Markup what, Markup when) => Markup.Of($"""
        <li class="row told"><span><strong>{who}</strong><br><span class="soft">{what}</span></span>
        <span class="soft when">{when}</span></li>

        """);

    private Markup BrandOf(string? brand) => brand is null
        ? Markup.Of($"{texts["nobody"]}")
        : Wording.Name(brand);

    private Markup AboutOf(ContactTraits traits) =>
        Wording.ScopeOf(texts, new Scope(traits.Channel, traits.Purpose, traits.Topic));

    private static string StandingOf(KnownContact contact) => contact.Standing switch
    {
        _ when contact.Contact.Traits.Direction is Direction.In => "standing_in",
        Standing.Reserved => "standing_reserved",
        Standing.Unconfirmed => "standing_unconfirmed",
        Standing.Released => "standing_released",
        Standing.Revoked => "standing_revoked",
        _ => "standing_made",
    };
}
