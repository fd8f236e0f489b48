using System.Diagnostics.Metrics;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Telemetry;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Batches;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Health;
using H2H.Throttle.Server.Overload;
using H2H.Throttle.Server.Webhooks;
using NodaTime;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>How things stand whenever somebody looks: the policy, lists, the journal, calls in flight.</summary>
internal sealed class StateGauges(
    ThrottleEngine engine,
    HealthService health,
    CallGate gate,
    StreamRoom streams,
    AskQueue queue,
    CallerLimits limits,
    WebhookCourier courier,
    ServerOptions options,
    TimeProvider time)
{
    public void AddTo(ThrottleMeter throttle)
    {
        Meter meter = throttle.Meter;
        meter.CreateObservableGauge(
            "h2h.throttle.policy.version", Policy, "{version}", "Which version of the policy is in force.");
        meter.CreateObservableGauge("h2h.throttle.list.age", Ages, "s", "How old what a suppression list tells is.");
        meter.CreateObservableGauge(
            "h2h.throttle.list.addresses",
            () => Lists(static list => list.Entries),
            "{address}",
            "How many addresses a suppression list has.");
        meter.CreateObservableGauge(
            "h2h.throttle.list.size",
            () => Lists(static list => list.Bytes),
            "By",
            "What a suppression list takes up in memory.");
        meter.CreateObservableGauge(
            "h2h.throttle.journal.position",
            () => throttle.JournalPosition,
            "{entry}",
            "The highest position in the journal that this server has seen.");
        meter.CreateObservableGauge(
            "h2h.throttle.keys", Keys, "{key}", "How many access keys open something.");
        meter.CreateObservableGauge(
            "h2h.throttle.people.known",
            () => engine.PeopleKnown.Count,
            "{person}",
            "People whose records are remembered to spare loads.");
        meter.CreateObservableGauge(
            "h2h.throttle.people.known.size",
            () => engine.PeopleKnown.Bytes,
            "By",
            "What they take up in memory, about.");
        meter.CreateObservableGauge(
            "h2h.throttle.component.up", Components, "", "Whether a component serves: 1, or 0.");
        AddCalls(meter);
    }

    private void AddCalls(Meter meter)
    {
        meter.CreateObservableCounter(
            "h2h.throttle.shed", Shed, "{call}", "Calls that were refused to keep the others quick.");
        meter.CreateObservableGauge(
            "h2h.throttle.webhook.lag",
            () => courier.Lags.Select(static lag => new Measurement<double>(
                lag.Lag.TotalSeconds, new KeyValuePair<string, object?>("webhook", lag.Webhook))),
            "s",
            "How long what is to be sent next has waited, of webhooks that this server sends for.");
        meter.CreateObservableGauge(
            "h2h.throttle.calls.in_flight", () => gate.InFlight, "{call}", "Unary calls that are being answered.");
        meter.CreateObservableGauge(
            "h2h.throttle.calls.limit",
            () => options.CallsInFlightMax,
            "{call}",
            "From how many of them on calls are refused as OVERLOADED.");
    }

    private IEnumerable<Measurement<long>> Policy()
    {
        try
        {
            PolicyInForce now = engine.Policies.Current;
            return [new(now.Number, new KeyValuePair<string, object?>("policy", now.Policy.Name))];
        }
        catch (StoreException)
        {
            return [];   // none is known
        }
    }

    private IEnumerable<Measurement<double>> Ages()
    {
        Instant now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return Lists(list => (now - list.AsOf).TotalSeconds);
    }

    private IEnumerable<Measurement<TValue>> Lists<TValue>(Func<SuppressionList, TValue> value)
        where TValue : struct =>
        engine.Lists.List().Select(list => new Measurement<TValue>(
            value(list), new KeyValuePair<string, object?>("list", list.Name)));

    private IEnumerable<Measurement<long>> Shed() =>
    [
        new(gate.Shed, new KeyValuePair<string, object?>("reason", "calls_in_flight")),
        new(streams.Shed, new KeyValuePair<string, object?>("reason", "streams_open")),
        new(queue.TurnedAway, new KeyValuePair<string, object?>("reason", "queue_full")),
        new(queue.KeptWaiting, new KeyValuePair<string, object?>("reason", "waited_too_long")),
        new(limits.Shed, new KeyValuePair<string, object?>("reason", "caller_too_fast")),
    ];

    private int Keys()
    {
        Instant now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return engine.Keys.Keys.Count(key => key.OpensAt(now));
    }

    private IEnumerable<Measurement<int>> Components() => HealthService.Components.Select(component =>
        new Measurement<int>(
            health.IsUp(component) ? 1 : 0, new KeyValuePair<string, object?>("component", component)));
}
