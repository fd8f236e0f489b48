using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Lists;

/// <summary>Suppression lists over the wire: loaded, asked, taken up again, given back, and what goes wrong.</summary>
public sealed class ListServiceTests : IAsyncLifetime
{
    private const string List = ListedServer.List;
    private const int Many = 150_000;   // several pieces

    private readonly ListedServer server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Good_lines_are_loaded_bad_ones_counted_and_the_first_of_them_named()
    {
        string[] lines =
        [
            "+12025550100", "# a remark", "", "(202) 555-0101", "ann@example.org", "nobody", "+1", "a@b@c",
            .. Enumerable.Repeat("neither", 100_000),
        ];

        ImportSuppressionsResponse answer = await ImportAsync(New("bad"), lines);

        Assert.Equal((lines.Length, 2, lines.Length - 4), (
            answer.Import.Lines, answer.List.Entries, answer.Import.Bad));
        Assert.Equal(20, answer.Import.BadLines.Count);
        Assert.Equal(
            [(4, LineFault.CountryCodeMissing), (6, LineFault.NotAnAddress)],
            answer.Import.BadLines.Take(2).Select(static bad => ((int)bad.Number, bad.Fault)));
        Assert.Equal([ReasonCode.Listed], await ReasonsAsync("+12025550100"));
        Assert.Empty(await ReasonsAsync("+12025550101"));
    }

    [Fact]
    public async Task A_list_is_what_it_was_until_the_next_is_whole_however_many_ask_meanwhile()
    {
        await ImportAsync(New("first"), ["+12025550100"]);
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            server.Consent.ImportSuppressions(TestServer.Call);
        await call.RequestStream.WriteAsync(new() { Import = New("second") }, Cancellation);

        for (int sent = 0; sent < Many; sent += 10_000)
        {
            SuppressionLines lines = new() { First = sent + 1 };
            lines.Lines.Add(Enumerable.Range(sent, 10_000).Select(Phone));
            await call.RequestStream.WriteAsync(new() { Lines = lines }, Cancellation);
            Assert.Equal([ReasonCode.Listed], await ReasonsAsync("+12025550100"));
            Assert.Empty(await ReasonsAsync(Phone(7)));
        }

        await call.RequestStream.WriteAsync(new() { End = new() { Lines = Many } }, Cancellation);
        Assert.Equal(Many, (await call).List.Entries);
        Assert.Empty(await ReasonsAsync("+12025550100"));
        Assert.Equal([ReasonCode.Listed], await ReasonsAsync(Phone(7)));
    }

    [Fact]
    public async Task A_broken_import_goes_on_from_where_the_server_says_and_counts_every_line_once()
    {
        SuppressionImport import = New("broken");
        string[] lines = [.. Enumerable.Range(0, Many).Select(Phone)];
        using (AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> broken =
            server.Consent.ImportSuppressions(TestServer.Call))
        {
            await broken.RequestStream.WriteAsync(new() { Import = import }, Cancellation);
            SuppressionLines first = new() { First = 1 };
            first.Lines.Add(lines.Take(100_000));
            await broken.RequestStream.WriteAsync(new() { Lines = first }, Cancellation);
            while (await KeptAsync(import) == 0)
            {
                continue;   // the call tells nothing before its end
            }
        }

        long kept = await KeptAsync(import);
        ImportSuppressionsResponse answer = await ImportAsync(import, lines, first: kept + 1);
        ImportSuppressionsResponse again = await ImportAsync(import, lines);

        Assert.InRange(kept, 1, 100_000);
        Assert.Equal((Many, Many), (answer.Import.Lines, answer.List.Entries));
        Assert.Equal(answer.List, again.List);
        Assert.True(again.Import.InForce);
    }

    [Fact]
    public async Task What_is_exported_is_hashes_that_the_same_service_takes_back()
    {
        await ImportAsync(New("out"), [.. Enumerable.Range(0, 70_000).Select(Phone)]);
        using AsyncServerStreamingCall<ExportSuppressionsResponse> call = server.Consent.ExportSuppressions(
            new() { List = List }, TestServer.Call);
        List<ExportSuppressionsResponse> pieces = [];
        await foreach (ExportSuppressionsResponse piece in call.ResponseStream.ReadAllAsync(Cancellation))
        {
            pieces.Add(piece);
        }

        string[] hashes = [.. pieces.SelectMany(static one => one.Hashes).Select(static one => $"hash:{one:x16}")];
        SuppressionImport back = New("back");
        (back.List, back.KeyId) = ("copy", pieces[0].KeyId);
        ImportSuppressionsResponse copy = await ImportAsync(back, hashes);

        Assert.Equal((70_000, 70_000), (pieces[0].List.Entries, copy.List.Entries));
        Assert.Equal(0, copy.Import.Bad);
        ListSuppressionListsResponse known = await server.Consent.ListSuppressionListsAsync(new(), TestServer.Call);
        Assert.Equal(["copy", List], known.Lists.Select(static one => one.Name));
        await server.Consent.RemoveSuppressionListAsync(new() { List = List }, TestServer.Call);
        Assert.Equal([ReasonCode.ListStale], await ReasonsAsync(Phone(7)));
    }

    [Theory]
    [InlineData("LINES_MISSING", 2, 1, false)]
    [InlineData("LINES_MISSING", 1, 2, false)]
    [InlineData("LIST_EMPTY", 1, 1, true)]
    public async Task What_is_not_all_there_switches_nothing(string reason, long first, long end, bool isBad)
    {
        await ImportAsync(New("before"), ["+12025550100"]);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => ImportAsync(New("after"), [isBad ? "nobody" : Phone(7)], first, end));

        Assert.Equal(reason, Refusal.Of(refused).Reason);
        Assert.Equal([ReasonCode.Listed], await ReasonsAsync("+12025550100"));
        Assert.False((await server.Consent.GetSuppressionImportAsync(
            new() { List = List, ImportId = "after" }, TestServer.Call)).Import.InForce);
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_with_its_field()
    {
        SuppressionImport older = New("older");
        older.AsOf = At(-1000);
        SuppressionImport foreign = New("foreign");
        foreign.KeyId = new string('A', 22);
        SuppressionImport undated = New("undated");
        undated.AsOf = null;
        SuppressionImport other = New("used");
        other.CountryCode = "+1";
        await ImportAsync(New("used"), [Phone(1)]);

        Assert.Equal("LIST_OLDER", await RefusalAsync(() => ImportAsync(older, [Phone(2)])));
        Assert.Equal("IDENTITY_KEY_DIFFERS", await RefusalAsync(() => ImportAsync(foreign, [Phone(2)])));
        Assert.Equal("FIELD_MISSING", await RefusalAsync(() => ImportAsync(undated, [Phone(2)])));
        Assert.Equal("REQUEST_ID_REUSED", await RefusalAsync(() => ImportAsync(other, [Phone(1)])));
        Assert.Equal("LIST_UNKNOWN", await RefusalAsync(async () => await server.Consent
            .RemoveSuppressionListAsync(new() { List = "none" }, TestServer.Call)));
        Assert.Equal([ReasonCode.Listed], await ReasonsAsync(Phone(1)));
    }

    private static string Phone(int number) => $"+1202{number:D7}";

    private static SuppressionImport New(string id) => new() { List = List, ImportId = id, AsOf = At(0), At = At(9) };

    private static async Task<string> RefusalAsync(Func<Task> call) =>
        Refusal.Of(await Assert.ThrowsAsync<RpcException>(call)).Reason;

    private async Task<ImportSuppressionsResponse> ImportAsync(
        SuppressionImport import, string[] lines, long first = 1, long? end = null)
    {
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            server.Consent.ImportSuppressions(TestServer.Call);
        try
        {
            await SendAsync(call.RequestStream, import, lines, first, end);
        }
        catch (Exception broken) when (broken is RpcException or InvalidOperationException or IOException)
        {
            // It was refused before all was sent; what the call ends with says why.
        }

        return await call;
    }

    private static async Task SendAsync(
        IClientStreamWriter<ImportSuppressionsRequest> stream,
        SuppressionImport import,
        string[] lines,
        long first,
        long? end)
    {
        await stream.WriteAsync(new() { Import = import }, Cancellation);
        foreach (string[] piece in lines.Skip((int)first - 1).DefaultIfEmpty(lines[0]).Chunk(10_000))
        {
            SuppressionLines sent = new() { First = first };
            sent.Lines.Add(piece);
            first += piece.Length;
            await stream.WriteAsync(new() { Lines = sent }, Cancellation);
        }

        await stream.WriteAsync(new() { End = new() { Lines = end ?? lines.Length } }, Cancellation);
    }

    private async Task<long> KeptAsync(SuppressionImport import) => (await server.Consent.GetSuppressionImportAsync(
        new() { List = import.List, ImportId = import.ImportId }, TestServer.Call)).Import.Lines;

    private async Task<IEnumerable<ReasonCode>> ReasonsAsync(string address)
    {
        CheckRequest request = new() { Contact = Contact(NewPerson(), "phone"), At = At(9) };
        request.Contact.Address = address;
        CheckResponse answer = await server.Throttle.CheckAsync(request, TestServer.Call);
        return answer.Decision.Reasons.Select(static reason => reason.Code);
    }
}
