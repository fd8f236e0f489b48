using System.Text;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Webhooks;

namespace H2H.Throttle.Engine.Tests.Records;

public sealed class JsonFormatTests
{
    [Theory]
    [InlineData(
        """{"format":2}""", "Newer", "The record of nothing has a newer format. Run the version that wrote it.")]
    [InlineData("null", "Damaged", "The record of nothing is damaged.")]
    [InlineData("{", "Damaged", "The record of nothing is damaged.")]
    [InlineData("""{"format":"1"}""", "Damaged", "The record of nothing is damaged.")]
    [InlineData("", "Damaged", "The record of nothing is damaged.")]
    public void What_cannot_be_read_says_what_it_is_and_why(string stored, string failure, string message)
    {
        StoreException refused = Assert.Throws<StoreException>(() => Read(stored));

        Assert.Equal((failure, message), (refused.Failure.ToString(), refused.Message));
    }

    [Fact]
    public void What_tells_no_format_is_of_the_first_and_what_a_newer_program_added_is_passed_over() =>
        Assert.Equal(7, Read("""{"Changes":7,"Added":[]}""").Changes);

    private static WebhookShelfRecord Read(string stored) => JsonFormat.Read<WebhookShelfRecord>(
        Encoding.UTF8.GetBytes(stored), 1, static read => read.StoredFormat, "record of nothing");
}
