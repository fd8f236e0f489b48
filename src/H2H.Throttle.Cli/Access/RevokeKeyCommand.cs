using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Access;

/// <summary><c>h2h key revoke</c></summary>
internal sealed class RevokeKeyCommand : AskingCommand
{
    private readonly Argument<string> key = new("key-id")
    {
        Description = "The key's id, as `h2h key list` shows it.",
    };

    public RevokeKeyCommand()
        : base("revoke", "Make a key open nothing any more, within a second on every server.") => Add(key);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        RevokeKeyRequest request = new() { KeyId = with.Parsed.GetRequiredValue(key) };
        RevokeKeyResponse answer = await with.Client.Access.RevokeKeyAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            KeyView.Show(Screen.Out, answer.Key, await with.TimesAsync(null, cancellation));
        }

        return ExitCode.Done;
    }
}
