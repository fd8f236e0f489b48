using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Consent;

/// <summary><c>h2h link</c></summary>
internal sealed class LinkCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly ScopeOptions scope = new();

    private readonly Option<bool> page = new("--page")
    {
        Description = "A link to the person's own page instead. Whoever has it sees and decides all: "
            + "give it to them alone.",
    };

    private readonly Option<Timestamp?> at = Moments.At();

    public LinkCommand()
        : base("link", "The two mail headers by which a person unsubscribes with one click, or a link to their page.")
    {
        Add(person);
        scope.AddTo(this);
        Add(page);
        Add(at);
    }

    protected override Task<int> AskAsync(Conversation with, CancellationToken cancellation) =>
        with.Parsed.GetValue(page) ? AskPageAsync(with, cancellation) : AskUnsubscribeAsync(with, cancellation);

    private async Task<int> AskUnsubscribeAsync(Conversation with, CancellationToken cancellation)
    {
        CreateUnsubscribeLinkRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person),
            Scope = scope.Read(with.Parsed),
            At = with.Parsed.GetValue(at),
        };
        CreateUnsubscribeLinkResponse answer = await with.Client.Consent.CreateUnsubscribeLinkAsync(
            request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        Screen.Out.Line($"List-Unsubscribe: {answer.ListUnsubscribe}");
        Screen.Out.Line($"List-Unsubscribe-Post: {answer.ListUnsubscribePost}");
        if (!answer.Url.StartsWith("https:", StringComparison.Ordinal))
        {
            Screen.Error.Line($"[dim]Mail programs want https: set Public:BaseUrl.[/]");
        }

        return ExitCode.Done;
    }

    private async Task<int> AskPageAsync(Conversation with, CancellationToken cancellation)
    {
        if (scope.Read(with.Parsed) is not null)
        {
            throw new UnusableException(
                "A page is about everything: leave out --channel, --purpose, --topic and --brand.");
        }

        CreatePageLinkRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person), At = with.Parsed.GetValue(at),
        };
        CreatePageLinkResponse answer = await with.Client.Consent.CreatePageLinkAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Print($"{answer.Url}\n");
        }

        return ExitCode.Done;
    }
}
