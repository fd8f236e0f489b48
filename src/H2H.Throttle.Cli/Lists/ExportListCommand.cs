using System.CommandLine;
using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Lists;

/// <summary><c>h2h list export</c></summary>
internal sealed class ExportListCommand : AskingCommand
{
    private readonly Argument<string> list = new("list") { Description = "The list's name." };

    public ExportListCommand()
        : base(
            "export",
            "Write a suppression list to standard output: hashes, as addresses are not stored. A service with the "
            + "same identity key imports them.") => Add(list);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ExportSuppressionsRequest request = new() { List = with.Parsed.GetRequiredValue(list) };
        using AsyncServerStreamingCall<ExportSuppressionsResponse> call =
            with.Client.Consent.ExportSuppressions(request, cancellationToken: cancellation);
        await foreach (ExportSuppressionsResponse piece in call.ResponseStream.ReadAllAsync(cancellation))
        {
            if (piece.List is { } told)
            {
                Screen.Out.Print($"{new ExportHead(told.AsOf, piece.KeyId).Write(told.Name)}\n");
            }

            foreach (ulong hash in piece.Hashes)
            {
                Screen.Out.Print($"hash:{hash:x16}\n");
            }
        }

        return ExitCode.Done;
    }
}
