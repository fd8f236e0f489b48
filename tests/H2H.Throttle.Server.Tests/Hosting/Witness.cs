using Google.Protobuf;
using Grpc.Core;

namespace H2H.Throttle.Server.Tests.Hosting;

/// <summary>Watches one person while a call is refused: nobody may be named, and nothing may change.</summary>
public sealed class Witness(TestServer server, string person)
{
    public Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call, string reason, string field) =>
        RefusedAsync(call, StatusCode.InvalidArgument, reason, field);

    public async Task RefusedAsync<TResponse>(
        Func<AsyncUnaryCall<TResponse>> call, StatusCode code, string reason, string field)
    {
        IReadOnlyList<IMessage> before = await AllThatIsKnownAsync();

        Refusal refusal = await Refusal.OfAsync(call());

        Assert.Equal((code, reason, field), (refusal.Code, refusal.Reason, refusal.Field));
        Assert.NotEmpty(refusal.Message);
        if (code is StatusCode.InvalidArgument)
        {
            Assert.Equal($"{field} {reason}", Assert.Single(refusal.Violations));
        }

        Assert.DoesNotContain(person, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(person, refusal.Info.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(person, refusal.BadRequest?.ToString() ?? "", StringComparison.Ordinal);
        Assert.Equal(before, await AllThatIsKnownAsync());
    }

    private async Task<IReadOnlyList<IMessage>> AllThatIsKnownAsync() =>
    [
        await server.People.ListContactsAsync(new() { PersonId = person }, TestServer.Call),
        await server.People.GetPersonAsync(new() { PersonId = person }, TestServer.Call),
        await server.Consent.GetConsentAsync(new() { PersonId = person }, TestServer.Call),
    ];
}
