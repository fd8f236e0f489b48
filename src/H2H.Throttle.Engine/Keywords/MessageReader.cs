using H2H.Throttle.Core.Consent;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Links;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>Reads messages that callers pass on.</summary>
public static class MessageReader
{
    /// <summary>Stands before a token in the subject of a mail by which somebody unsubscribes (RFC 2369).</summary>
    public const string Unsubscribe = "unsubscribe";

    private const string Subject = "subject:";
    private const int TokenLengthMin = 40;

    /// <summary>
    /// The token with which a message begins that a mail program wrote: <c>unsubscribe</c> and the token on its first
    /// line, and nothing else there. Null: it is no such message. An answer that quotes a link is none.
    /// </summary>
    public static string? TokenIn(string? text)
    {
        string first = (text ?? "").TrimStart().Split('\n', 2)[0].Trim();
        if (first.StartsWith(Subject, StringComparison.OrdinalIgnoreCase))
        {
            first = first[Subject.Length..].Trim();
        }

        string[] words = first.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var word, { Length: >= TokenLengthMin and <= LinkSigner.TokenLengthMax } token]
            && word.Equals(Unsubscribe, StringComparison.OrdinalIgnoreCase)
                ? token
                : null;
    }

    internal static void Check(MessageDraft draft, Policy policy, Problems problems)
    {
        problems.Require(
            draft.Channel is not null && policy.Channels.Contains(draft.Channel),
            ProblemReason.ChannelUnknown,
            "channel",
            $"channel is not declared by the policy; it has {string.Join(", ", policy.Channels)}.");
        problems.Require(
            (draft.Text?.Length ?? 0) <= MessageDraft.TextLengthMax,
            ProblemReason.TextTooLong,
            "text",
            $"text has {draft.Text?.Length} characters; at most {MessageDraft.TextLengthMax} are allowed. The first of "
            + "them are enough.");
        problems.CheckText(draft.Brand, "brand", RequestBounds.NameLengthMax);
        problems.CheckText(draft.Language, "language", RequestBounds.NameLengthMax);
        problems.CheckText(draft.Source, "source", RequestBounds.SourceLengthMax);
        problems.Require(
            draft.Reach is not (MessageReach.Brand or MessageReach.ChannelOfBrand)
                || !string.IsNullOrEmpty(draft.Brand),
            ProblemReason.FieldMissing,
            "brand",
            "brand is missing, and the message is to be about a brand; name it, or give another reach.");
    }

    /// <summary>What the message is about if it says no or yes.</summary>
    internal static Scope ScopeOf(MessageDraft draft, MessageMeaning meaning)
    {
        if (draft.Link is { } link)
        {
            return link.Scope;
        }

        string? brand = string.IsNullOrEmpty(draft.Brand) ? null : draft.Brand;
        return meaning is MessageMeaning.OptOutOfAll ? Scope.Everything : draft.Reach switch
        {
            MessageReach.Everything => Scope.Everything,
            MessageReach.Brand => new Scope(Brand: brand),
            MessageReach.ChannelOfBrand => new Scope(draft.Channel, Brand: brand),
            _ => new Scope(draft.Channel),
        };
    }

    internal static string ContentOf(MessageDraft draft) => Fingerprint.Of(
        "message",
        draft.Text, draft.Channel, draft.Brand, Fingerprint.Number((int)draft.Reach), draft.Language, draft.Source);
}
