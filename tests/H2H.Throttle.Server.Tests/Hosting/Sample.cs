using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>What tests ask about: somebody new each time, on a Monday in March 2026.</summary>
public static class Sample
{
    private static readonly DateTime Monday = new(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>That Monday, so many hours after midnight UTC; may be past 24.</summary>
    public static Timestamp At(double hours) => Timestamp.FromDateTime(Monday.AddHours(hours));

    public static string NewPerson() => $"person-{Guid.NewGuid():N}";

    public static string NewRequest() => Guid.NewGuid().ToString();

    public static Contact Contact(string person, string channel = "email") =>
        new() { PersonId = person, Channel = channel, Purpose = "marketing" };

    public static ReserveRequest Reserve(string person, Timestamp at, string channel = "email") =>
        new() { Contact = Contact(person, channel), At = at };

    public static RecordRequest Record(string person, Timestamp at, string channel = "email") =>
        new() { Contact = Contact(person, channel), At = at };
}
