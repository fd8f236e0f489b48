using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Lists;

namespace H2H.Throttle.Engine.Tests.Lists;

public sealed class LineReaderTests
{
    private static readonly IdentityHasher Hasher = new(new byte[IdentityHasher.KeyBytes]);

    [Theory]
    [InlineData("+1 202 555 0100", "+12025550100")]
    [InlineData("\"+12025550100\"", "+12025550100")]
    [InlineData("202,5550100", "+12025550100")]
    [InlineData("  Ada@Example.com\t", "ada@example.com")]
    public void A_line_is_an_address(string line, string address)
    {
        LineReader reader = new(Hasher, "+1", hashesOf: null);

        Assert.Null(reader.Read(line, out ulong hash));
        Assert.Equal(Hasher.AddressBits(address), hash);
    }

    [Theory]
    [InlineData("phone", LineFault.NotAnAddress)]
    [InlineData("12", LineFault.NotAnAddress)]
    [InlineData("+1 202 555 0100 ext 4", LineFault.NotAnAddress)]
    [InlineData("ada@example.com,Ada,Rome", LineFault.NotAnAddress)]
    [InlineData("ada@@example.com", LineFault.NotAnAddress)]
    [InlineData("@example.com", LineFault.NotAnAddress)]
    [InlineData("ada@", LineFault.NotAnAddress)]
    [InlineData("a\u0000da@example.com", LineFault.NotAnAddress)]
    [InlineData("a\uFFFDda@example.com", LineFault.NotAnAddress)]
    [InlineData("2025550100", LineFault.CountryCodeMissing)]
    [InlineData("hash:0123456789abcdef", LineFault.KeyMissing)]
    [InlineData("hash:0123", LineFault.NotAnAddress)]
    [InlineData("hash:0123456789abcdeg", LineFault.NotAnAddress)]
    public void A_line_that_is_none_says_why(string line, LineFault fault) =>
        Assert.Equal(fault, new LineReader(Hasher, null, hashesOf: null).Read(line, out _));

    [Fact]
    public void A_line_of_ten_megabytes_is_too_long() => Assert.Equal(
        LineFault.TooLong,
        new LineReader(Hasher, null, hashesOf: null).Read(new string('7', 10_000_000), out _));

    [Theory]
    [InlineData("")]
    [InlineData("  \t")]
    [InlineData("# as of today")]
    public void A_blank_line_and_a_comment_say_nothing(string line) => Assert.True(LineReader.IsBlank(line));

    [Fact]
    public void What_an_export_writes_is_read_back()
    {
        LineReader reader = new(Hasher, null, hashesOf: 1);

        Assert.Null(reader.Read(LineReader.Write(0x00ab_cdef_0000_0001), out ulong hash));
        Assert.Equal(0x00ab_cdef_0000_0001UL, hash);
    }
}
