using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Cli.Access;

/// <summary><c>h2h key create</c></summary>
internal sealed class CreateKeyCommand : AskingCommand
{
    private readonly Argument<string> name = new("name")
    {
        Description = "Whose it is: \"mail platform\".",
    };

    private readonly Option<Role> role = Roles.Option();

    private readonly Option<string[]> brands = new("--brand")
    {
        Description = "A brand that a sender may speak for; may be repeated. Otherwise every one.",
        HelpName = "brand",
    };

    private readonly Option<Duration?> lives = Spans.Option(
        "--for", "How long it opens anything: 24h, 365d. Otherwise until it is revoked.");

    public CreateKeyCommand()
        : base("create", "Make a key. Its text is printed once; nobody can tell it again.")
    {
        Add(name);
        Add(role);
        Add(brands);
        Add(lives);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        CreateKeyRequest request = new()
        {
            Name = with.Parsed.GetRequiredValue(name),
            Role = with.Parsed.GetRequiredValue(role),
            TimeToLive = with.Parsed.GetValue(lives) is { } span
                ? span.ToTimeSpan().ToDuration()
                : null,
        };
        request.Brands.AddRange(with.Parsed.GetValue(brands) ?? []);
        CreateKeyResponse answer = await with.Client.Access.CreateKeyAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        // Only the key goes to standard output, so that a script can keep it.
        KeyView.Show(Screen.Error, answer.Key, await with.TimesAsync(null, cancellation));
        Screen.Error.Line($"Keep this secret; it is not shown again. Callers send it as: authorization: Bearer …");
        Screen.Out.Print($"{answer.KeyText}\n");
        return ExitCode.Done;
    }
}
