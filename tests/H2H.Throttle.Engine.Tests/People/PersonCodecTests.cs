using Google.Protobuf;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Core.People;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using Stored = H2H.Throttle.Engine.People.Stored;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class PersonCodecTests
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "People", "Golden");

    public static TheoryData<string> Samples() =>
        ["unknown", "contacts", "consent", "answers", "outbox", "events", "facts", "words", "wishes"];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_this_version_writes_is_what_it_always_wrote(string sample)
    {
        string written = Convert.ToHexStringLower(PersonCodec.Write(RecordSample.Of(sample)));

        string golden = await File.ReadAllTextAsync(
            Path.Combine(Golden, $"person-1-{sample}.hex"), TestContext.Current.CancellationToken);
        Assert.Equal(golden.Trim(), written);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_is_written_protobuf_would_write_the_same(string sample)
    {
        byte[] written = PersonCodec.Write(RecordSample.Of(sample));

        Assert.Equal(written, Stored.PersonRecord.Parser.ParseFrom(written).ToByteArray());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task What_was_ever_written_is_read_as_it_was_meant(string sample)
    {
        string golden = await File.ReadAllTextAsync(
            Path.Combine(Golden, $"person-1-{sample}.hex"), TestContext.Current.CancellationToken);

        PersonRecord read = PersonCodec.Read(Convert.FromHexString(golden.Trim()));

        Assert.Equal(RecordText.Of(RecordSample.Of(sample)), RecordText.Of(read));
    }

    [Fact]
    public void A_newer_format_is_refused_and_so_are_bytes_without_one()
    {
        byte[] bytes = PersonCodec.Write(RecordSample.Of("contacts"));
        Assert.Equal((8, 1), (bytes[0], bytes[1]));

        bytes[1] = 2;
        StoreException newer = Assert.Throws<StoreException>(() => PersonCodec.Read(bytes));
        StoreException nothing = Assert.Throws<StoreException>(() => PersonCodec.Read(Array.Empty<byte>()));

        Assert.Equal((StoreFailure.Newer, StoreFailure.Damaged), (newer.Failure, nothing.Failure));
    }

    [Fact]
    public void What_a_newer_version_added_is_passed_over_and_gone_when_this_one_writes_as_the_operating_guide_warns()
    {
        byte[] known = PersonCodec.Write(RecordSample.Of("contacts"));
        byte[] newer = [.. known, 0xfa, 0x3e, 3, .. "new"u8];   // field 1007, three bytes long

        PersonRecord read = PersonCodec.Read(newer);

        Assert.Equal(RecordText.Of(RecordSample.Of("contacts")), RecordText.Of(read));
        Assert.Equal(known, PersonCodec.Write(read));
    }

    [Fact]
    public void A_field_that_is_stored_as_another_type_is_passed_over()
    {
        byte[] known = PersonCodec.Write(RecordSample.Of("contacts"));
        byte[] odd = [.. known, 0x10, 1, 0x2a, 1, 9, 0x70, 1, 0x18, 1, 0xf8, 1, 1];   // symbols, zone, answers, ...

        Assert.Equal(known, PersonCodec.Write(PersonCodec.Read(odd)));
    }

    [Fact]
    public void Damaged_bytes_are_a_store_failure_and_never_anything_else()
    {
        Random random = new(20260302);
        foreach (string sample in Samples().Select(static row => row.Data))
        {
            byte[] whole = PersonCodec.Write(RecordSample.Of(sample));
            for (int i = 0; i < 20_000; i++)
            {
                byte[] bytes = [.. whole.Take(random.Next(4) == 0 ? random.Next(whole.Length) : whole.Length)];
                for (int flips = random.Next(1, 4); flips > 0 && bytes.Length > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                try
                {
                    foreach (PackedAnswer answer in PersonCodec.Read(bytes).Answers)
                    {
                        AnswerCodec.Read(answer.Open());
                    }
                }
                catch (StoreException)
                {
                }
            }
        }
    }

    [Fact]
    public void Ten_contacts_of_one_campaign_take_less_than_a_quarter_of_a_kilobyte()
    {
        Ledger ledger = Ledger.Of(Enumerable.Range(0, 10).Select(static i =>
            RecordSample.Contact(i * 37, ContactState.Made, "delivered")));

        byte[] bytes = PersonCodec.Write(new PersonRecord { Person = new Person { Ledger = ledger } });

        Assert.InRange(bytes.Length, 1, 256);
    }
}
