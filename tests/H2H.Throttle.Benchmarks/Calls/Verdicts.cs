using Google.Protobuf;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>Reads of an answer only what was decided, so that reading costs the caller next to nothing.</summary>
internal static class Verdicts
{
    private const int DecisionOfCall = 1;      // CheckResponse.decision, ReserveResponse.decision
    private const int DecisionOfItem = 2;      // CheckItemResult.decision, ReserveItemResult.decision
    private const int Results = 1;             // StreamCheckResponse.results, StreamReserveResponse.results
    private const int VerdictOfDecision = 2;   // Decision.verdict
    private const int Allow = 1;

    /// <summary>Of an answer to Check or Reserve.</summary>
    public static CallOutcome OfCall(ReadOnlySpan<byte> message) => Of(message, DecisionOfCall);

    /// <summary>Of an echo of anything.</summary>
    public static CallOutcome OfEcho(ReadOnlySpan<byte> message) =>
        message.Length > 0 ? CallOutcome.Allowed : CallOutcome.Unanswered;

    /// <summary>Of each item that a message of a stream answers.</summary>
    /// <param name="message">An answer.</param>
    /// <param name="isEcho">They are but echoes.</param>
    /// <param name="tally">Counts them.</param>
    public static void Count(ReadOnlySpan<byte> message, bool isEcho, CallTally tally)
    {
        while (TryTake(ref message, out int field, out ReadOnlySpan<byte> item, out _))
        {
            if (field == Results)
            {
                tally.Add(isEcho ? OfEcho(item) : Of(item, DecisionOfItem));
            }
        }
    }

    private static CallOutcome Of(ReadOnlySpan<byte> message, int decisionField)
    {
        while (TryTake(ref message, out int field, out ReadOnlySpan<byte> decision, out _))
        {
            if (field == decisionField)
            {
                return OfDecision(decision);
            }
        }

        return CallOutcome.Unanswered;
    }

    private static CallOutcome OfDecision(ReadOnlySpan<byte> decision)
    {
        while (TryTake(ref decision, out int field, out _, out ulong number))
        {
            if (field == VerdictOfDecision)
            {
                return number == Allow ? CallOutcome.Allowed : CallOutcome.Denied;
            }
        }

        return CallOutcome.Unanswered;
    }

    /// <summary>The next field: its bytes or its number. False: there is none.</summary>
    private static bool TryTake(
        ref ReadOnlySpan<byte> message, out int field, out ReadOnlySpan<byte> bytes, out ulong number)
    {
        bytes = default;
        (field, number) = (0, 0);
        if (message.IsEmpty)
        {
            return false;
        }

        uint tag = (uint)TakeNumber(ref message);
        field = WireFormat.GetTagFieldNumber(tag);
        switch (WireFormat.GetTagWireType(tag))
        {
            case WireFormat.WireType.Varint:
                number = TakeNumber(ref message);
                return true;
            case WireFormat.WireType.LengthDelimited:
                int length = (int)TakeNumber(ref message);
                bytes = message[..length];
                message = message[length..];
                return true;
            default:
                throw new FormatException($"An answer has the tag {tag}, which none of ours has.");
        }
    }

    private static ulong TakeNumber(ref ReadOnlySpan<byte> message)
    {
        ulong number = 0;
        for (int i = 0; ; i++)
        {
            number |= (ulong)(message[i] & 0x7F) << (7 * i);
            if (message[i] < 0x80)
            {
                message = message[(i + 1)..];
                return number;
            }
        }
    }
}
