using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Journals;

/// <summary><c>h2h journal watch</c></summary>
internal sealed class WatchJournalCommand : AskingCommand
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilenceMax = 3 * Heartbeat;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly JournalFilterOptions filter = new();
    private readonly Option<long?> after = new("--after")
    {
        Description = "Begin after this position, 0 for the first entry; otherwise only what is to come.",
        HelpName = "position",
    };

    public WatchJournalCommand()
        : base(
            "watch",
            "What happens, as it happens, until Ctrl-C. A line that breaks is taken up again where it was. Senders "
            + "learn of revoked reservations of their own brands.")
    {
        filter.AddTo(this);
        Add(after);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        WatchRequest request = new()
        {
            Filter = filter.Read(with.Parsed), HeartbeatInterval = Heartbeat.ToDuration(),
        };
        if (with.Parsed.GetValue(after) is { } position)
        {
            request.After = position;
        }

        TimeText times = await with.TimesAsync(null, cancellation);
        bool wasHeard = false;
        while (true)
        {
            try
            {
                await FollowAsync(with, request, times, () => wasHeard = true, cancellation);
            }
            catch (ThrottleException error) when (
                wasHeard && IsPassing(error) && !cancellation.IsCancellationRequested)
            {
                Screen.Error.Line($"[dim]The line broke ({error.Status}); asking again after {request.After}.[/]");
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                Screen.Error.Line($"[dim]The line is silent; asking again after {request.After}.[/]");
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    // CANCELLED is what a call ends with that was given up because of its silence.
    private static bool IsPassing(ThrottleException error) =>
        error.MayBeRepeated || error.Status is StatusCode.Cancelled;

    /// <summary>Until the line breaks, or is silent for longer than a live one is.</summary>
    private static async Task FollowAsync(
        Conversation with, WatchRequest request, TimeText times, Action hear, CancellationToken cancellation)
    {
        using CancellationTokenSource silent = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silent.CancelAfter(SilenceMax);
        using AsyncServerStreamingCall<WatchResponse> call =
            with.Client.Journal.Watch(request, cancellationToken: silent.Token);
        await foreach (WatchResponse told in call.ResponseStream.ReadAllAsync(silent.Token))
        {
            hear();
            silent.CancelAfter(SilenceMax);
            if (told.Entry is { } entry)
            {
                Show(with, entry, times);
            }

            request.After = told.Entry?.Position ?? told.Heartbeat.Position;
        }
    }

    private static void Show(Conversation with, JournalEntry entry, TimeText times)
    {
        if (with.IsJson)
        {
            Conversation.PrintJson(entry);
        }
        else
        {
            JournalView.Show(Screen.Out, entry, times);
        }
    }
}
