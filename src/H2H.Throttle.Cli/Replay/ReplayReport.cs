using System.Globalization;
using H2H.Throttle.Cli.Showing;

namespace H2H.Throttle.Cli.Replay;

/// <summary>What a replay found.</summary>
/// <param name="File">What was replayed.</param>
/// <param name="Run">Its name; the people are <c>client@run</c>.</param>
/// <param name="Policy">The policy that decided.</param>
/// <param name="PolicyVersion">And its version.</param>
/// <param name="Complete">Every call was answered.</param>
/// <param name="Clients">The clients of the file.</param>
/// <param name="Calls">The calls of the file.</param>
/// <param name="Made">Calls that were allowed.</param>
/// <param name="Refused">Calls that were refused.</param>
/// <param name="KnownBefore">Calls that an earlier start of this run had made, counted in the two above.</param>
/// <param name="Sales">The sales of the file.</param>
/// <param name="SalesTouched">Sales whose call was refused.</param>
/// <param name="Requests">Requests that the server answered.</param>
/// <param name="Repeated">Requests that had to be made again because none answered.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ReplayReport(
    string File,
    string Run,
    string Policy,
    long PolicyVersion,
    bool Complete,
    int Clients,
    int Calls,
    int Made,
    int Refused,
    int KnownBefore,
    int Sales,
    int SalesTouched,
    int Requests,
    int Repeated,
    double Seconds)
{
    public double CallsPerSecond => (Made + Refused - KnownBefore) / Math.Max(Seconds, 0.001);

    public double RequestsPerSecond => Requests / Math.Max(Seconds, 0.001);

    public void Show(Screen screen)
    {
        int done = Made + Refused;
        screen.Line($"[bold]{File}[/]: {N(Clients)} clients, {N(Calls)} calls, {N(Sales)} sales");
        if (!Complete)
        {
            screen.Line($"[yellow]Stopped after {N(done)} calls. The same command goes on from there.[/]");
        }

        screen.Line($"  calls made      {N(Made),9}  {Share(Made, done)}");
        screen.Line($"  calls refused   {N(Refused),9}  {Share(Refused, done)}");
        screen.Line($"  sales touched   {N(SalesTouched),9}  {Share(SalesTouched, Sales)}: their call was refused");
        string rate = $"{N(CallsPerSecond)} calls/s, {N(RequestsPerSecond)} requests/s";
        screen.Line($"  took            {Seconds,9:0.0}  seconds: {rate}");
        if (KnownBefore > 0)
        {
            screen.Line($"  known before    {N(KnownBefore),9}  calls of an earlier start; they were not sent again");
        }

        if (Repeated > 0)
        {
            screen.Line($"  repeated        {N(Repeated),9}  requests that nobody had answered");
        }

        screen.Line();
        screen.Line($"Decided by policy {Policy}, version {PolicyVersion}. The people are called CLIENT@{Run}.");
        screen.Line($"Only a client's last call is dated in the file. Earlier ones were placed one");
        screen.Line($"per preceding working day, Monday to Friday, and all of them at noon UTC.");
    }

    private static string N(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) =>
        (whole == 0 ? 0 : 100.0 * part / whole).ToString("0.0 '%'", CultureInfo.InvariantCulture).PadLeft(6);
}
