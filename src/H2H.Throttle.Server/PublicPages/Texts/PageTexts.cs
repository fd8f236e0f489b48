using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages.Texts;

/// <summary>What the pages say in one language. Every language has every text.</summary>
internal sealed class PageTexts
{
    private readonly FrozenDictionary<string, string> texts;
    private readonly ImmutableArray<string> months;
    private readonly ImmutableArray<string> days;

    private PageTexts(string language, FrozenDictionary<string, string> texts)
    {
        (Language, this.texts) = (language, texts);
        months = [.. texts["months"].Split(' ')];
        days = [.. texts["days"].Split(' ')];
    }

    /// <summary>English first: what is said to those whose language is not here.</summary>
    public static ImmutableArray<PageTexts> All { get; } = [Read("en"), Read("it"), Read("de"), Read("fr")];

    /// <summary>As in <c>en</c>.</summary>
    public string Language { get; }

    public IEnumerable<string> Keys => texts.Keys;

    public string this[string key] => texts[key];

    /// <summary>A text with something put into its places.</summary>
    public string With(string key, params ReadOnlySpan<object?> parts) =>
        string.Format(CultureInfo.InvariantCulture, texts[key], parts);

    /// <summary>A name that policies give, as people call it: <c>debt_collection</c> at worst as it is.</summary>
    public string NameOf(string kind, string name) =>
        texts.GetValueOrDefault($"{kind}.{name}") ?? name.Replace('_', ' ');

    /// <summary><c>2 March 2026, 09:00</c>.</summary>
    public string Write(Instant instant, DateTimeZone zone)
    {
        LocalDateTime local = instant.InZone(zone).LocalDateTime;
        string time = string.Create(CultureInfo.InvariantCulture, $"{local.Hour:00}:{local.Minute:00}");
        return With("date_time", Write(local.Date), time);
    }

    /// <summary><c>2 March 2026</c>.</summary>
    public string Write(LocalDate date)
    {
        string day = date.Day == 1 ? texts["day_first"] : date.Day.ToString(CultureInfo.InvariantCulture);
        return With("date", day, months[date.Month - 1], date.Year);
    }

    /// <summary>The name of a day: 1 is Monday.</summary>
    public string Day(int number) => days[number - 1];

    private static PageTexts Read(string language)
    {
        using Stream stream = typeof(PageTexts).Assembly.GetManifestResourceStream($"texts/{language}.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return new PageTexts(
            language,
            document.RootElement.EnumerateObject().ToFrozenDictionary(
                static text => text.Name, static text => text.Value.GetString()!, StringComparer.Ordinal));
    }
}
