using System.Globalization;
using System.Text.Json;
using H2H.Throttle.Engine.Journals;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Lists;

/// <summary>What the journal keeps of suppression lists.</summary>
internal static class ListFacts
{
    public const string Switched = "list_switched";
    public const string Removed = "list_removed";

    /// <summary>That a list became what it is. Whoever notices tells; the journal keeps it once.</summary>
    public static JournalFact Of(ListEntry list)
    {
        Dictionary<string, string> data = [];
        if (!list.IsRemoved)
        {
            data["as_of"] = InstantPattern.ExtendedIso.Format(Instant.FromUnixTimeTicks(list.AsOf));
            data["entries"] = list.Entries.ToString(CultureInfo.InvariantCulture);
            data["lines"] = list.Lines.ToString(CultureInfo.InvariantCulture);
            data["bad_lines"] = list.BadLines.ToString(CultureInfo.InvariantCulture);
            data["changes"] = (list.Layers.Length - 1).ToString(CultureInfo.InvariantCulture);
        }

        JournalFact fact = new(
            $"list-{list.ChangeId}",
            Instant.FromUnixTimeTicks(list.ChangedAt),
            list.IsRemoved ? Removed : Switched,
            list.Name,
            JsonSerializer.SerializeToUtf8Bytes(data));
        return fact.Sign(list.ChangedBy?.ToActor());
    }
}
