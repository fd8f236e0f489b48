using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using H2H.Throttle.Adversity.Histories;
using NodaTime;

namespace H2H.Throttle.Adversity.Models;

/// <summary>
/// One person, as simply as can be: contacts, what was said, and what was answered. Counts for itself and knows
/// nothing of the product's own deciding and storing.
/// </summary>
/// <remarks>Immutable. A call that changes nothing leaves the same instance.</remarks>
internal sealed partial class PersonModel
{
    private PersonModel() { }

    public static PersonModel Unknown { get; } = new();

    private ImmutableArray<ModelContact> Contacts { get; init; } = [];

    /// <summary>A null channel: everything.</summary>
    private ImmutableArray<(bool IsOptOut, string? Channel)> Said { get; init; } = [];

    private ImmutableSortedDictionary<string, (string Content, Answer Answer)> Answered { get; init; } =
        ImmutableSortedDictionary.Create<string, (string, Answer)>(StringComparer.Ordinal);

    private Instant LastSeen { get; init; } = NodaConstants.UnixEpoch;

    /// <summary>Equal for models that nothing which is asked from now on can tell apart.</summary>
    /// <param name="asked">The request ids and the contacts that are asked for again.</param>
    public string KeyFor(IReadOnlySet<string> asked)
    {
        StringBuilder text = new();
        text.Append(LastSeen.ToUnixTimeTicks());
        text.AppendJoin('|', Contacts.Select(contact => string.Create(
            CultureInfo.InvariantCulture,
            $"{(asked.Contains(contact.Name) ? contact.Name : "")} {contact.Channel} {contact.At.ToUnixTimeTicks()} "
            + $"{contact.Expires.ToUnixTimeTicks()} {contact.State}")).Order(StringComparer.Ordinal));
        foreach ((bool isOptOut, string? channel) in Said)
        {
            text.Append(isOptOut ? '-' : '+').Append(channel);
        }

        foreach ((string id, (_, Answer answer)) in Answered.Where(one => asked.Contains(one.Key)))
        {
            text.Append('#').Append(id).Append('=').Append(answer.Words).Append(answer.At?.ToUnixTimeTicks());
        }

        return text.ToString();
    }

    /// <summary>What the call does and is answered, if it happens now.</summary>
    public (PersonModel After, Answer Answer) Apply(RecordedCall recorded)
    {
        Call call = recorded.Call;
        if (call.RequestId is { } id
            && Answered.TryGetValue(id, out (string Content, Answer Answer) before))
        {
            return (this, before.Content == call.Content ? before.Answer : Answer.Refusal("RequestIdReused"));
        }

        if (call.PlannedAt is { } planned && planned < recorded.Clock - ModelPolicy.PlannedSlack)
        {
            return (this, Answer.Refusal("TimeOutOfRange"));
        }

        Instant now = Instant.Max(recorded.Clock, LastSeen);
        return call.Kind switch
        {
            CallKind.Reserve => Reserve(call, now),
            CallKind.Confirm => Confirm(call, now),
            CallKind.Release => Release(call, now),
            CallKind.Record => Record(call, now),
            CallKind.OptOut => OptOut(call, now),
            CallKind.OptIn => OptIn(call, now),
            CallKind.Check => (this, Judged(call.Channel!, now, now)),
            _ => (this, List(now)),
        };
    }

    private Answer List(Instant now) => new(Listing(Contacts
        .Select(contact => (contact.Channel, contact.At, contact.StandingAt(now)))));

    /// <summary>
    /// False: whatever happens from now on, it will not be listed so. Contacts stay, and those that were made or given
    /// back stay as they are.
    /// </summary>
    /// <param name="listing">The words for a list of contacts.</param>
    public bool MayBeListed(string listing) =>
        Contacts.Length <= listing.Count(static letter => letter == ':') / 2
        && Contacts.Where(static contact => contact.State is ModelState.Made or ModelState.Released).All(contact =>
            listing.Contains(Entry(contact.Channel, contact.At, $"{contact.State}"), StringComparison.Ordinal));

    /// <summary>The words for a list of contacts, whatever their order.</summary>
    public static string Listing(IEnumerable<(string Channel, Instant At, string Standing)> contacts) => "contacts "
        + string.Join(", ", contacts
            .Select(static contact => Entry(contact.Channel, contact.At, contact.Standing))
            .Order(StringComparer.Ordinal));

    private static string Entry(string channel, Instant at, string standing) =>
        string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss.FFF} {channel} {standing}");
}
