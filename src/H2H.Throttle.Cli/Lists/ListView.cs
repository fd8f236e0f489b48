using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Lists;

/// <summary>Shows suppression lists and what was imported.</summary>
internal static class ListView
{
    public static void Show(Screen screen, SuppressionList list, TimeText times)
    {
        screen.Line($"[bold]{list.Name}[/]  {list.Entries:N0} addresses  as of {times.Write(list.AsOf)}");
        screen.Line($"  in use since {times.Write(list.ChangedAt)}, {list.Changes} changes, {MemoryOf(list)}");
        if (list.NewerSince is { } newer)
        {
            screen.Line($"  [yellow]the server that answers is still loading the version of {times.Write(newer)}[/]");
        }

        if (list.Unreadable)
        {
            screen.Line($"  [red]damaged in the store: nothing that depends on it is decided; import it again[/]");
        }
    }

    public static void Show(Screen screen, ImportProgress import)
    {
        screen.Line($"{import.Lines:N0} lines: {import.Addresses:N0} addresses, {import.Bad:N0} bad.");
        foreach (BadLine bad in import.BadLines)
        {
            screen.Line($"  [yellow]line {bad.Number}[/]  {TextOf(bad.Fault)}");
        }

        if (import.Bad > import.BadLines.Count && import.BadLines.Count > 0)
        {
            screen.Line($"  … and {import.Bad - import.BadLines.Count:N0} more");
        }
    }

    private static string MemoryOf(SuppressionList list) => list.MemoryBytes < 1_000_000
        ? $"{list.MemoryBytes / 1000.0:0.0} kB of memory"
        : $"{list.MemoryBytes / 1_000_000.0:0.0} MB of memory";

    private static string TextOf(LineFault fault) => fault switch
    {
        LineFault.CountryCodeMissing => "a phone number without its country code: give --country-code",
        LineFault.TooLong => "longer than any address",
        LineFault.KeyMissing => "a hash, and the file does not say of which key",
        _ => "neither a phone number nor an e-mail address",
    };
}
