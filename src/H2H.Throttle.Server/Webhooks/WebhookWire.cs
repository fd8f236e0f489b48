using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Engine.Webhooks;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using DeadLetter = H2H.Throttle.Engine.Webhooks.DeadLetter;
using WebhookStanding = H2H.Throttle.Engine.Webhooks.WebhookStanding;

namespace H2H.Throttle.Server.Webhooks;

/// <summary>Webhooks on the wire.</summary>
internal static class WebhookWire
{
    private static readonly string[] Changing = ["url", "kinds", "brands", "paused"];

    /// <summary>One to be made; meaningless if a violation was added.</summary>
    public static WebhookDraft Read(Wire.Webhook? webhook, AddressGuard guard, Violations violations)
    {
        if (webhook is null)
        {
            violations.Add("webhook", ErrorReason.FieldMissing, "webhook is missing.");
            return new WebhookDraft();
        }

        if (webhook.Standing is not Wire.WebhookStanding.Unspecified
            || webhook.CreatedAt is not null
            || webhook.FormerSecretUntil is not null
            || webhook.Progress is not null)
        {
            violations.Add(
                "webhook",
                ErrorReason.FieldNotAllowed,
                "standing, created_at, former_secret_until and progress are set by the service; leave them out.");
        }

        Guard(webhook.Url, guard, violations);
        return new WebhookDraft
        {
            Target = webhook.Url,
            Kinds = [.. webhook.Kinds],
            Brands = [.. webhook.Brands],
            IsPaused = webhook.Paused,
        };
    }

    /// <summary>What is to change of one; meaningless if a violation was added.</summary>
    public static WebhookDraft Read(
        Wire.Webhook? webhook, FieldMask? mask, AddressGuard guard, Violations violations)
    {
        if (webhook is null)
        {
            violations.Add("webhook", ErrorReason.FieldMissing, "webhook is missing.");
            return new WebhookDraft();
        }

        if (mask is not { Paths.Count: > 0 } || mask.Paths.Except(Changing, StringComparer.Ordinal).Any())
        {
            violations.Add(
                "update_mask",
                ErrorReason.UpdateMaskInvalid,
                $"update_mask names what to change: {string.Join(", ", Changing)}.");
            return new WebhookDraft();
        }

        bool changesUrl = mask.Paths.Contains("url");
        if (changesUrl)
        {
            Guard(webhook.Url, guard, violations);
        }

        return new WebhookDraft
        {
            Target = changesUrl ? webhook.Url : null,
            Kinds = mask.Paths.Contains("kinds") ? [.. webhook.Kinds] : null,
            Brands = mask.Paths.Contains("brands") ? [.. webhook.Brands] : null,
            IsPaused = mask.Paths.Contains("paused") ? webhook.Paused : null,
        };
    }

    public static Wire.Webhook Write(WebhookView view)
    {
        Wire.Webhook written = new()
        {
            Name = view.Webhook.Name,
            Url = view.Webhook.Url.OriginalString,
            Paused = view.Webhook.Standing is WebhookStanding.Paused,
            Standing = view.Webhook.Standing switch
            {
                WebhookStanding.Active => Wire.WebhookStanding.Active,
                WebhookStanding.Paused => Wire.WebhookStanding.Paused,
                WebhookStanding.Stopped => Wire.WebhookStanding.Stopped,
                _ => throw new System.Diagnostics.UnreachableException(),
            },
            CreatedAt = TimeWire.Write(view.Webhook.MadeAt),
            FormerSecretUntil = TimeWire.WriteOrNull(view.Webhook.FormerSecretUntil),
            Progress = new WebhookProgress
            {
                Position = view.Position,
                LastTakenAt = TimeWire.WriteOrNull(view.LastSentAt),
                Failures = view.Failures,
                FailingSince = TimeWire.WriteOrNull(view.FailingSince),
                NextTryAt = TimeWire.WriteOrNull(view.NextTryAt),
                Failure = view.Why ?? "",
                DeadLetters = view.DeadLetters,
                DroppedLetters = view.DroppedLetters,
            },
        };
        written.Kinds.AddRange(view.Webhook.Kinds);
        written.Brands.AddRange(view.Webhook.Brands);
        return written;
    }

    public static WebhookDelivery Write(Carried carried) => carried switch
    {
        Carried.Taken taken => new() { Taken = true, Status = taken.Status },
        Carried.Gone => new() { Status = StatusCodes.Status410Gone, Failure = "The receiver says that it is gone." },
        Carried.Failed failed => new() { Status = failed.Status ?? 0, Failure = failed.Why },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static Wire.DeadLetter Write(DeadLetter letter) => new()
    {
        Position = letter.Position,
        Kind = letter.Kind,
        HappenedAt = TimeWire.Write(letter.HappenedAt),
        DiedAt = TimeWire.Write(letter.DiedAt),
        Tries = letter.Tries,
        Failure = letter.Why,
    };

    /// <summary>What is no URL at all, the engine refuses.</summary>
    private static void Guard(string url, AddressGuard guard, Violations violations)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && guard.WhyNot(address) is { } why)
        {
            violations.Add("webhook.url", ErrorReason.WebhookUrlInvalid, why);
        }
    }
}
