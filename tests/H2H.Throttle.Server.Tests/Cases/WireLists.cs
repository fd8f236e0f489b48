using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Engine.Policies.Scenarios;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>Loads the suppression lists of scenarios into a server, over gRPC.</summary>
internal sealed class WireLists(TestServer server)
{
    public async Task LoadAsync(Instant at, ScenarioList list, CancellationToken cancellation)
    {
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            server.Consent.ImportSuppressions(cancellationToken: cancellation);
        SuppressionImport import = new() { List = list.Name, AsOf = Write(list.AsOf), At = Write(at) };
        SuppressionLines lines = new() { First = 1 };
        lines.Lines.Add(list.Holds);
        SuppressionImportEnd end = new() { Lines = list.Holds.Length, AllowEmpty = true };
        await call.RequestStream.WriteAsync(new ImportSuppressionsRequest { Import = import }, cancellation);
        await call.RequestStream.WriteAsync(new ImportSuppressionsRequest { Lines = lines }, cancellation);
        await call.RequestStream.WriteAsync(new ImportSuppressionsRequest { End = end }, cancellation);
        await call;
    }

    /// <summary>A server keeps its lists from one scenario to the next.</summary>
    public async Task RemoveAllAsync(CancellationToken cancellation)
    {
        ListSuppressionListsResponse known = await server.Consent.ListSuppressionListsAsync(
            new ListSuppressionListsRequest(), cancellationToken: cancellation);
        foreach (SuppressionList list in known.Lists)
        {
            await server.Consent.RemoveSuppressionListAsync(
                new RemoveSuppressionListRequest { List = list.Name }, cancellationToken: cancellation);
        }
    }

    private static Timestamp Write(Instant at) => Timestamp.FromDateTime(at.ToDateTimeUtc());
}
