using System.Diagnostics;
using System.Diagnostics.Metrics;
using H2H.Throttle.Engine.Telemetry;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Telemetry;

/// <summary>
/// Counts the calls that are not answered, by why, and names the spans of calls. Safe from any thread.
/// </summary>
internal sealed class CallMeter(ThrottleMeter meter)
{
    private readonly Counter<long> errors = meter.Meter.CreateCounter<long>(
        "h2h.throttle.errors", "{error}", "Calls that were not answered.");

    /// <summary>Says in the span of a call which it is.</summary>
    /// <param name="method">As in <c>/h2h.throttle.v1.ThrottleService/Check</c>.</param>
    public static void Name(string method)
    {
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            string name = method.TrimStart('/');
            int slash = name.IndexOf('/', StringComparison.Ordinal);
            span.DisplayName = name;
            span.SetTag("rpc.service", name[..slash]);
            span.SetTag("rpc.method", name[(slash + 1)..]);
        }
    }

    /// <param name="method">Which call it was, as of <see cref="Name"/>.</param>
    /// <param name="reason">Why it was not answered.</param>
    /// <param name="code">The name of the status that goes with it.</param>
    public void Failed(string method, ErrorReason reason, string code)
    {
        string why = ErrorReasonNames.Name(reason);
        errors.Add(
            1,
            new KeyValuePair<string, object?>("call", method[(method.LastIndexOf('.') + 1)..]),
            new KeyValuePair<string, object?>("reason", why),
            new KeyValuePair<string, object?>("code", code));
        if (Activity.Current is { IsAllDataRequested: true } span)
        {
            span.SetTag("error.type", why);
            span.SetStatus(ActivityStatusCode.Error, why);
        }
    }
}
