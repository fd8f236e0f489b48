using H2H.Throttle.Adversity.Histories;
using H2H.Throttle.Adversity.Models;
using NodaTime;

namespace H2H.Throttle.Adversity.Simulation;

/// <summary>Makes up what clients ask, one after the other, and remembers what they may come back to.</summary>
/// <param name="below">Answers with a number from 0 up to, but not including, its argument.</param>
/// <param name="people">About whom.</param>
/// <remarks>Not safe from several threads.</remarks>
internal sealed class CallMix(Func<int, int> below, IReadOnlyList<string> people)
{
    private readonly List<(Call Call, string ContactId)> reserved = [];
    private readonly List<Call> asked = [];
    private int count;

    /// <param name="now">Planned contacts are some time after it.</param>
    public Call Next(Instant now)
    {
        if (asked.Count > 0 && below(12) == 0)
        {
            return Again(asked[below(asked.Count)]);
        }

        string person = people[below(people.Count)];
        string name = $"r{++count}";
        string? id = below(8) == 0 ? null : name;
        string channel = ModelPolicy.Channels[below(ModelPolicy.Channels.Length)];
        Call call = below(20) switch
        {
            < 9 => new Call(CallKind.Reserve, person, name)
            {
                RequestId = id, Channel = channel, PlannedAt = below(5) == 0
                    ? now + Duration.FromMinutes(below(90)) : null,
            },
            < 12 when reserved.Count > 0 => Settle(CallKind.Confirm, name, id),
            < 14 when reserved.Count > 0 => Settle(CallKind.Release, name, id),
            < 15 => new Call(CallKind.Record, person, name) { RequestId = id, Channel = channel },
            < 16 => new Call(CallKind.OptOut, person, name) { RequestId = id, Channel = Scope(channel) },
            < 17 => new Call(CallKind.OptIn, person, name) { RequestId = id, Channel = Scope(channel) },
            < 19 => new Call(CallKind.Check, person, name) { Channel = channel },
            _ => new Call(CallKind.List, person, name),
        };
        if (call.RequestId is not null)
        {
            asked.Add(call);
        }

        return call;
    }

    /// <summary>What came of a call, so that a later one can confirm or release it.</summary>
    public void Learn(Call call, Answer answer)
    {
        if (call.Kind is CallKind.Reserve && answer.ContactId is { } id)
        {
            reserved.Add((call, id));
        }
    }

    private string? Scope(string channel) => below(2) == 0 ? null : channel;

    /// <summary>The same request, or, now and then, its id for something else.</summary>
    private Call Again(Call call) => below(6) == 0 && call.Kind is CallKind.Reserve
        ? call with { Channel = call.Channel == "sms" ? "email" : "sms", PlannedAt = null }
        : call;

    private Call Settle(CallKind kind, string name, string? id)
    {
        (Call reserve, string contact) = reserved[below(reserved.Count)];
        return new Call(kind, reserve.Person, name)
        {
            RequestId = id, Target = reserve.Name, ReservationId = contact,
        };
    }
}
