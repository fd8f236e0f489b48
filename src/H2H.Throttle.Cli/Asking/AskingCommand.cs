using System.CommandLine;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;

namespace H2H.Throttle.Cli.Asking;

/// <summary>A command that asks a server.</summary>
internal abstract class AskingCommand : Command
{
    private readonly ServerOptions server = new();

    protected AskingCommand(string name, string description)
        : base(name, description)
    {
        server.AddTo(this);
        SetAction(RunAsync);
    }

    /// <returns>What to end with, see <see cref="ExitCode"/>.</returns>
    /// <exception cref="ThrottleException">The server gave no answer; it is explained to the user.</exception>
    /// <exception cref="UnusableException">So is this.</exception>
    protected abstract Task<int> AskAsync(Conversation with, CancellationToken cancellation);

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            using Conversation with = server.Begin(parsed);
            return await RunAsync(with, cancellation);
        }
        catch (UnusableException error)
        {
            Complaint.Show(error);
            return ExitCode.Usage;
        }
    }

    private async Task<int> RunAsync(Conversation with, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(with, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (ThrottleException) when (cancellation.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        catch (ThrottleException error)
        {
            Complaint.Show(error, with);
            return ExitCode.Of(error);
        }
    }
}
