using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Tests.Identity;

public sealed class AddressFormTests
{
    [Theory]
    [InlineData(" Ada@Example.COM ", "ada@example.com")]
    [InlineData("+1 (202) 555-0100", "+12025550100")]
    [InlineData("tel:+1-202-555-0100", "+12025550100")]
    [InlineData("0039 06 1234.5678", "+390612345678")]
    [InlineData("202,5550100", "2025550100")]
    [InlineData("(202) 555-0100", "2025550100")]
    [InlineData("+999999", "+999999")]
    [InlineData("1234567890123456", "1234567890123456")]
    [InlineData("Device-7F A", "Device-7F A")]
    [InlineData("+1+2025550100", "+1+2025550100")]
    [InlineData("", "")]
    public void An_address_has_one_form(string written, string form)
    {
        Assert.Equal(form, AddressForm.Of(written));
        Assert.Equal(form, AddressForm.Of(form));
    }

    [Theory]
    [InlineData("+12025550100", true, false)]
    [InlineData("2025550100", false, true)]
    [InlineData("+123456", false, false)]
    [InlineData("1234567890123456", false, false)]
    [InlineData("ada@example.com", false, false)]
    public void A_number_is_whole_with_its_country_code(string form, bool isWhole, bool isPart) =>
        Assert.Equal((isWhole, isPart), (AddressForm.IsWholePhone(form), AddressForm.IsPartOfPhone(form)));

    [Fact]
    public void However_an_address_is_written_it_has_one_hash_of_which_lists_keep_the_first_bits()
    {
        IdentityHasher hasher = new(new byte[IdentityHasher.KeyBytes]);

        string hash = hasher.Address("+12025550100");

        Assert.Equal(hash, hasher.Address("+1 (202) 555-0100"));
        Assert.Equal(IdentityHasher.BitsOf(hash), hasher.AddressBits("+1 202 555 0100"));
        Assert.NotEqual(hasher.AddressBits("+12025550100"), hasher.AddressBits("+12025550101"));
    }
}
