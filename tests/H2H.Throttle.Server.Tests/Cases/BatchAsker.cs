using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Cases;

/// <summary>A batch for each contact, in which a mistake and somebody else stand before it.</summary>
internal sealed class BatchAsker(TestServer server) : IAsker
{
    public async Task<Decision> CheckAsync(CheckRequest request, CancellationToken cancellation)
    {
        BatchCheckRequest batch = new() { Items = { ItemsFor(request) } };

        BatchCheckResponse answer = await server.Throttle.BatchCheckAsync(batch, cancellationToken: cancellation);

        Assert.Equal(batch.Items.Select(static item => item.CorrelationId), answer.Results.Select(
            static result => result.CorrelationId));
        Assert.Equal(ErrorReason.FieldMissing, answer.Results[0].Error.Reason);
        return DecisionOf(answer.Results[2].Decision, answer.Results[2].Error);
    }

    public async Task<Decision> ReserveAsync(ReserveRequest request, CancellationToken cancellation)
    {
        BatchReserveRequest batch = new() { Items = { ItemsFor(request) } };

        BatchReserveResponse answer = await server.Throttle.BatchReserveAsync(batch, cancellationToken: cancellation);

        Assert.Equal(batch.Items.Select(static item => item.CorrelationId), answer.Results.Select(
            static result => result.CorrelationId));
        Assert.Equal(ErrorReason.FieldMissing, answer.Results[0].Error.Reason);
        return DecisionOf(answer.Results[2].Decision, answer.Results[2].Error);
    }

    public static IEnumerable<CheckItem> ItemsFor(CheckRequest request)
    {
        yield return new CheckItem { CorrelationId = "mistake" };
        yield return new CheckItem { CorrelationId = "other", Contact = OtherThan(request.Contact), At = request.At };
        yield return new CheckItem
        {
            CorrelationId = "asked",
            Contact = request.Contact,
            At = request.At,
            OverrideReason = request.OverrideReason,
        };
    }

    public static IEnumerable<ReserveItem> ItemsFor(ReserveRequest request)
    {
        yield return new ReserveItem { CorrelationId = "mistake" };
        yield return new ReserveItem { CorrelationId = "other", Contact = OtherThan(request.Contact), At = request.At };
        yield return new ReserveItem
        {
            CorrelationId = "asked",
            RequestId = request.RequestId,
            Contact = request.Contact,
            TimeToLive = request.TimeToLive,
            At = request.At,
            OverrideReason = request.OverrideReason,
        };
    }

    public static Decision DecisionOf(Decision? decision, ItemError? error)
    {
        Assert.True(error is null, error?.Message);
        return decision!;
    }

    private static Contact OtherThan(Contact contact)
    {
        Contact other = contact.Clone();
        other.PersonId = Sample.NewPerson();
        return other;
    }
}
