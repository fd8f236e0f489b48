using System.CommandLine;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Webhooks;

/// <summary>Which events a webhook is sent.</summary>
internal sealed class WebhookOptions
{
    private readonly Option<string[]> kinds = new("--kind")
    {
        Description = "Only facts of this kind: opt_out, reservation_revoked, policy_published, …; may be repeated. "
            + "\"*\" is every kind.",
        HelpName = "kind",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string[]> brands = new("--brand")
    {
        Description = "Only facts that name this brand; may be repeated. \"*\" is all, those without a brand too.",
        HelpName = "brand",
        DefaultValueFactory = static _ => [],
    };

    public static Argument<string> Name() => new("name") { Description = "The webhook's name: crm-north." };

    public void AddTo(Command command)
    {
        command.Add(kinds);
        command.Add(brands);
    }

    /// <summary>Puts what was given into the webhook; answers with the fields that were.</summary>
    public IReadOnlyList<string> Read(ParseResult parsed, Webhook webhook)
    {
        List<string> given = [];
        if (parsed.GetValue(kinds) is { Length: > 0 } onlyKinds)
        {
            webhook.Kinds.AddRange(onlyKinds.Where(static kind => kind != "*"));
            given.Add("kinds");
        }

        if (parsed.GetValue(brands) is { Length: > 0 } onlyBrands)
        {
            webhook.Brands.AddRange(onlyBrands.Where(static brand => brand != "*"));
            given.Add("brands");
        }

        return given;
    }
}
