using System.Collections.Immutable;
using NodaTime;
using NodaTime.Text;

namespace H2H.Throttle.Engine.Simulations;

/// <summary>Adds up what was judged. As large after a million people as after a thousand.</summary>
internal sealed class SimulationTally(SimulationPlan plan)
{
    private readonly Spread spread = new(plan.Sample);
    private readonly RuleTally rules = new();
    private readonly GroupTally channels = new();
    private readonly GroupTally brands = new();
    private readonly GroupTally purposes = new();
    private readonly GroupTally weeks = new();
    private readonly Histogram perPerson = new();
    private readonly Histogram perBusiestWeek = new();
    private readonly Dictionary<LocalDate, string> weekNames = [];
    private Instant? first;
    private Instant? last;
    private long contacts;
    private long refused;
    private long newlyRefused;
    private long newlyAllowed;
    private long peopleContacted;
    private long peopleAffected;

    public long People { get; set; }

    public long PeopleUnreadable { get; set; }

    /// <summary>People who share pools and were too many to be put to the policy together.</summary>
    public long PeopleApart { get; set; }

    /// <param name="size">How many people the group has.</param>
    /// <param name="judged">What the candidate says of all that they had.</param>
    /// <param name="compared">What the baseline says of the same, in the same order; null: there is none.</param>
    public (int Contacts, int Refused) Add(int size, List<JudgedContact> judged, List<JudgedContact>? compared)
    {
        PersonTally[] people = [.. Enumerable.Range(0, size).Select(static _ => new PersonTally())];
        foreach (int who in Enumerable.Range(0, size))
        {
            for (int i = 0; i < judged.Count; i++)
            {
                if (judged[i].Who == who && plan.Tells(judged[i].Contact.At))
                {
                    Add(judged[i], compared is null ? judged[i].WasRefused : compared[i].IsRefused, people[who]);
                }
            }

            rules.EndPerson();
            Add(people[who]);
        }

        int had = people.Sum(static person => person.Contacts);
        int no = people.Sum(static person => person.Refused);
        spread.Add(had, no, people.Count(static person => person.NewlyRefused > 0));
        return (had, no);
    }

    public SimulationReport ToReport(string baseline, ImmutableArray<string> limits) => new()
    {
        Candidate = plan.Candidate.Name,
        Baseline = baseline,
        Sample = plan.Sample,
        First = first,
        Last = last,
        People = People,
        PeopleContacted = peopleContacted,
        PeopleAffected = peopleAffected,
        PeopleUnreadable = PeopleUnreadable,
        Contacts = contacts,
        Refused = refused,
        NewlyRefused = newlyRefused,
        NewlyAllowed = newlyAllowed,
        RefusedMargin = spread.OfRefused,
        PeopleAffectedMargin = spread.OfPeople,
        RefusedShareMargin = spread.OfShare,
        Rules = rules.ToRules(),
        Channels = channels.BySize(),
        Brands = brands.BySize(),
        Purposes = purposes.BySize(),
        Weeks = weeks.ByName(),
        PerPerson = perPerson.ToBars(),
        PerBusiestWeek = perBusiestWeek.ToBars(),
        Limits = limits,
    };

    private void Add(JudgedContact judged, bool wouldBeRefused, PersonTally person)
    {
        bool isRefused = judged.IsRefused;
        Instant at = judged.Contact.At;
        string week = WeekOf(at);
        contacts++;
        refused += isRefused ? 1 : 0;
        newlyRefused += isRefused && !wouldBeRefused ? 1 : 0;
        newlyAllowed += !isRefused && wouldBeRefused ? 1 : 0;
        first = first is { } earliest ? Instant.Min(earliest, at) : at;
        last = last is { } latest ? Instant.Max(latest, at) : at;
        channels.Add(judged.Contact.Traits.Channel, isRefused, wouldBeRefused);
        brands.Add(judged.Contact.Traits.Brand, isRefused, wouldBeRefused);
        purposes.Add(judged.Contact.Traits.Purpose, isRefused, wouldBeRefused);
        weeks.Add(week, isRefused, wouldBeRefused);
        rules.Add(judged.Unmet);
        person.Add(week, judged.WasRefused, isRefused, wouldBeRefused);
    }

    private void Add(PersonTally person)
    {
        peopleContacted += person.Contacts > 0 ? 1 : 0;
        peopleAffected += person.NewlyRefused > 0 ? 1 : 0;
        if (person.Contacts > 0)
        {
            perPerson.Add(person.Before, person.After);
            perBusiestWeek.Add(person.BusiestBefore, person.BusiestAfter);
        }
    }

    private string WeekOf(Instant at)
    {
        LocalDate day = at.InUtc().Date;
        LocalDate start = day.DayOfWeek == plan.Candidate.WeekStarts ? day : day.Previous(plan.Candidate.WeekStarts);
        if (!weekNames.TryGetValue(start, out string? name))
        {
            name = LocalDatePattern.Iso.Format(start);
            if (weekNames.Count < GroupTally.NamesMax)
            {
                weekNames[start] = name;
            }
        }

        return name;
    }
}
