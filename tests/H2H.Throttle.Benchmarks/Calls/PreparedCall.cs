using Google.Protobuf;
using H2H.Throttle.Benchmarks.Echo;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>A call that is made again and again, each time for the next person.</summary>
/// <param name="Path">Of the method.</param>
/// <param name="Message">What is sent; of a stream: one item of it, as a field of the message.</param>
/// <param name="People">How many people there are, in turn; null: nobody is asked about twice.</param>
/// <param name="FirstPerson">The number of the first of them.</param>
internal sealed record PreparedCall(string Path, PreparedMessage Message, long? People = null, long FirstPerson = 0)
{
    /// <summary>From here on nobody is met by chance.</summary>
    public const long OtherPeople = 500_000_000_000;

    private const string Service = "/h2h.throttle.v1.ThrottleService/";

    private static Contact Contact => new()
    {
        PersonId = $"person-{PreparedMessage.Person}",
        Channel = "email",
        Purpose = "marketing",
        Brand = "north",
        Campaign = "spring",
    };

    private const string EchoService = "/h2h.throttle.benchmarks.EchoService/";

    /// <summary>As long as a Reserve.</summary>
    public static PreparedCall Echo() => new(
        EchoService + "Echo", new PreparedMessage(new EchoMessage { Payload = ReserveRequest().ToByteString() }));

    /// <summary>With one GET in between; of these people in turn.</summary>
    public static PreparedCall EchoLook(long people) => new(
        EchoService + "EchoLook",
        new PreparedMessage(new EchoMessage { Payload = ByteString.CopyFromUtf8($"look:{PreparedMessage.Person}") }),
        people);

    /// <summary>With one save in between, each of another person.</summary>
    public static PreparedCall EchoSave() => new(
        EchoService + "EchoSave",
        new PreparedMessage(new EchoMessage { Payload = ByteString.CopyFromUtf8($"save:{PreparedMessage.Call}") }));

    /// <summary>As long as a Reserve, with a record's bytes in a file in between.</summary>
    public static PreparedCall EchoSync() => Echo() with { Path = EchoService + "EchoSync" };

    /// <summary>With a new record in the embedded store in between.</summary>
    public static PreparedCall EchoKeep() => EchoSave() with { Path = EchoService + "EchoKeep" };

    /// <summary>Each waits for its turn among those for the same person.</summary>
    public static PreparedCall EchoTurn(long people) => new(
        EchoService + "EchoTurn",
        new PreparedMessage(new EchoMessage { Payload = ByteString.CopyFromUtf8($"turn:{PreparedMessage.Person}") }),
        people);

    /// <summary>Items as long as those of <see cref="StreamReserve"/>.</summary>
    public static PreparedCall EchoStream() => Streamed("EchoStream", ReserveRequest().ToByteString());

    /// <summary>With one GET for each item; of these people in turn.</summary>
    public static PreparedCall EchoLookStream(long people) =>
        Streamed("EchoLookStream", ByteString.CopyFromUtf8($"look:{PreparedMessage.Person}")) with { People = people };

    /// <summary>With one save for each item, each of another person.</summary>
    public static PreparedCall EchoSaveStream() =>
        Streamed("EchoSaveStream", ByteString.CopyFromUtf8($"save:{PreparedMessage.Call}"));

    /// <summary>With a record's bytes in a file for each item.</summary>
    public static PreparedCall EchoSyncStream() => EchoStream() with { Path = EchoService + "EchoSyncStream" };

    /// <summary>With a new record in the embedded store for each item.</summary>
    public static PreparedCall EchoKeepStream() => EchoSaveStream() with { Path = EchoService + "EchoKeepStream" };

    public static PreparedCall Check(long? people) =>
        new(Service + "Check", new PreparedMessage(new CheckRequest { Contact = Contact }), people);

    public static PreparedCall Reserve(long? people, bool isRepeatable = true) =>
        new(Service + "Reserve", new PreparedMessage(ReserveRequest(isRepeatable)), people);

    public static PreparedCall StreamCheck(long? people)
    {
        StreamCheckRequest one = new() { Items = { new CheckItem { Contact = Contact } } };
        return new(Service + "StreamCheck", new PreparedMessage(one), people);
    }

    public static PreparedCall StreamReserve(long? people)
    {
        ReserveRequest asked = ReserveRequest();
        StreamReserveRequest one = new()
        {
            Items = { new ReserveItem { Contact = asked.Contact, RequestId = asked.RequestId } },
        };
        return new(Service + "StreamReserve", new PreparedMessage(one), people);
    }

    public static PreparedCall OptOut() => new(
        "/h2h.throttle.v1.ConsentService/OptOut",
        new PreparedMessage(new OptOutRequest { PersonId = $"leaver-{PreparedMessage.Person}" }));

    /// <summary>Whether it is answered with itself.</summary>
    public bool IsEcho => Path.StartsWith(EchoService, StringComparison.Ordinal);

    /// <summary>Which person the call of that number is about.</summary>
    public long PersonOf(long call) => People is { } people ? FirstPerson + (call % people) : call;

    private static PreparedCall Streamed(string method, ByteString payload) => new(
        EchoService + method,
        new PreparedMessage(new EchoItems { Items = { new EchoMessage { Payload = payload } } }));

    private static ReserveRequest ReserveRequest(bool isRepeatable = true) => new()
    {
        RequestId = isRepeatable ? $"0b1e6a3c-5d2f-4c7e-9a48-{PreparedMessage.Call}" : "",
        Contact = Contact,
    };
}
