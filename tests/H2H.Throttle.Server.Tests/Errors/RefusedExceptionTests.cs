using Google.Rpc;
using Grpc.Core;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Errors;

/// <summary>How much of what is wrong is told: all of it, as long as clients take the answer.</summary>
public sealed class RefusedExceptionTests
{
    [Theory]
    [InlineData(1, "rules[0] is wrong.")]
    [InlineData(30, "rules[0] is wrong. (29 more in the details.)")]
    public void Everything_that_is_wrong_is_named(int faults, string message)
    {
        RefusedException refused = RefusedException.Invalid(Wrong(faults, "is wrong."));

        Assert.Equal(message, refused.Message);
        Assert.Equal(faults, refused.Violations.Length);
    }

    [Theory]
    [InlineData("must be a number from 1 to 100.")]
    [InlineData("bad")]
    [InlineData("は1から100までの数でなければなりません。")]
    public void More_than_clients_take_is_not_named_and_that_is_told(string what)
    {
        RefusedException refused = RefusedException.Invalid(Wrong(10_000, what));

        RpcException error = ErrorWire.Write(refused);

        Assert.EndsWith("more in the details; others are not named.)", refused.Message, StringComparison.Ordinal);
        BadRequest bad = ErrorWire.ReadDetails(error)[1].Unpack<BadRequest>();
        Assert.Equal($"rules[{bad.FieldViolations.Count - 1}]", bad.FieldViolations[^1].Field);
        Assert.InRange(bad.FieldViolations.Count, 20, 1000);
        int trailer = Convert.ToBase64String(error.Trailers.GetValueBytes(ErrorWire.DetailsTrailer)!).Length;
        Assert.InRange(trailer + error.Status.Detail.Length, 1000, 8 * 1024);
    }

    [Fact]
    public void The_first_is_named_however_long_it_is()
    {
        RefusedException refused = RefusedException.Invalid(Wrong(2, new string('x', 5000)));

        Assert.Single(refused.Violations);
        Assert.EndsWith(" (Others are not named.)", refused.Message, StringComparison.Ordinal);
    }

    private static List<Violation> Wrong(int faults, string what) =>
    [
        .. Enumerable.Range(0, faults).Select(i =>
            new Violation($"rules[{i}]", ErrorReason.BodyMalformed, $"rules[{i}] {what}")),
    ];
}
