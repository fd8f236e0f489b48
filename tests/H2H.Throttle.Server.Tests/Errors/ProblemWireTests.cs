using Grpc.Core;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Errors;

public sealed class ProblemWireTests
{
    public static TheoryData<ProblemReason> Reasons => [.. Enum.GetValues<ProblemReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_of_the_engine_has_one_on_the_wire_and_a_status_of_its_own_kind(ProblemReason reason)
    {
        RefusedException refused = ProblemWire.Write(new RequestException(reason, "field", "field is wrong."));

        Assert.Equal(reason.ToString(), refused.Reason.ToString());
        Assert.NotEqual(ErrorReason.Unspecified, refused.Reason);
        Assert.Equal(("field", "field is wrong."), (refused.Field, refused.Message));
        Assert.Equal(refused.Code is StatusCode.InvalidArgument, refused.Violations.Length == 1);
    }

    [Theory]
    [InlineData(ProblemReason.ReservationUnknown, StatusCode.NotFound)]
    [InlineData(ProblemReason.RecordFull, StatusCode.FailedPrecondition)]
    [InlineData(ProblemReason.RequestIdReused, StatusCode.AlreadyExists)]
    [InlineData(ProblemReason.Contended, StatusCode.Aborted)]
    [InlineData(ProblemReason.PolicyVersionConflict, StatusCode.Aborted)]
    [InlineData(ProblemReason.ChannelUnknown, StatusCode.InvalidArgument)]
    public void A_reason_has_the_status_that_tells_a_client_what_to_do(ProblemReason reason, StatusCode code) =>
        Assert.Equal(code, ProblemWire.CodeOf(reason));

    [Fact]
    public void Reasons_are_the_words_of_the_proto_without_their_prefix()
    {
        Assert.Equal("CHANNEL_UNKNOWN", ErrorReasonNames.Name(ErrorReason.ChannelUnknown));
        Assert.All(
            Enum.GetValues<ErrorReason>(),
            static reason => Assert.Matches("^[A-Z][A-Z_]+$", ErrorReasonNames.Name(reason)));
    }
}
