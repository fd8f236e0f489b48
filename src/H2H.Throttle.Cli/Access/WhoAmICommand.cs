using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Access;

/// <summary><c>h2h key whoami</c></summary>
internal sealed class WhoAmICommand() : AskingCommand("whoami", "Who the server takes you for.")
{
    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetCallerResponse answer = await with.Client.Access
            .GetCallerAsync(new GetCallerRequest(), with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            string brands = answer.Brands.Count == 0 ? "every brand" : string.Join(", ", answer.Brands);
            Screen.Out.Line($"{answer.Name}, {Roles.NameOf(answer.Role)}, {brands}");
        }

        return ExitCode.Done;
    }
}
