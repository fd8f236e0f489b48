using System.Security.Cryptography;
using Grpc.Core;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using JournalEntry = H2H.Throttle.Engine.Journals.JournalEntry;
using JournalFilter = H2H.Throttle.Wire.JournalFilter;

namespace H2H.Throttle.Server.Journals;

/// <summary>The journal on the wire.</summary>
internal static class JournalWire
{
    public static JournalQuery Read(JournalFilter? filter, Violations violations) => filter is null
        ? new JournalQuery()
        : new JournalQuery
        {
            Kinds = [.. filter.Kinds],
            PersonId = filter.PersonId.Length == 0 ? null : filter.PersonId,
            From = TimeWire.Read(filter.From, "filter.from", violations),
            Until = TimeWire.Read(filter.Until, "filter.until", violations),
            Caller = filter.Caller,
        };

    /// <summary>What of it a sender may know: reservations of its own that were revoked.</summary>
    /// <exception cref="RefusedException">It asks for more.</exception>
    public static JournalQuery ForSender(JournalQuery query, Caller caller)
    {
        string? field = query switch
        {
            { PersonId: not null } => "filter.person_id",
            { Caller.Length: > 0 } => "filter.caller",
            { Kinds: var kinds } when kinds.Any(static kind => kind != JournalKinds.ReservationRevoked) =>
                "filter.kinds",
            _ => null,
        };
        if (field is not null)
        {
            throw new RefusedException(
                StatusCode.PermissionDenied,
                ErrorReason.FactNotForSenders,
                $"Senders may watch {JournalKinds.ReservationRevoked} alone, of all people and callers; leave {field} "
                + "out.",
                field);
        }

        return query with
        {
            Kinds = [JournalKinds.ReservationRevoked],
            Brands = caller.Brands.IsEmpty ? default : caller.Brands,
        };
    }

    /// <param name="watchesMax">How many watch already.</param>
    public static RefusedException TooMany(int watchesMax) => new(
        StatusCode.ResourceExhausted,
        ErrorReason.WatchesTooMany,
        $"{watchesMax} watches of the journal are open on this server already; end some, or ask another.");

    public static bool ReadOrder(JournalOrder order, Violations violations)
    {
        if (!Enum.IsDefined(order))
        {
            violations.Add(
                "order",
                ErrorReason.EnumOutOfRange,
                "order must be JOURNAL_ORDER_NEWEST_FIRST, JOURNAL_ORDER_OLDEST_FIRST or absent.");
        }

        return order is JournalOrder.OldestFirst;
    }

    /// <summary>Null if it is absent, and if it is none; then a violation says so.</summary>
    public static ReadOnlyMemory<byte>? ReadHash(string hash, string field, Violations violations)
    {
        if (hash.Length == 0)
        {
            return null;
        }

        if (hash.Length == SHA256.HashSizeInBytes * 2 && hash.All(char.IsAsciiHexDigit))
        {
            return Convert.FromHexString(hash);
        }

        violations.Add(field, ErrorReason.IdMalformed, $"{field} must be a SHA-256: 64 hexadecimal digits.");
        return null;
    }

    /// <summary>Null if there is none.</summary>
    public static JournalMark? ReadMark(VerifyJournalRequest request, Violations violations)
    {
        ReadOnlyMemory<byte>? hash = ReadHash(request.HeadHash, "head_hash", violations);
        if (request.HeadPosition < 0 || (request.HeadPosition == 0) != (request.HeadHash.Length == 0))
        {
            violations.Add(
                request.HeadPosition <= 0 ? "head_position" : "head_hash",
                ErrorReason.FieldMissing,
                "head_position, above 0, and head_hash are both given or neither is.");
        }

        return hash is { } known && request.HeadPosition > 0 ? new JournalMark(request.HeadPosition, known) : null;
    }

    /// <param name="entry">Any.</param>
    /// <param name="isForSender">Only what a sender may know of it.</param>
    public static Wire.JournalEntry Write(JournalEntry entry, bool isForSender = false)
    {
        Dictionary<string, string> details = entry.Fact.ReadParticulars(out Engine.Access.Actor? actor);
        Wire.JournalEntry written = new()
        {
            Position = entry.Position,
            FactId = entry.Fact.Id,
            At = TimeWire.Write(entry.Fact.At),
            Kind = entry.Fact.Kind,
            Subject = isForSender ? "" : entry.Fact.Subject,
            Actor = isForSender ? null : ActorWire.Write(actor),
            Hash = isForSender ? "" : Convert.ToHexStringLower(entry.Hash.Span),
        };
        written.Details.Add(details);
        return written;
    }

    public static WatchResponse Write(JournalSight sight, bool isForSender) => sight switch
    {
        JournalSight.Seen seen => new WatchResponse { Entry = Write(seen.Entry, isForSender) },
        JournalSight.Pulse pulse => new WatchResponse
        {
            Heartbeat = new() { Position = pulse.Position, At = TimeWire.Write(pulse.At) },
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static VerifyJournalResponse Write(ChainProgress progress)
    {
        VerifyJournalResponse written = new()
        {
            Entries = progress.Entries,
            Total = progress.Of,
            Done = progress.IsDone,
            HeadPosition = progress.Head?.Position ?? 0,
            HeadHash = progress.Head?.HashText ?? "",
        };
        written.Breaks.AddRange(progress.Faults.Select(static fault => new JournalBreak
        {
            Kind = KindOf(fault.Kind),
            Position = fault.Position,
            LastPosition = fault.Last,
            Message = fault.ToString(),
        }));
        return written;
    }

    private static JournalBreakKind KindOf(ChainFaultKind kind) => kind switch
    {
        ChainFaultKind.Changed => JournalBreakKind.Changed,
        ChainFaultKind.Missing => JournalBreakKind.Missing,
        ChainFaultKind.Reordered => JournalBreakKind.Reordered,
        ChainFaultKind.Inserted => JournalBreakKind.Inserted,
        ChainFaultKind.CutOff => JournalBreakKind.CutOff,
        ChainFaultKind.Rewritten => JournalBreakKind.Rewritten,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
