using System.Text;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Campaigns;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.Campaigns;

public sealed class AudienceFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("person_id\nann\nbob\n")]
    [InlineData("\uFEFFperson_id\nann\nbob\n")]
    [InlineData("person_id\r\nann\r\nbob\r\n")]
    [InlineData("\n  \nperson_id\nann\n\nbob")]
    [InlineData("Person_ID\nann\nbob\n")]
    [InlineData("PersonId\nann\nbob\n")]
    [InlineData("\"Person ID\"\n\"ann\"\nbob\n")]
    [InlineData("'person-id'\nann\nbob\n")]
    [InlineData("person_id,Country\nann,IT\nbob,\n")]
    [InlineData("Country;Person Id\nIT;ann\n;\"bob\"\n")]
    [InlineData("\"person_id\";\"country\"\r\n\"ann\";\"IT\"\r\n\"bob\";\r\n")]
    [InlineData("person_id\tcountry\nann\tIT\nbob\t\n")]
    [InlineData("person_id|country\nann|IT\nbob|\n")]
    [InlineData("ann\nbob\n")]
    [InlineData("\uFEFFann\r\nbob")]
    [InlineData("\"ann\"\n\"bob\"\n")]
    public async Task A_line_of_names_is_nobody_however_it_is_written(string text)
    {
        AudienceLine[] lines = await ReadAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal(["ann", "bob"], lines.Select(static line => line.Contact?.PersonId));
    }

    [Fact]
    public async Task A_spreadsheet_s_other_encoding_is_read_by_its_mark()
    {
        byte[] text =
        [
            .. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("person_id\tcountry\nannë\tIT\n"),
        ];

        AudienceLine line = Assert.Single(await ReadAsync(text));

        Assert.Equal(("annë", "IT"), (line.Contact?.PersonId, line.Contact?.Country));
    }

    [Theory]
    [InlineData("person\nann\n", "The first line, person, looks like the name of a column.")]
    [InlineData("\uFEFF\"Customer ID\"\r\nann\r\n", "looks like the name of a column")]
    [InlineData("email\nann@example.org\n", "write person_id on a line above it")]
    [InlineData("channel\nann\n", "looks like the name of a column")]
    [InlineData("person,channel\nann,email\n", "names no column person_id")]
    [InlineData("person;channel\nann;email\n", "names no column person_id")]
    [InlineData("ann;email\nbob;sms\n", "names no column person_id")]
    [InlineData("ann\temail\n", "names no column person_id")]
    [InlineData("person_id;chanel\nann;email\n", "Column chanel is not known")]
    [InlineData("person_id,PersonId\nann,ann\n", "two columns person_id")]
    [InlineData("person_id,\"channel\nann,email\n", "The first line has a quote that is not closed.")]
    [InlineData("PK\u0003\u0004\0\0rest\n", "The first line is no text in UTF-8.")]
    [InlineData("", "has no lines")]
    [InlineData("\r\n \r\n", "has no lines")]
    public async Task A_first_line_that_is_neither_names_nor_an_id_is_refused(string text, string complaint)
    {
        UnusableException refused = await Assert.ThrowsAsync<UnusableException>(
            () => ReadAsync(Encoding.UTF8.GetBytes(text)));

        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_in_the_midst_and_bytes_that_are_no_text_are_bad_lines()
    {
        byte[] text = [.. "person_id\nann\nPerson_ID\n"u8, (byte)'z', 0xE9, (byte)'\n', .. "bob\n"u8];

        AudienceLine[] lines = await ReadAsync(text);

        Assert.Equal(["ann", null, null, "bob"], lines.Select(static line => line.Contact?.PersonId));
        Assert.Equal("names columns, as the first line of a file does", lines[1].Fault);
        Assert.Equal("is no text in UTF-8", lines[2].Fault);
    }

    [Fact]
    public async Task Somebody_who_is_called_like_a_column_is_asked_about_below_a_line_of_names()
    {
        AudienceLine line = Assert.Single(await ReadAsync("person_id\nperson\n"u8.ToArray()));

        Assert.Equal("person", line.Contact?.PersonId);
    }

    [Theory]
    [InlineData("ann\n5\" pipe\n6\" pipe\nbob\n", "ann|5\" pipe|6\" pipe|bob")]
    [InlineData("ann\n\"bob\ncarl\ndora\n", "ann|?2|carl|dora")]
    [InlineData("ann\n\"bob\ncarl\n\"dora\neve\n", "ann|?2|carl|?4|eve")]
    [InlineData("\"ann\"\n\"bob\" the first\ncarl\n", "ann|bob the first|carl")]
    [InlineData("label.note,person_id\n\"two\nlines\",ann\n  \"a \"\"b\"\"\" ,bob\n", "ann|bob")]
    [InlineData("label.note,person_id\n\"open,ann\nx,bob\n\"y\",carl\n", "?2|bob|carl")]
    public async Task A_quote_counts_where_it_opens_a_field_and_one_that_is_not_closed_spoils_its_own_line(
        string text, string people)
    {
        AudienceLine[] lines = await ReadAsync(Encoding.UTF8.GetBytes(text));

        Assert.Equal(
            people.Split('|'),
            lines.Select(static line => line.Contact?.PersonId ?? $"?{line.Number}"));
        Assert.All(
            lines.Where(static line => line.Contact is null),
            static line => Assert.Equal("has a quote that is not closed", line.Fault));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_a_bad_line()
    {
        AudienceLine[] lines = await ReadAsync(Encoding.UTF8.GetBytes($"ann\n{new string('z', 70_000)}\nbob\n"));

        Assert.Equal(["ann", null, "bob"], lines.Select(static line => line.Contact?.PersonId));
        Assert.Equal("has more than 65536 characters", lines[1].Fault);
    }

    private async Task<AudienceLine[]> ReadAsync(byte[] text)
    {
        string path = Path.Combine(folder.Path, "audience.csv");
        await File.WriteAllBytesAsync(path, text, TestContext.Current.CancellationToken);
        using AudienceFile file = await AudienceFile.OpenAsync(path, TestContext.Current.CancellationToken);
        Contact usual = new() { Channel = "email", Purpose = "service" };
        return [.. file.Read(usual, ignoresOthers: false)];
    }
}
