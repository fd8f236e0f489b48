using System.Collections.Immutable;
using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Core.Ledgers;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Remembered answers, as stored.</summary>
internal static class AnswerCodec
{
    public static Stored.Answer Write(Answer answer, TraitsWriter traits, Symbols symbols)
    {
        Stored.Answer stored = new()
        {
            Request = answer.Request,
            Content = answer.Content,
            At = answer.At.ToUnixTimeTicks(),
            Late = answer.IsLate,
            Revoked = answer.IsRevoked,
            Lifted = (uint)answer.Lifted,
            Counted = answer.HasCounted,
            Contact = answer.Contact is { } contact ? ContactColumns.Write([contact], traits, symbols) : null,
            Decision = answer.Verdict is { } verdict ? Write(verdict, traits, symbols) : null,
        };
        stored.Overshoot.AddRange(answer.Overshoot.Select(reason => Write(reason, traits, symbols)));
        stored.RevokedNumbers.AddRange(answer.Revoked.Select(static number => number.Value));
        return stored;
    }

    public static Answer Read(Stored.Answer stored, TraitsReader traits, Texts texts)
    {
        ImmutableArray<LedgerContact> contact = ContactColumns.Read(stored.Contact, traits, texts);
        return new Answer(Instant.FromUnixTimeTicks(stored.At))
        {
            Request = stored.Request,
            Content = stored.Content,
            Verdict = stored.Decision is { } decision ? Read(decision, traits, texts) : null,
            Contact = contact.IsEmpty ? null : contact[0],
            IsLate = stored.Late,
            IsRevoked = stored.Revoked,
            Overshoot = [.. stored.Overshoot.Select(reason => Read(reason, traits, texts))],
            Revoked = [.. stored.RevokedNumbers.Select(static number => new ContactNumber(number))],
            Lifted = (int)stored.Lifted,
            HasCounted = stored.Counted,
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
        stored.Warnings.AddRange(verdict.Decision.Warnings.Select(reason => Write(reason, traits, symbols)));
        stored.Shadows.AddRange(verdict.Decision.Shadows.Select(reason => Write(reason, traits, symbols)));
        if (verdict.Decision is Decision.Denied denied)
        {
            stored.Reasons.AddRange(denied.Reasons.Select(reason => Write(reason, traits, symbols)));
            stored.NextAllowedAt = denied.NextAllowedAt?.ToUnixTimeTicks() ?? 0;
            stored.AllowedChannels.AddRange(denied.AllowedChannels.Select(channel => symbols[channel]));
        }

        return stored;
    }

    private static Verdict Read(Stored.Decision stored, TraitsReader traits, Texts texts)
    {
        ImmutableArray<Reason> shadows = [.. stored.Shadows.Select(reason => Read(reason, traits, texts))];
        Decision decision = stored.Allowed
            ? new Decision.Allowed([.. stored.Warnings.Select(reason => Read(reason, traits, texts))], shadows)
            : new Decision.Denied(
                [.. stored.Reasons.Select(reason => Read(reason, traits, texts))],
                shadows,
                ReadInstant(stored.NextAllowedAt),
                [.. stored.AllowedChannels.Select(texts.Required)]);
        return new Verdict(
            stored.Id, decision, texts.Required(stored.Policy), stored.PolicyVersion,
                Instant.FromUnixTimeTicks(stored.At));
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
            Counted = ContactColumns.Write(reason.Counted, traits, symbols),
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
        Counted = ContactColumns.Read(stored.Counted, traits, texts),
    };

    private static Instant? ReadInstant(long ticks) => ticks == 0 ? null : Instant.FromUnixTimeTicks(ticks);
}
