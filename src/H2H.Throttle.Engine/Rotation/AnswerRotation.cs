using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>An answer that is kept for repeated calls, with every hash in it brought under the newest key.</summary>
/// <remarks>
/// What the call had asked is compared no more: an address goes into that by its hash, so the repeated call's would be
/// another. Whoever repeats a request id after a rotation gets the answer, whatever else the call says.
/// </remarks>
internal sealed class AnswerRotation(HashRotation hashes)
{
    public KeptAnswer Of(KeptAnswer kept)
    {
        Answer before = AnswerCodec.Read(kept);
        Answer after = before with
        {
            Contact = before.Contact is { } contact ? hashes.Of(contact) : null,
            Verdict = before.Verdict is { } verdict ? verdict with { Decision = Of(verdict.Decision) } : null,
            Overshoot = [.. before.Overshoot.Select(Of)],
        };
        return AnswerCodec.Keep(after, hashes.Of(kept.Request), content: "") with
        {
            Via = hashes.Of(kept.Via),
            NumberedBy = hashes.Of(kept.NumberedBy),
        };
    }

    private Decision Of(Decision decision) => decision is Decision.Denied denied
        ? new Decision.Denied(
            [.. denied.Reasons.Select(Of)],
            [.. denied.Warnings.Select(Of)],
            [.. denied.Shadows.Select(Of)],
            denied.NextAllowedAt,
            denied.AllowedChannels)
        : new Decision.Allowed([.. decision.Warnings.Select(Of)], [.. decision.Shadows.Select(Of)]);

    private Reason Of(Reason reason) => reason with { Counted = [.. reason.Counted.Select(Of)] };

    private LedgerContact Of(LedgerContact contact) => hashes.Of(contact);
}
