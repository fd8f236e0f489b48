using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests.Identity;

public sealed class IdentityKeyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_hash_of_a_rotated_key_is_made_of_the_hash_before_so_that_names_are_not_needed()
    {
        IdentityHasher first = IdentityKeyFile.LoadOrCreate(folder.File("1.key"));
        IdentityHasher second = IdentityKeyFile.Rotate(folder.File("1.key"), folder.File("2.key"));
        IdentityHasher third = IdentityKeyFile.Rotate(folder.File("2.key"), folder.File("3.key"));

        (IdentityHasher, IdentityHasher)[] pairs = [(first, second), (second, third), (first, third)];
        foreach ((IdentityHasher old, IdentityHasher later) in pairs)
        {
            int generation = old.Generation;
            Assert.Equal(later.Person("ada"), later.Advance(old.Person("ada"), generation));
            Assert.Equal(later.PersonAt("+39021"), later.Advance(old.PersonAt("+39021"), generation));
            Assert.Equal(later.Pool("house", "elm").Text, later.Advance(old.Pool("house", "elm").Text, generation));
            Assert.Equal(later.Request("r"), later.Advance(old.Request("r"), generation));
            Assert.Equal(later.Address("a@b.c"), later.Advance(old.Address("a@b.c"), generation));
            Assert.Equal(later.AddressBits("a@b.c"), later.AdvanceBits(old.AddressBits("a@b.c"), generation));
            Assert.Equal(later.AddressBits("a@b.c"), IdentityHasher.BitsOf(later.Address("a@b.c")));
            Assert.NotEqual(later.Person("ada"), old.Person("ada"));
            Assert.Equal(old.Key, later.KeyOf(generation));
            Assert.Equal(generation, later.GenerationOf(old.Key));
            Assert.Contains(later.Person("ada"), later.Successors(old.Person("ada")));
        }

        Assert.Null(first.GenerationOf(second.Key));
        Assert.Empty(first.Successors(first.Person("ada")));
    }

    [Fact]
    public void A_rotation_that_is_repeated_makes_no_other_key_and_one_too_many_is_refused()
    {
        IdentityKeyFile.LoadOrCreate(folder.File("0.key"));
        for (int rotation = 1; rotation < IdentityKeyFile.KeysMax; rotation++)
        {
            string before = folder.File($"{rotation - 1}.key");
            string after = folder.File($"{rotation}.key");
            Assert.Equal(IdentityKeyFile.Rotate(before, after).Key, IdentityKeyFile.Rotate(before, after).Key);
        }

        string last = folder.File($"{IdentityKeyFile.KeysMax - 1}.key");
        Assert.Equal(IdentityKeyFile.KeysMax, IdentityKeyFile.Load(last).Generation);
        Assert.Throws<IdentityKeyException>(() => IdentityKeyFile.Rotate(last, folder.File("more.key")));
        Assert.Throws<IdentityKeyException>(() => IdentityKeyFile.Rotate(folder.File("0.key"), last));
        Assert.False(File.Exists(folder.File("more.key")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000\nabc")]
    public void What_is_no_key_is_left_alone_and_said_so(string text)
    {
        string path = folder.File("bent.key");
        File.WriteAllText(path, text);

        IdentityKeyException refused = Assert.Throws<IdentityKeyException>(() => IdentityKeyFile.LoadOrCreate(path));

        Assert.Contains("is no identity key", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }
}
