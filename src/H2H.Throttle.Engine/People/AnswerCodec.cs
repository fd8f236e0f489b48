using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.Collections;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Turns answers into the bytes that records keep of them, and back.</summary>
internal static class AnswerCodec
{
    /// <param name="answer">To be remembered.</param>
    /// <param name="request">Hash of the request id.</param>
    /// <param name="content">Hash of all that was asked.</param>
    public static KeptAnswer Keep(Answer answer, string request, string content)
    {
        Stored.AnswerBody stored = new() { Late = answer.IsLate, Revoked = answer.IsRevoked,
            Lifted = (uint)answer.Lifted, MayConfirm = answer.MayConfirm };
        Symbols symbols = new();
        TraitsWriter traits = new(symbols);
        stored.Contact = answer.Contact is { } contact
            ? ColumnWriter.BytesOf([contact], traits, ContactColumns.Write)
            : ByteString.Empty;
        stored.Decision = answer.Verdict is { } verdict ? Write(verdict, traits, symbols) : null;
        Write(answer.Overshoot, stored.Overshoot, traits, symbols);
        foreach (ContactNumber number in answer.Revoked)
        {
            stored.RevokedNumbers.Add(number.Value);
        }

        stored.Traits = traits.ToColumns();
        stored.Symbols.AddRange(symbols.Texts.ToArray());
        return new KeptAnswer(request, content, answer.At, answer.HasCounted, stored.ToByteArray());
    }

    /// <exception cref="StoreException">The bytes are damaged.</exception>
    public static Answer Read(KeptAnswer kept)
    {
        try
        {
            return Read(kept, Stored.AnswerBody.Parser.ParseFrom(kept.Body.Span));
        }
        catch (Exception damage) when (damage is InvalidProtocolBufferException or FormatException or ArgumentException)
        {
            throw new StoreException(StoreFailure.Damaged, "An answer in a person's record is damaged.", damage);
        }
    }

    private static Answer Read(KeptAnswer kept, Stored.AnswerBody stored)
    {
        Texts texts = new([.. stored.Symbols]);
        TraitsReader traits = new(stored.Traits.Span, texts);
        ImmutableArray<LedgerContact> contact = ContactColumns.Read(stored.Contact.Span, traits, texts);
        return new Answer(kept.At)
        {
            HasCounted = kept.HasCounted,
            Verdict = stored.Decision is { } decision ? Read(decision, traits, texts) : null,
            Contact = contact.IsEmpty ? null : contact[0],
            IsLate = stored.Late,
            IsRevoked = stored.Revoked,
            Overshoot = [.. stored.Overshoot.Select(reason => Read(reason, traits, texts))],
            Revoked = [.. stored.RevokedNumbers.Select(static number => new ContactNumber(number))],
            Lifted = (int)stored.Lifted,
            MayConfirm = stored.MayConfirm,
        };
    }

    private static Stored.Decision Write(Verdict verdict, TraitsWriter traits, Symbols symbols)
    {
        Stored.Decision stored = new()
        {
            Id = verdict.Id,
            Policy = symbols[verdict.Policy],
            PolicyVersion = verdict.PolicyVersion,
            At = verdict.At.ToUnixTimeTicks(),
            Allowed = verdict.Decision is Decision.Allowed,
        };
        Write(verdict.Decision.Warnings, stored.Warnings, traits, symbols);
        Write(verdict.Decision.Shadows, stored.Shadows, traits, symbols);
        if (verdict.Decision is Decision.Denied denied)
        {
            Write(denied.Reasons, stored.Reasons, traits, symbols);
            stored.NextAllowedAt = denied.NextAllowedAt?.ToUnixTimeTicks() ?? 0;
            stored.AllowedChannels.AddRange(denied.AllowedChannels.Select(channel => symbols[channel]));
        }

        return stored;
    }

    private static Verdict Read(Stored.Decision stored, TraitsReader traits, Texts texts)
    {
        ImmutableArray<Reason> warnings = [.. stored.Warnings.Select(reason => Read(reason, traits, texts))];
        ImmutableArray<Reason> shadows = [.. stored.Shadows.Select(reason => Read(reason, traits, texts))];
        Decision decision = stored.Allowed
            ? new Decision.Allowed(warnings, shadows)
            : new Decision.Denied(
                [.. stored.Reasons.Select(reason => Read(reason, traits, texts))],
                warnings,
                shadows,
                ReadInstant(stored.NextAllowedAt),
                [.. stored.AllowedChannels.Select(texts.Required)]);
        return new Verdict(
            stored.Id, decision, texts.Required(stored.Policy), stored.PolicyVersion,
                Instant.FromUnixTimeTicks(stored.At));
    }

    private static void Write(
        ImmutableArray<Reason> reasons, RepeatedField<Stored.Reason> stored, TraitsWriter traits, Symbols symbols)
    {
        foreach (Reason reason in reasons)
        {
            stored.Add(Write(reason, traits, symbols));
        }
    }

    private static Stored.Reason Write(Reason reason, TraitsWriter traits, Symbols symbols)
    {
        Stored.Reason stored = new()
        {
            Rule = symbols[reason.Rule],
            Code = (uint)reason.Code,
            Message = symbols[reason.Message],
            FreeAt = reason.FreeAt?.ToUnixTimeTicks() ?? 0,
            Window = symbols[reason.Window],
            Counted = ColumnWriter.BytesOf(reason.Counted.AsSpan(), traits, ContactColumns.Write),
            Overridable = reason.IsOverridable,
        };
        if (reason.Used is { } used)
        {
            stored.Used = (uint)used;
        }

        if (reason.Limit is { } limit)
        {
            stored.Limit = (uint)limit;
        }

        return stored;
    }

    private static Reason Read(Stored.Reason stored, TraitsReader traits, Texts texts) => new(
        texts.Required(stored.Rule), (ReasonCode)stored.Code, texts.Required(stored.Message),
            ReadInstant(stored.FreeAt))
    {
        Used = stored.HasUsed ? (int)stored.Used : null,
        Limit = stored.HasLimit ? (int)stored.Limit : null,
        Window = texts[stored.Window],
        Counted = ContactColumns.Read(stored.Counted.Span, traits, texts),
        IsOverridable = stored.Overridable,
    };

    private static Instant? ReadInstant(long ticks) => ticks == 0 ? null : Instant.FromUnixTimeTicks(ticks);
}
