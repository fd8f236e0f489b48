using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Google.Protobuf.Reflection;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Dialers;

/// <summary>One dialer as it was set up: what its fields and dispositions mean.</summary>
internal sealed class Dialer
{
    /// <summary>The outcome in settings that is none: nobody was called.</summary>
    public const string Release = "release";

    // The star cannot stand in the name of an environment variable everywhere.
    private static readonly string[] AnyOther = ["*", "any_other"];

    private readonly FrozenDictionary<string, ImmutableArray<string>> fields;
    private readonly FrozenDictionary<string, string> constants;
    private readonly FrozenDictionary<string, string> outcomes;
    private readonly FrozenSet<string> open;

    public Dialer(string name, DialerOptions options)
    {
        (Name, Options) = (name, options);
        fields = options.Fields.ToFrozenDictionary(
            static field => field.Key,
            static field => field.Value
                .Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToImmutableArray(),
            StringComparer.OrdinalIgnoreCase);
        constants = options.Constants.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        outcomes = options.Outcomes.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        open = options.OpenFor
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    public string Name { get; }

    public DialerOptions Options { get; }

    public bool IsCheck => Options.Mode == "check";

    public TimeSpan Deadline => TimeSpan.FromMilliseconds(Options.DeadlineMs);

    /// <summary>Whether a contact for this purpose may be made although nothing was decided.</summary>
    public bool IsOpenFor(string purpose) => open.Contains(purpose);

    /// <summary>What the dialer calls a field: for errors, in its own words.</summary>
    public string WordFor(string field) =>
        fields.TryGetValue(field, out ImmutableArray<string> names) ? string.Join('+', names) : field;

    /// <summary>The value of a field; null: the record has none, nor have the settings.</summary>
    public string? Find(DialerRecord record, string field)
    {
        if (fields.TryGetValue(field, out ImmutableArray<string> names))
        {
            string?[] parts = [.. names.Select(record.Find)];
            if (parts.Length > 0 && Array.TrueForAll(parts, static part => !string.IsNullOrWhiteSpace(part)))
            {
                return string.Join(':', parts.Select(static part => part!.Trim()));
            }
        }

        return constants.GetValueOrDefault(field);
    }

    /// <summary>The contact that the record is about.</summary>
    /// <param name="record">As the dialer sent it.</param>
    /// <param name="violations">Takes what is no number and should be.</param>
    public Contact ContactOf(DialerRecord record, Violations violations)
    {
        Contact contact = new() { Channel = "phone" };
        foreach (FieldDescriptor field in Contact.Descriptor.Fields.InFieldNumberOrder())
        {
            if (DialerFields.IsPlain(field) && Find(record, field.Name) is { } text)
            {
                Set(contact, field, text, violations);
            }
        }

        if (Find(record, DialerFields.Subjects) is { } subjects)
        {
            contact.Subjects.AddRange(
                subjects.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }

        foreach (string name in fields.Keys.Concat(constants.Keys)
            .Where(static name => name.StartsWith(DialerFields.Label, StringComparison.OrdinalIgnoreCase)))
        {
            if (Find(record, name) is { } label)
            {
                contact.Labels[name[DialerFields.Label.Length..]] = label;
            }
        }

        return contact;
    }

    /// <summary>All that the settings know.</summary>
    public IEnumerable<string> Dispositions => outcomes.Keys.Order(StringComparer.Ordinal);

    /// <summary>
    /// What a disposition means: an outcome's name, or <see cref="Release"/>; null: the settings do not say.
    /// </summary>
    public string? OutcomeOf(string disposition) =>
        outcomes.GetValueOrDefault(disposition)
        ?? AnyOther.Select(name => outcomes.GetValueOrDefault(name))
            .FirstOrDefault(static outcome => outcome is not null);

    private void Set(Contact contact, FieldDescriptor field, string text, Violations violations)
    {
        if (field.FieldType is FieldType.String)
        {
            field.Accessor.SetValue(contact, text);
        }
        else if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            field.Accessor.SetValue(contact, number);
        }
        else
        {
            violations.Add(field.Name, ErrorReason.BodyMalformed, $"{WordFor(field.Name)} must be a whole number.");
        }
    }
}
