using System.Collections.Frozen;
using H2H.Throttle.Cli.Asking;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Tells the names of an audience's columns from its first person, so that no name is asked about.</summary>
internal static class AudienceHeader
{
    private const char Comma = ',';

    /// <summary>What else separates columns whose names are known: as spreadsheets write where a comma is in numbers,
    /// and as databases do.</summary>
    private static readonly char[] OtherSeparators = [';', '\t', '|'];

    /// <summary>Nobody is called so; a first line that says it names a column.</summary>
    private static readonly FrozenSet<string> Names = new[]
    {
        "id", "ids", "uid", "uuid", "guid", "key", "name", "number", "externalid", "person", "persons", "personids",
        "people", "user", "users", "userid", "username", "customer", "customers", "customerid", "client", "clientid",
        "contact", "contacts", "contactid", "contactkey", "subscriber", "subscriberid", "subscriberkey", "member",
        "memberid", "recipient", "recipients", "recipientid", "lead", "leadid", "account", "accountid", "email",
        "emails", "emailaddress", "mail", "phone", "phonenumber", "telephone", "tel", "mobile", "msisdn", "audience",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A name without what people write differently: case, spaces, hyphens, underscores, quotes.</summary>
    public static string Plain(string name) => string.Concat(
        name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>By what the columns are separated.</summary>
    public static char SeparatorOf(CsvRecord first)
    {
        if (IsHeader(first.Fields))
        {
            return Comma;
        }

        string line = string.Join(Comma, first.Fields);
        return OtherSeparators.FirstOrDefault(separator => IsHeader(line.Split(separator)), Comma);
    }

    /// <summary>Whether these name columns, and among them the person's.</summary>
    public static bool IsHeader(IEnumerable<string> fields) =>
        fields.Any(static field => Plain(field) == AudienceColumns.PersonPlain);

    /// <exception cref="UnusableException">What names no columns is no person's id either.</exception>
    public static void RequireId(CsvRecord first)
    {
        if (first.Fields.Length != 1 || first.Fields[0].AsSpan().ContainsAny(';', '\t'))
        {
            throw new UnusableException(
                $"The first line names no column {AudienceColumns.Person}. Give each column a name: "
                + $"{AudienceColumns.Help}; or one id on each line.");
        }

        string plain = Plain(first.Fields[0]);
        if (Names.Contains(plain) || AudienceColumns.IsKnown(plain))
        {
            throw new UnusableException(
                $"The first line, {first.Fields[0].Trim()}, looks like the name of a column. Call the column of ids "
                + $"{AudienceColumns.Person}; if that is somebody's id, write {AudienceColumns.Person} on a line "
                + "above it.");
        }
    }
}
