using Grpc.Core;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Batches;

/// <summary>Many items where callers are asked who they are: each is let through, and counts, by itself.</summary>
public sealed class GuardedBatchTests(GuardedBatchTests.LimitedServer server)
    : IClassFixture<GuardedBatchTests.LimitedServer>
{
    private const int PerSecond = 40;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_other_brands_no_item_is_answered_and_all_others_are()
    {
        CallOptions options = GuardedServer.With(await server.KeyAsync(Role.Sender, "north"));
        BatchReserveRequest batch = new() { Items = { Item("north"), Item("south"), Item("") } };
        BatchCheckRequest check = new();
        check.Items.AddRange(batch.Items.Select(static item => new CheckItem { Contact = item.Contact }));
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(options);
        await call.RequestStream.WriteAsync(new() { Items = { Item("south") } }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));

        BatchReserveResponse reserved = await server.Throttle.BatchReserveAsync(batch, options);
        BatchCheckResponse checkedOut = await server.Throttle.BatchCheckAsync(check, options);

        Assert.Equal(Verdict.Allow, reserved.Results[0].Decision.Verdict);
        Assert.Equal(Verdict.Allow, checkedOut.Results[0].Decision.Verdict);
        ItemError[] errors =
        [
            reserved.Results[1].Error, reserved.Results[2].Error, checkedOut.Results[1].Error,
            checkedOut.Results[2].Error, call.ResponseStream.Current.Results[0].Error,
        ];
        Assert.All(errors, static error => Assert.Equal(
            ((int)StatusCode.PermissionDenied, ErrorReason.BrandNotAllowed, "contact.brand"),
            (error.Code, error.Reason, error.Field)));
    }

    [Fact]
    public async Task A_batch_with_more_items_than_the_caller_may_ask_a_second_is_refused_whole()
    {
        CallOptions options = GuardedServer.With(await server.KeyOfAsync("fast", Role.Sender));
        BatchReserveRequest batch = new();
        batch.Items.AddRange(Enumerable.Range(0, PerSecond + 2).Select(static _ => Item("")));

        Refusal refusal = await Refusal.OfAsync(server.Throttle.BatchReserveAsync(batch, options));

        Assert.Equal((StatusCode.ResourceExhausted, "CALLER_TOO_FAST"), (refusal.Code, refusal.Reason));
    }

    [Fact]
    public async Task A_stream_goes_on_as_quickly_as_the_caller_may_ask()
    {
        const int Items = PerSecond * 2;
        CallOptions options = GuardedServer.With(await server.KeyOfAsync("streaming", Role.Sender));
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(options);
        await call.RequestStream.WriteAsync(
            new() { Items = { Enumerable.Range(0, Items).Select(static _ => Item("")) } }, Cancellation);
        await call.RequestStream.CompleteAsync();

        int answered = 0;
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            answered += call.ResponseStream.Current.Results.Count(static one => one.Error is null);
        }

        Assert.Equal(Items, answered);
    }

    [Fact]
    public async Task A_stream_whose_key_is_revoked_ends_with_its_next_message()
    {
        CreateKeyResponse key = await server.CreateAsync(Role.Sender);
        using AsyncDuplexStreamingCall<StreamReserveRequest, StreamReserveResponse> call =
            server.Throttle.StreamReserve(GuardedServer.With(key.KeyText));
        await call.RequestStream.WriteAsync(new() { Items = { Item("") } }, Cancellation);
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));

        await server.Access.RevokeKeyAsync(new() { KeyId = key.Key.KeyId }, GuardedServer.With(server.AdminKey));
        await call.RequestStream.WriteAsync(new() { Items = { Item("") } }, Cancellation);
        Refusal refusal = Refusal.Of(await Assert.ThrowsAsync<RpcException>(
            () => call.ResponseStream.MoveNext(Cancellation)));

        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIALS_INVALID"), (refusal.Code, refusal.Reason));
    }

    private static ReserveItem Item(string brand)
    {
        Contact contact = Contact(NewPerson());
        contact.Brand = brand;
        return new ReserveItem { Contact = contact };
    }

    public sealed class LimitedServer() : GuardedServer($"--Access:CallsPerSecondMax={PerSecond}");
}
