using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Pages;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;
using Role = H2H.Throttle.Engine.Access.Role;

namespace H2H.Throttle.Server.Journals;

/// <summary>What happened, for those who have to know.</summary>
internal sealed class JournalService(
    ThrottleEngine engine, Doorkeeper doorkeeper, WatchRoom room, IHostApplicationLifetime lifetime)
    : Wire.JournalService.JournalServiceBase
{
    public override async Task<ListEntriesResponse> ListEntries(ListEntriesRequest request, ServerCallContext context)
    {
        Violations violations = new();
        JournalQuery query = JournalWire.Read(request.Filter, violations);
        bool oldestFirst = JournalWire.ReadOrder(request.Order, violations);
        violations.ThrowIfAny();

        JournalPage page = await engine.Journal.ListAsync(
            query, PageWire.ReadSize(request.PageSize), request.PageToken, oldestFirst, context.CancellationToken);

        ListEntriesResponse response = new() { NextPageToken = page.Next ?? "" };
        response.Entries.AddRange(page.Entries.Select(static entry => JournalWire.Write(entry)));
        return response;
    }

    public override async Task Watch(
        WatchRequest request, IServerStreamWriter<WatchResponse> responseStream, ServerCallContext context)
    {
        Violations violations = new();
        JournalQuery query = JournalWire.Read(request.Filter, violations);
        ReadOnlyMemory<byte>? hash = JournalWire.ReadHash(request.AfterHash, "after_hash", violations);
        Duration pulse = TimeWire.Read(
            request.HeartbeatInterval, "heartbeat_interval", ErrorReason.TimeOutOfRange, violations)
            ?? JournalDesk.PulseDefault;
        violations.ThrowIfAny();
        Caller caller = Doorkeeper.CallerOf(context);
        bool isSender = caller.Role is Role.Sender;
        query = isSender ? JournalWire.ForSender(query, caller) : query;
        long? after = request.HasAfter ? request.After : null;

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        if (!room.TryEnter())
        {
            throw JournalWire.TooMany(WatchRoom.WatchesMax);
        }

        try
        {
            await foreach (JournalSight sight in engine.Journal.WatchAsync(query, after, hash, pulse, ending.Token))
            {
                if (sight is JournalSight.Pulse)
                {
                    await doorkeeper.RecheckAsync(context);
                }

                await responseStream.WriteAsync(JournalWire.Write(sight, isSender), ending.Token);
            }
        }
        catch (OperationCanceledException) when (IsStopping(context))
        {
            throw CallErrors.ShuttingDown("Watch again, after the last position that was told.");
        }
        finally
        {
            room.Leave();
        }
    }

    public override async Task VerifyJournal(
        VerifyJournalRequest request,
        IServerStreamWriter<VerifyJournalResponse> responseStream,
        ServerCallContext context)
    {
        Violations violations = new();
        JournalMark? written = JournalWire.ReadMark(request, violations);
        violations.ThrowIfAny();

        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await foreach (ChainProgress progress in engine.Journal.VerifyAsync(written, ending.Token))
            {
                await responseStream.WriteAsync(JournalWire.Write(progress), ending.Token);
            }
        }
        catch (OperationCanceledException) when (IsStopping(context))
        {
            throw CallErrors.ShuttingDown("Verify again when it is up.");
        }
    }

    private bool IsStopping(ServerCallContext context) =>
        lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested;
}
