using System.CommandLine;
using Google.Protobuf;
using Grpc.Core;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Cli.Asking;

/// <summary>One command's talk with a server.</summary>
internal sealed class Conversation : IDisposable
{
    private readonly DateTimeZone? timesIn;

    /// <param name="parsed">What the user wrote.</param>
    /// <param name="address">Where to ask.</param>
    /// <param name="credentials">What to prove there.</param>
    /// <param name="timeout">How long to wait for each answer.</param>
    /// <param name="isJson">Answers are for programs.</param>
    /// <param name="timesIn">The zone to show times in; null: the person's own, then this terminal's.</param>
    public Conversation(
        ParseResult parsed,
        Uri address,
        ThrottleClientOptions credentials,
        TimeSpan timeout,
        bool isJson,
        DateTimeZone? timesIn)
    {
        (Parsed, Address, Timeout, IsJson, this.timesIn) = (parsed, address, timeout, isJson, timesIn);
        Client = new ThrottleClient(address, credentials);
    }

    public ParseResult Parsed { get; }

    public Uri Address { get; }

    public TimeSpan Timeout { get; }

    public bool IsJson { get; }

    public ThrottleClient Client { get; }

    public CallOptions Call(CancellationToken cancellation) => new(
        deadline: TimeProvider.System.GetUtcNow().UtcDateTime + Timeout, cancellationToken: cancellation);

    /// <summary>The answer exactly as the server writes it over HTTP.</summary>
    public static void PrintJson(IMessage answer) => Screen.Out.Print($"{JsonFormatter.Default.Format(answer)}\n");

    /// <summary>Times as this person reads them.</summary>
    /// <param name="personId">Null: nobody in particular.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<TimeText> TimesAsync(string? personId, CancellationToken cancellation)
    {
        if (timesIn is not null)
        {
            return new TimeText(timesIn);
        }

        if (personId is not null)
        {
            GetPersonResponse known = await Client.People.GetPersonAsync(
                new GetPersonRequest { PersonId = personId }, Call(cancellation));
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(known.Person.Zone) is { } zone)
            {
                return new TimeText(zone);
            }
        }

        return TimeText.OfThisTerminal();
    }

    public void Dispose() => Client.Dispose();
}
