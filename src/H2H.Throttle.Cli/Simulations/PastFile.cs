using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.Simulations;
using NodaTime;

namespace H2H.Throttle.Cli.Simulations;

/// <summary>The past of people that a file tells, in the order of its lines.</summary>
internal sealed class PastFile
{
    private readonly Dictionary<string, Teller> people = new(StringComparer.Ordinal);

    /// <summary>What is told of somebody so far.</summary>
    public Teller Of(string person)
    {
        if (!people.TryGetValue(person, out Teller? teller))
        {
            people[person] = teller = new Teller();
        }

        return teller;
    }

    /// <summary>Everybody, as a simulation reads them.</summary>
    public async IAsyncEnumerable<PastPerson> ReadAsync()
    {
        await Task.CompletedTask;
        foreach ((string key, Teller teller) in people
            .Select(static one => (KeySpace.KeyOf(one.Key), one.Value))
            .OrderBy(static one => one.Item1, StringComparer.Ordinal))
        {
            yield return new PastPerson(key, KeySpace.ShareBefore(key), teller.ToPast);
        }
    }

    /// <summary>Gathers the past of one person.</summary>
    internal sealed class Teller
    {
        private readonly List<(LedgerContact Contact, Instant Asked, bool WasRefused)> contacts = [];
        private readonly List<LedgerEvent> events = [];

        /// <summary>All but the ledger.</summary>
        public Person Person { get; set; } = Person.Unknown;

        public bool IsFull => contacts.Count >= Ledger.ContactsMax || events.Count >= Ledger.EventsMax;

        public void Add(LedgerContact contact, Instant asked, bool wasRefused) =>
            contacts.Add((contact, asked, wasRefused));

        public void Add(LedgerEvent happened) => events.Add(happened);

        /// <summary>Contacts are numbered as they were asked for.</summary>
        public Past ToPast()
        {
            long number = long.MinValue;
            List<LedgerContact> made = [];
            List<LedgerContact> refused = [];
            foreach ((LedgerContact contact, Instant asked, bool wasRefused) in contacts.OrderBy(static c => c.Asked))
            {
                number = Math.Max(number + 1, asked.ToUnixTimeTicks());
                (wasRefused ? refused : made).Add(contact with { Number = new ContactNumber(number) });
            }

            return new Past(Person with { Ledger = Ledger.Of(made, events) }) { Refused = [.. refused] };
        }
    }
}
