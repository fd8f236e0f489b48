using Grpc.Core;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Telemetry;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Http;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace H2H.Throttle.Server.Tests.Errors;

public sealed class CallErrorsTests
{
    private readonly KeptLog<CallErrors> log = new();

    [Theory]
    [InlineData(StoreFailure.Unavailable, StatusCode.Unavailable, "STORE_UNAVAILABLE")]
    [InlineData(StoreFailure.InUse, StatusCode.Unavailable, "STORE_UNAVAILABLE")]
    [InlineData(StoreFailure.Full, StatusCode.Unavailable, "STORE_FULL")]
    [InlineData(StoreFailure.ReadOnly, StatusCode.Unavailable, "STORE_READ_ONLY")]
    [InlineData(StoreFailure.Damaged, StatusCode.DataLoss, "STORE_DAMAGED")]
    [InlineData(StoreFailure.Foreign, StatusCode.DataLoss, "STORE_DAMAGED")]
    [InlineData(StoreFailure.Newer, StatusCode.DataLoss, "STORE_DAMAGED")]
    public void A_store_that_fails_is_never_disguised_as_a_decision_and_its_place_stays_in_the_log(
        StoreFailure failure, StatusCode code, string reason)
    {
        Refusal refusal = Translate(new StoreException(failure, "/srv/secret.db is gone"));

        Assert.Equal((code, reason), (refusal.Code, refusal.Reason));
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/srv/secret.db", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bug_is_told_by_an_id_under_which_the_log_has_it_and_by_nothing_else()
    {
        Refusal refusal = Translate(new InvalidOperationException("person-7 has no name"));

        Assert.Equal((StatusCode.Internal, "BUG"), (refusal.Code, refusal.Reason));
        Assert.DoesNotContain("person-7", refusal.Message, StringComparison.Ordinal);
        string id = refusal.Info.Metadata["error_id"];
        Assert.Contains(id, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(id, Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_bug()
    {
        Refusal refusal = Translate(new OperationCanceledException());

        Assert.Equal("BUG", refusal.Reason);
    }

    [Fact]
    public void A_caller_who_hung_up_is_no_failure_of_ours()
    {
        Refusal refusal = Translate(new OperationCanceledException(), isCancelled: true);

        Assert.Equal((StatusCode.Cancelled, "CALL_CANCELLED"), (refusal.Code, refusal.Reason));
        Assert.Empty(log.Lines);
    }

    private Refusal Translate(Exception error, bool isCancelled = false)
    {
        ConnectCallContext call = new("service/Call", new DefaultHttpContext(), new CancellationToken(isCancelled));
        using ThrottleMeter meter = new("none", TimeProvider.System);
        return Refusal.Of(new CallErrors(new CallMeter(meter), log).Translate(error, call));
    }
}
