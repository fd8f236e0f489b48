using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class PackedAnswerTests
{
    private const string Request = "AAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void What_nobody_opened_is_written_as_it_was_read_even_what_a_newer_version_added()
    {
        byte[] stored = [.. Packed().Bytes.Span, 0xfa, 0x3e, 3, .. "new"u8];

        PackedAnswer read = new(stored);

        Assert.Equal(stored, read.Bytes.ToArray());
        Assert.Equal("content", read.Open().Content);
        Assert.Equal(stored, read.Bytes.ToArray());
    }

    [Fact]
    public void It_is_told_without_opening_that_an_answer_is_to_another_request()
    {
        PackedAnswer read = new(Packed().Bytes);

        Assert.True(read.MayAnswer(Request));
        Assert.False(read.MayAnswer("BAAAAAAAAAAAAAAAAAAAAA"));
        Assert.True(Packed().MayAnswer(Request));
    }

    [Fact]
    public void Damage_is_a_store_failure_when_somebody_opens_it()
    {
        PackedAnswer read = new(Packed().Bytes[..^1]);

        StoreException failure = Assert.Throws<StoreException>(read.Open);

        Assert.Equal(StoreFailure.Damaged, failure.Failure);
    }

    private static PackedAnswer Packed() => new(
        new KeptAnswer(Request, "content", Instant.FromUtc(2026, 3, 2, 12, 0), HasCounted: true, new byte[] { 1, 2 }));
}
