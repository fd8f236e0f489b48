using Grpc.Core;

namespace H2H.Throttle.Standins.Tests.Entries;

public sealed class MetadataTests
{
    [Fact]
    public void Keys_are_kept_in_lower_case_and_found_in_any()
    {
        Metadata metadata = new() { { "X-Api-Key", "secret" } };

        Assert.Equal("x-api-key", metadata[0].Key);
        Assert.Equal("secret", metadata.GetValue("X-API-KEY"));
        Assert.Null(metadata.GetValue("x-api"));
        Assert.Null(metadata.GetValueBytes("x-api"));
    }

    [Fact]
    public void Of_several_entries_of_a_key_the_last_is_found_and_all_can_be_listed()
    {
        Metadata metadata = new() { { "a", "1" }, { "b", "2" }, { "a", "3" } };

        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("A").Select(static entry => entry.Value));
        Assert.Equal(["a", "b", "a"], metadata.Select(static entry => entry.Key));
    }

    [Fact]
    public void It_is_a_list_that_can_be_changed_in_every_way()
    {
        Metadata.Entry first = new("a", "1");
        Metadata.Entry second = new("b", "2");
        Metadata metadata = [first];

        metadata.Insert(0, second);
        metadata[1] = new Metadata.Entry("c", "3");
        Metadata.Entry?[] copy = new Metadata.Entry[3];
        metadata.CopyTo(copy!, 1);

        Assert.Equal([null, second, metadata[1]], copy);
        Assert.Equal(0, metadata.IndexOf(second));
        Assert.True(metadata.Remove(second));
        Assert.False(metadata.Remove(second));
        Assert.DoesNotContain(first, metadata);
        metadata.RemoveAt(0);
        Assert.Empty(metadata);
        metadata.Add(first);
        metadata.Clear();
        Assert.Empty(metadata);
    }

    [Fact]
    public void The_empty_one_stays_empty()
    {
        Metadata.Entry entry = new("a", "1");

        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add(entry));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Remove(entry));
        Assert.Empty(Metadata.Empty);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("colon:")]
    [InlineData("ümlaut")]
    public void A_key_that_no_header_can_have_is_refused(string key)
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "text"));
    }

    [Fact]
    public void The_key_says_whether_the_value_is_text_or_bytes()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x-bin", "text"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("x", [1]));
        Assert.Throws<InvalidOperationException>(() => new Metadata.Entry("x-bin", [1]).Value);
        Assert.Equal("text"u8.ToArray(), new Metadata.Entry("x", "text").ValueBytes);
        Assert.Equal([1], new Metadata.Entry("x-bin", [1]).ValueBytes);
    }
}
