using System.Collections.Immutable;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Lists;

/// <summary>What a finished import makes of a list. Pure functions of the shelf's record.</summary>
internal static class ListSwitch
{
    public const int ListsMax = 256;
    public const int ChangesMax = 100;

    /// <summary>The list as it is after the import, but for the number of its entries.</summary>
    /// <exception cref="RequestException">It may not be.</exception>
    public static ListEntry Next(ShelfRecord shelf, LayerRecord layer, ImportEnd end, Actor? actor, Instant now)
    {
        if (!shelf.Imports.Contains(layer.Id))
        {
            throw new RequestException(
                ProblemReason.ImportGone, "import_id", "The import was given up in the meantime; start it again.");
        }

        ListEntry? current = shelf.Find(layer.List);
        RequireNotOlder(current, layer, end);
        ImmutableArray<string> layers = [layer.Id];
        if (layer.Mode is not ImportMode.Replace)
        {
            if (current is null)
            {
                throw new RequestException(
                    ProblemReason.ListUnknown, "list", "There is no such list to change; import it whole first.");
            }

            if (current.Layers.Length > ChangesMax)
            {
                throw new RequestException(
                    ProblemReason.ListChangedTooOften,
                    "mode",
                    $"The list was changed {ChangesMax} times since it was last replaced; replace it by a whole one.");
            }

            layers = [.. current.Layers, layer.Id];
        }
        else if (current is null && shelf.Lists.Count(static list => !list.IsRemoved) >= ListsMax)
        {
            throw new RequestException(
                ProblemReason.ListsTooMany, "list", $"There are {ListsMax} lists already; remove one first.");
        }

        return new ListEntry
        {
            Name = layer.List,
            AsOf = layer.AsOf,
            ChangedAt = now.ToUnixTimeTicks(),
            ChangeId = layer.Id,
            ChangedBy = Signatory.Of(actor),
            Lines = layer.Lines,
            BadLines = layer.Bad,
            Layers = layers,
        };
    }

    /// <summary>An empty file is a mistake more often than a list; a file of bad lines always is.</summary>
    /// <exception cref="RequestException">Nothing is on the list, or no line of a change could be read.</exception>
    public static void RequireEntries(LayerRecord layer, AddressSet set, ImportEnd end)
    {
        bool isSuspicious = layer.Mode is ImportMode.Replace ? set.Count == 0 : layer is { Entries: 0, Bad: > 0 };
        if (isSuspicious && !end.AllowsEmpty)
        {
            throw new RequestException(
                ProblemReason.ListEmpty,
                "end.allow_empty",
                $"None of {layer.Lines} lines has an address, so the list was left as it is. Set "
                + "allow_empty if it is meant to be empty.");
        }
    }

    public static ShelfRecord Apply(ShelfRecord shelf, ListEntry next, string layer)
    {
        ImmutableArray<string> replaced = shelf.Find(next.Name) is { } before
            ? [.. before.Layers.Where(old => !next.Layers.Contains(old))]
            : [];
        return shelf.With(next) with
        {
            Imports = shelf.Imports.Remove(layer),
            Leftovers = shelf.Leftovers.AddRange(replaced),
        };
    }

    private static void RequireNotOlder(ListEntry? current, LayerRecord layer, ImportEnd end)
    {
        if (current is not null && layer.AsOf < current.AsOf && !end.AllowsOlder)
        {
            throw new RequestException(
                ProblemReason.ListOlder,
                "import.as_of",
                $"The list in use is as of {Instant.FromUnixTimeTicks(current.AsOf)}, which is newer. To go back all "
                + "the same, set allow_older.");
        }
    }
}
