using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Shadows;

/// <summary>What every server has counted of one subject, as the record store keeps it: JSON, one record.</summary>
/// <remarks>
/// Each server replaces its own section with all that it ever counted, so a save whose outcome is unknown may be
/// repeated. Sections of servers that have long been silent, and those of the most silent where there are too many, are
/// added up in one; a server whose section is gone begins another with what it has counted since.
/// </remarks>
internal sealed record ShadowCountsRecord
{
    public const string Kind = "shadow-counts";
    public const int Format = 1;

    /// <summary>The section that holds what silent servers had counted.</summary>
    public const string Past = "past";

    /// <summary>The most sections beside that one: a record stays far below what a store takes.</summary>
    public const int SectionsMax = 32;

    private static readonly Duration SilentMin = Duration.FromDays(1);

    [JsonPropertyName("format")]
    public int StoredFormat { get; init; } = Format;

    public ImmutableSortedDictionary<string, Section> Sections { get; init; } =
        ImmutableSortedDictionary.Create<string, Section>(StringComparer.Ordinal);

    /// <summary>All servers together.</summary>
    public ShadowCounts Total => Sections.Values
        .Select(static section => section.ToCounts())
        .Aggregate(ShadowCounts.None, static (one, other) => one.And(other));

    public ShadowCountsRecord With(string server, ShadowCounts counts, Instant now)
    {
        ImmutableSortedDictionary<string, Section> sections = Sections.SetItem(server, Section.Of(counts, now));
        string[] silent =
        [
            .. sections
                .Where(one => one.Key is not Past && one.Key != server)
                .OrderByDescending(static one => one.Value.At)
                .Where((one, place) => place >= SectionsMax - 1 || one.Value.IsOlderThan(now - SilentMin))
                .Select(static one => one.Key),
        ];
        if (silent.Length == 0)
        {
            return this with { Sections = sections };
        }

        ShadowCounts past = silent.Append(Past)
            .Where(sections.ContainsKey)
            .Select(one => sections[one].ToCounts())
            .Aggregate(static (one, other) => one.And(other));
        return this with { Sections = sections.RemoveRange(silent).SetItem(Past, Section.Of(past, now)) };
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static ShadowCountsRecord Read(Record record)
    {
        if (!record.Exists)
        {
            return new ShadowCountsRecord();
        }

        return JsonFormat.Read<ShadowCountsRecord>(
            record.Value.Span, Format, static read => read.StoredFormat, "record of what shadow rules counted");
    }

    /// <param name="At">When it was written, in ticks of 100 ns since 1970; so is <paramref name="Since"/>.</param>
    /// <param name="Since">When its first contact was counted; null: none was.</param>
    /// <param name="Asked">See <see cref="ShadowCounts"/>, as for the rest.</param>
    /// <param name="WouldRefuse">The same.</param>
    /// <param name="WouldAllow">The same.</param>
    /// <param name="Rules">By name: contacts, and those alone.</param>
    internal sealed record Section(
        long At,
        long? Since,
        long Asked,
        long WouldRefuse,
        long WouldAllow,
        ImmutableSortedDictionary<string, ImmutableArray<long>> Rules)
    {
        public static Section Of(ShadowCounts counts, Instant now) => new(
            now.ToUnixTimeTicks(),
            counts.Since?.ToUnixTimeTicks(),
            counts.Asked,
            counts.WouldRefuse,
            counts.WouldAllow,
            counts.Rules.ToImmutableSortedDictionary(
                static rule => rule.Rule,
                static rule => ImmutableArray.Create(rule.Contacts, rule.Alone),
                StringComparer.Ordinal));

        public ShadowCounts ToCounts() => new(
            Since is { } since ? Instant.FromUnixTimeTicks(since) : null,
            Asked,
            WouldRefuse,
            WouldAllow,
            ShadowCounts.Ordered(Rules.Select(static rule =>
                new ShadowRule(rule.Key, rule.Value[0], rule.Value[1]))));

        public bool IsOlderThan(Instant then) => Instant.FromUnixTimeTicks(At) < then;
    }
}
