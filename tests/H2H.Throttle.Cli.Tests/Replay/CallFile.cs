using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Cli.Tests.Running;

namespace H2H.Throttle.Cli.Tests.Replay;

/// <summary>A history of calls, always the same for a number of clients, and what its columns say of caps.</summary>
internal sealed record CallFile(string Path, ImmutableArray<CallFile.Row> Rows)
{
    public int Total => Rows.Sum(static row => row.Calls);

    public static CallFile Write(TemporaryFolder folder, int clients)
    {
        Random dice = new(4);
        ImmutableArray<Row> rows =
        [
            .. Enumerable.Range(1, clients).Select(client => new Row(
                $"c{client}", new DateOnly(2008, 5, 5).AddDays((7 * dice.Next(50)) + dice.Next(5)), 1 + dice.Next(9),
                dice.Next(4) == 0)),
        ];
        string heading = "client,last_contact_date,phone_type,attempts_this_campaign,last_call_seconds,subscribed";
        IEnumerable<string> lines = rows.Select(static row => string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Client},{row.LastDate:yyyy-MM-dd},unknown,{row.Calls},{row.Calls * 10},{row.Bought}"));
        return new CallFile(folder.Write("calls.csv", string.Join('\n', lines.Prepend(heading)) + "\n"), rows);
    }

    public int RefusedBy(int cap) => Rows.Sum(row => Math.Max(0, row.Calls - cap));

    public int SalesTouchedBy(int cap) => Rows.Count(row => row.HasBought && row.Calls > cap);

    /// <summary>How many calls lie less than so many hours after the last one that was made.</summary>
    public int RefusedWithin(int hours) => Rows.Sum(row =>
    {
        DateOnly made = DateOnly.MinValue;
        int refused = 0;
        foreach (DateOnly day in row.Days())
        {
            if ((day.DayNumber - made.DayNumber) * 24 < hours)
            {
                refused++;
            }
            else
            {
                made = day;
            }
        }

        return refused;
    });

    /// <summary>One row of the file.</summary>
    public sealed record Row(string Client, DateOnly LastDate, int Calls, bool HasBought)
    {
        public string Bought => HasBought ? "yes" : "no";

        /// <summary>The working days up to the last one, as many as there are calls.</summary>
        public IEnumerable<DateOnly> Days() => Enumerable.Range(0, 400)
            .Select(back => LastDate.AddDays(-back))
            .Where(static day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Take(Calls)
            .Reverse();
    }
}
