using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>What the columns of an audience say.</summary>
internal sealed class AudienceColumns
{
    public const string Person = "person_id";

    /// <summary>As <see cref="AudienceHeader.Plain"/> has it.</summary>
    public const string PersonPlain = "personid";

    private const string LabelPrefix = "label.";
    private const string NoText = "is no text in UTF-8";

    /// <summary>Each puts a cell into a contact; the answer is what is wrong with the cell, or null.</summary>
    private static readonly FrozenDictionary<string, Func<Contact, string, string?>> Known =
        new Dictionary<string, Func<Contact, string, string?>>
        {
            [Person] = Text(static (contact, cell) => contact.PersonId = cell),
            ["address"] = Text(static (contact, cell) => contact.Address = cell),
            ["channel"] = Text(static (contact, cell) => contact.Channel = cell),
            ["purpose"] = Text(static (contact, cell) => contact.Purpose = cell),
            ["brand"] = Text(static (contact, cell) => contact.Brand = cell),
            ["campaign"] = Text(static (contact, cell) => contact.Campaign = cell),
            ["topic"] = Text(static (contact, cell) => contact.Topic = cell),
            ["sender"] = Text(static (contact, cell) => contact.Sender = cell),
            ["country"] = Text(static (contact, cell) => contact.Country = cell),
            ["subject"] = Text(static (contact, cell) => contact.Subjects.Add(cell)),
            ["priority"] = Number(static (contact, number) => contact.Priority = number),
            ["weight"] = Number(static (contact, number) => contact.Weight = number),
            ["planned_at"] = Planned,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> NamesByPlain =
        Known.Keys.ToFrozenDictionary(AudienceHeader.Plain, StringComparer.Ordinal);

    private readonly ImmutableArray<Func<Contact, string, string?>?> columns;
    private readonly int person;

    private AudienceColumns(ImmutableArray<string> names, bool ignoresOthers)
    {
        person = names.IndexOf(Person);
        columns = [.. names.Select(name => ColumnOf(name, ignoresOthers))];
        Names = names.ToImmutableHashSet(StringComparer.Ordinal);
        string? twice = names.GroupBy(static name => name).FirstOrDefault(static name => name.Count() > 1)?.Key;
        if (twice is not null && columns[names.IndexOf(twice)] is not null)
        {
            throw new UnusableException($"There are two columns {twice}.");
        }
    }

    public ImmutableHashSet<string> Names { get; }

    /// <summary>For <c>--help</c>.</summary>
    public static string Help => $"{string.Join(", ", Known.Keys)} and label.NAME";

    /// <summary>Whether a column is called so, as <see cref="AudienceHeader.Plain"/> has it.</summary>
    public static bool IsKnown(string plain) => NamesByPlain.ContainsKey(plain);

    /// <param name="first">The file's first record.</param>
    /// <param name="ignoresOthers">Columns of another name are for somebody else.</param>
    /// <exception cref="UnusableException">
    /// A column is not known, there are two of one, or the record is neither names nor an id.
    /// </exception>
    public static AudienceColumns Of(CsvRecord first, bool ignoresOthers)
    {
        if (first.Fault is not null || first.Fields.Any(IsNoText))
        {
            throw new UnusableException($"The first line {first.Fault ?? NoText}.");
        }

        if (AudienceHeader.IsHeader(first.Fields))
        {
            return new AudienceColumns([.. first.Fields.Select(Clean)], ignoresOthers);
        }

        AudienceHeader.RequireId(first);
        return new AudienceColumns([Person], ignoresOthers);
    }

    /// <param name="record">Of the file.</param>
    /// <param name="usual">What cells that are empty or not there stand for.</param>
    public AudienceLine Read(CsvRecord record, Contact usual)
    {
        string id = person < record.Fields.Length ? record.Fields[person].Trim() : "";
        if (record.Fault is not null || record.Fields.Length != columns.Length)
        {
            return new AudienceLine(
                record.Line, id, null, record.Fault ?? $"has {record.Fields.Length} fields, not {columns.Length}");
        }

        if (record.Fields.Any(IsNoText))
        {
            return new AudienceLine(record.Line, id, null, NoText);
        }

        if (AudienceHeader.Plain(id) == PersonPlain)
        {
            return new AudienceLine(record.Line, id, null, "names columns, as the first line of a file does");
        }

        Contact contact = usual.Clone();
        for (int i = 0; i < columns.Length; i++)
        {
            string cell = record.Fields[i].Trim();
            if (cell.Length > 0 && columns[i]?.Invoke(contact, cell) is { } fault)
            {
                return new AudienceLine(record.Line, id, null, fault);
            }
        }

        return id.Length == 0
            ? new AudienceLine(record.Line, id, null, $"has no {Person}")
            : new AudienceLine(record.Line, id, contact, null);
    }

    private static string Clean(string name) => NamesByPlain.TryGetValue(AudienceHeader.Plain(name), out string? known)
        ? known
        : name.Trim().ToLowerInvariant();

    // What reading put in the place of bytes that are no text.
    private static bool IsNoText(string cell) => cell.AsSpan().ContainsAny('\0', '\uFFFD');

    private static Func<Contact, string, string?>? ColumnOf(string name, bool ignoresOthers)
    {
        if (Known.TryGetValue(name, out Func<Contact, string, string?>? column))
        {
            return column;
        }

        if (name.StartsWith(LabelPrefix, StringComparison.Ordinal))
        {
            string label = name[LabelPrefix.Length..];
            return Text((contact, cell) => contact.Labels[label] = cell);
        }

        return ignoresOthers ? null : throw new UnusableException(
            $"Column {name} is not known; there are {Help}. To leave out columns of other names, give "
            + "--ignore-other-columns.");
    }

    private static Func<Contact, string, string?> Text(Action<Contact, string> put) => (contact, cell) =>
    {
        put(contact, cell);
        return null;
    };

    private static Func<Contact, string, string?> Number(Action<Contact, int> put) => (contact, cell) =>
    {
        if (!int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return $"has '{cell}' where a number belongs";
        }

        put(contact, number);
        return null;
    };

    private static string? Planned(Contact contact, string cell)
    {
        if (Moments.Read(cell) is not { } at)
        {
            return $"has '{cell}' where an instant with its offset belongs, such as 2026-03-02T09:00:00+01:00";
        }

        contact.PlannedAt = at;
        return null;
    }
}
