using H2H.Throttle.Engine.Lists;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Lists;

/// <summary>Imports as a test needs them.</summary>
internal static class ListTrial
{
    public static string Phone(int number) => $"+1202{number:D7}";

    public static Task<ImportResult> ImportAsync(
        ThrottleEngine engine,
        string id,
        string[] lines,
        ImportMode mode = ImportMode.Replace,
        Instant? asOf = null,
        ImportEnd? end = null)
    {
        ImportDraft draft = new()
        {
            ImportId = id, List = "dnc", AsOf = asOf ?? TrialEngine.Start, Mode = mode,
        };
        return ImportAsync(engine, draft, lines, end);
    }

    public static async Task<ImportResult> ImportAsync(
        ThrottleEngine engine, ImportDraft draft, string[] lines, ImportEnd? end = null)
    {
        ListImport import = await engine.Lists.ImportAsync(draft, TrialEngine.Cancellation);
        await import.AddAsync(1, lines, TrialEngine.Cancellation);
        return await import.FinishAsync(end ?? new ImportEnd(lines.Length), TrialEngine.Cancellation);
    }
}
