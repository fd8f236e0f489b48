using System.CommandLine;
using System.Globalization;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Cli.Simulations;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Wire;
using Cap = H2H.Throttle.Wire.Cap;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy adjust-cap</c></summary>
internal sealed class AdjustCapCommand : AskingCommand
{
    private readonly Argument<string> rule = new("rule") { Description = "The rule's name." };
    private readonly Argument<Cap> cap = new("cap")
    {
        Description = "The new limit: a number, `unlimited` or `blocked`.",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (text is "unlimited" or "blocked")
            {
                return text is "blocked" ? new Cap { Blocked = true } : new Cap { Unlimited = true };
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long limit))
            {
                return new Cap { Limit = limit };
            }

            result.AddError($"'{text}' is not a limit. Write a number, `unlimited` or `blocked`.");
            return null;
        },
    };

    private readonly Option<string> comment = Texts.Option(
        "--comment", "text", "Why, for those who read the list of versions.");

    private readonly Option<long> expectedVersion = Versions.Expected();
    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<bool> simulate = new("--simulate")
    {
        Description = "Change nothing: tell what the new number would have done to the contacts of the past.",
    };

    private readonly SimulationOptions simulation = new();

    public AdjustCapCommand()
        : base("adjust-cap", "Change the number of one cap and nothing else, as a new version.")
    {
        Add(rule);
        Add(cap);
        Add(comment);
        Add(expectedVersion);
        Add(requestId);
        Add(simulate);
        simulation.AddTo(this);
    }

    protected override Task<int> AskAsync(Conversation with, CancellationToken cancellation) =>
        with.Parsed.GetValue(simulate) ? SimulateAsync(with, cancellation) : AdjustAsync(with, cancellation);

    /// <summary>The document in force with the new number, put to the past.</summary>
    private async Task<int> SimulateAsync(Conversation with, CancellationToken cancellation)
    {
        GetPolicyResponse current = await with.Client.Policies.GetPolicyAsync(
            new GetPolicyRequest(), with.Call(cancellation));
        Cap wanted = with.Parsed.GetRequiredValue(cap);
        string name = with.Parsed.GetRequiredValue(rule);
        CapLimit limit = wanted.CapCase switch
        {
            Cap.CapOneofCase.Blocked => CapLimit.Blocked,
            Cap.CapOneofCase.Unlimited => CapLimit.Unlimited,
            _ when wanted.Limit is >= 1 and <= CapLimit.ContactsMax => new CapLimit(null, (int)wanted.Limit),
            _ => throw new UnusableException($"A cap is 1 to {CapLimit.ContactsMax}; for none write `blocked`."),
        };
        string document = PolicyEditor.AdjustCap(current.Policy.Document, name, limit) switch
        {
            CapAdjustment.Adjusted adjusted => adjusted.Document,
            CapAdjustment.NotOneCap not => throw new UnusableException($"{name}: {not.Why}"),
            _ => throw new UnusableException($"The policy in force has no rule {name}."),
        };
        await simulation.ShowAsync(
            with, await simulation.OnServerAsync(with, document, cancellation), cancellation);
        return ExitCode.Done;
    }

    private async Task<int> AdjustAsync(Conversation with, CancellationToken cancellation)
    {
        AdjustCapRequest request = new()
        {
            RequestId = with.Parsed.GetRequiredValue(requestId),
            Rule = with.Parsed.GetRequiredValue(rule),
            Cap = with.Parsed.GetRequiredValue(cap),
            Comment = with.Parsed.GetRequiredValue(comment),
            ExpectedVersion = with.Parsed.GetValue(expectedVersion),
        };
        AdjustCapResponse answer = await with.Client.Policies.AdjustCapAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Line(
                $"[bold]{request.Rule}[/]: {PolicyView.Write(answer.Previous)} → {PolicyView.Write(request.Cap)}");
            WarningView.Show(Screen.Error, $"version {answer.Policy.Version}", WarningView.Read(answer.Warnings));
            PolicyView.Show(Screen.Out, answer.Policy, isInForce: true, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
