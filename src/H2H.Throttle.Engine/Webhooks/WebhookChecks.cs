using System.Collections.Immutable;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Finds what is wrong with what is asked of webhooks.</summary>
internal static class WebhookChecks
{
    /// <summary>Small letters, digits and hyphens, as in names of hosts: it stands in commands and metrics.</summary>
    public static void RequireName(this Problems problems, string? name)
    {
        problems.RequireId(name, "webhook.name", Webhook.NameLengthMax);
        problems.Require(
            string.IsNullOrEmpty(name)
                || name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'),
            ProblemReason.IdMalformed,
            "webhook.name",
            "webhook.name is made of small letters, digits and hyphens, such as crm-north.");
    }

    public static void Check(this Problems problems, WebhookDraft draft)
    {
        if (draft.Target is { } url)
        {
            problems.Require(
                url.Length <= Webhook.UrlLengthMax && IsAddress(url),
                ProblemReason.WebhookUrlInvalid,
                "webhook.url",
                $"webhook.url must be https://…, without a user and a fragment, of at most {Webhook.UrlLengthMax} "
                + "characters.");
        }

        CheckKinds(problems, draft.Kinds ?? []);
        CheckBrands(problems, draft.Brands ?? []);
    }

    private static void CheckKinds(Problems problems, ImmutableArray<string> kinds)
    {
        problems.Require(
            kinds.Length <= JournalQuery.KindsMax,
            ProblemReason.JournalKindUnknown,
            "webhook.kinds",
            $"There are {kinds.Length} kinds; at most {JournalQuery.KindsMax} are allowed.");
        problems.Require(
            kinds.All(JournalKinds.IsKnown),
            ProblemReason.JournalKindUnknown,
            "webhook.kinds",
            $"webhook.kinds has one that there is not; there are {string.Join(", ", JournalKinds.All)}.");
    }

    private static void CheckBrands(Problems problems, ImmutableArray<string> brands)
    {
        problems.Require(
            brands.Length <= Webhook.BrandsMax,
            ProblemReason.TextTooLong,
            "webhook.brands",
            $"There are {brands.Length} brands; at most {Webhook.BrandsMax} are allowed.");
        foreach (string brand in brands)
        {
            problems.RequireId(brand, "webhook.brands", RequestBounds.NameLengthMax);
        }
    }

    private static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length == 0
        && url.Fragment.Length == 0
        && url.Host.Length > 0;
}
