using System.Collections.Immutable;
using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using SuppressionList = H2H.Throttle.Engine.Lists.SuppressionList;

namespace H2H.Throttle.Server.Lists;

/// <summary>Suppression lists: what <see cref="Consent.ConsentService"/> answers about them.</summary>
internal sealed class ListCalls(ThrottleEngine engine, IHostApplicationLifetime lifetime)
{
    public async Task<ImportSuppressionsResponse> ImportAsync(
        IAsyncStreamReader<ImportSuppressionsRequest> requests, ServerCallContext context)
    {
        if (!await NextAsync(requests, context) || requests.Current.Import is not { } about)
        {
            throw RefusedException.Invalid(
                [new("import", ErrorReason.FieldMissing, "The first message must have import: what it is about.")]);
        }

        Violations violations = new();
        ImportDraft draft = ListWire.Read(about, violations);
        violations.ThrowIfAny();
        ListImport import = await engine.Lists.By(context.Actor()).ImportAsync(draft, context.CancellationToken);
        while (await NextAsync(requests, context))
        {
            switch (requests.Current.PartCase)
            {
                case ImportSuppressionsRequest.PartOneofCase.Lines:
                    SuppressionLines lines = requests.Current.Lines;
                    await import.AddAsync(lines.First, lines.Lines, context.CancellationToken);
                    break;
                case ImportSuppressionsRequest.PartOneofCase.End:
                    ImportEnd end = ListWire.Read(requests.Current.End);
                    return ListWire.Write(await import.FinishAsync(end, context.CancellationToken));
                default:
                    throw RefusedException.Invalid(
                        [new("import", ErrorReason.FieldNotAllowed, "All but the first message have lines or end.")]);
            }
        }

        throw RefusedException.Invalid(
            [new("end", ErrorReason.LinesMissing, "The stream ended without end, so the list was left as it is.")]);
    }

    public async Task<GetSuppressionImportResponse> GetImportAsync(
        GetSuppressionImportRequest request, ServerCallContext context) => new()
        {
            Import = ListWire.Write(await engine.Lists.ProgressAsync(
                request.List, request.ImportId, context.CancellationToken)),
        };

    public async Task<ListSuppressionListsResponse> ListAsync(CancellationToken cancellation)
    {
        ListSuppressionListsResponse response = new();
        response.Lists.AddRange((await engine.Lists.CompareAsync(cancellation)).Select(ListWire.Write));
        return response;
    }

    public async Task<RemoveSuppressionListResponse> RemoveAsync(
        RemoveSuppressionListRequest request, ServerCallContext context)
    {
        await engine.Lists.By(context.Actor()).RemoveAsync(request.List, context.CancellationToken);
        return new RemoveSuppressionListResponse();
    }

    public async Task ExportAsync(
        ExportSuppressionsRequest request,
        IServerStreamWriter<ExportSuppressionsResponse> responses,
        ServerCallContext context)
    {
        (SuppressionList list, IEnumerable<ImmutableArray<ulong>> hashes) = engine.Lists.Export(request.List);
        await responses.WriteAsync(
            new ExportSuppressionsResponse { List = ListWire.Write(list), KeyId = engine.Lists.KeyId },
            context.CancellationToken);
        foreach (ImmutableArray<ulong> piece in hashes)
        {
            RequireUp();
            ExportSuppressionsResponse response = new();
            response.Hashes.AddRange(piece);
            await responses.WriteAsync(response, context.CancellationToken);
        }
    }

    /// <summary>The next message, if there is one before the server is asked to stop.</summary>
    private async Task<bool> NextAsync(
        IAsyncStreamReader<ImportSuppressionsRequest> requests, ServerCallContext context)
    {
        try
        {
            return await requests.MoveNext(context.CancellationToken).WaitAsync(lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            RequireUp();
            throw;
        }
    }

    private void RequireUp()
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw CallErrors.ShuttingDown("An import can be gone on with when it is up again.");
        }
    }
}
