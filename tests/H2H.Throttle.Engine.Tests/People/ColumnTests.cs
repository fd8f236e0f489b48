using System.Collections.Immutable;
using Google.Protobuf;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.People;
using NodaTime;
using Stored = H2H.Throttle.Engine.People.Stored;

namespace H2H.Throttle.Engine.Tests.People;

/// <summary>Columns are written and read here as protobuf does it.</summary>
public sealed class ColumnTests
{
    private static readonly ulong[] Edges =
        [0, 1, 127, 128, 16_383, 16_384, uint.MaxValue, (ulong)uint.MaxValue + 1, long.MaxValue, ulong.MaxValue];

    [Fact]
    public void What_is_written_protobuf_reads_as_the_same_contacts()
    {
        Random random = new(20261122);
        for (int i = 0; i < 300; i++)
        {
            LedgerContact[] contacts = ContactsOf(random, rows: random.Next(1, i < 290 ? 40 : 400));
            Symbols symbols = new();
            TraitsWriter traits = new(symbols);

            byte[] ledger = ColumnWriter.BytesOf(contacts, traits, ContactColumns.Write).ToByteArray();
            byte[] columns = traits.ToColumns().ToByteArray();

            Stored.Contacts stored = Stored.Contacts.Parser.ParseFrom(ledger);
            Assert.Equal(ledger, stored.ToByteArray());
            Assert.Equal(columns, Stored.Traits.Parser.ParseFrom(columns).ToByteArray());
            Assert.Equal(contacts.Length, stored.AtDeltas.Count);
            Assert.Equal(
                [.. contacts.Select(static contact => contact.Number.Value - contact.At.ToUnixTimeTicks())],
                stored.Numbers.Count == 0 ? new long[contacts.Length] : stored.Numbers);
            Texts read = new([.. symbols.Texts]);
            Assert.Equal(contacts, ContactColumns.Read(ledger, new TraitsReader(columns, read), read));
        }
    }

    [Fact]
    public void Numbers_at_the_edges_of_their_lengths_come_back()
    {
        ColumnWriter writer = new();
        Add(writer, 1, Edges);
        writer.Write(2, Edges.AsSpan(), 0, static (in number, _) => number);
        Add(writer, 3, new ulong[200]);
        writer.Write(4, new ulong[200].AsSpan(), 0, static (in number, _) => number);

        byte[] message = writer.Finish();

        ColumnReader reader = new(message);
        NumberColumn kept = reader[1];
        NumberColumn zeros = reader[3, 200];
        Assert.Equal((Edges.Length, Edges.Length), (kept.Count, reader[2].Count));
        Assert.Equal((200, 0u, true), (zeros.Count, zeros.Next(), reader[4, 200].IsEmpty));
        foreach (ulong edge in Edges)
        {
            Assert.Equal(Varint.Unfold(edge), kept.NextSigned());
        }
    }

    [Fact]
    public void Fields_that_are_written_in_any_order_lie_as_protobuf_lays_them()
    {
        Random random = new(20261123);
        for (int i = 0; i < 300; i++)
        {
            int[] fields = [.. Enumerable.Range(1, ColumnReader.FieldMax)];
            random.Shuffle(fields);
            ColumnWriter writer = new();
            foreach (int field in fields)
            {
                ulong[] numbers = [.. Enumerable.Range(0, random.Next(200)).Select(_ => (ulong)random.Next(1 << 20))];
                Add(writer, field, numbers);
            }

            byte[] message = writer.Finish();

            Assert.Equal(message, Stored.Consents.Parser.ParseFrom(message).ToByteArray());
        }
    }

    [Theory]
    [InlineData("0a03010203", 1, 2)]            // three numbers for two rows
    [InlineData("0a0101", 1, 2)]                // one
    [InlineData("0a0281", 1, 1)]                // broken off
    [InlineData("0aff", 1, 1)]                  // no length
    [InlineData("0a0bffffffffffffffffffff01", 1, 1)]   // a number without end
    [InlineData("0e", 1, 1)]                    // no such type
    [InlineData("020101", 1, 1)]                // a field without a number
    [InlineData("0901", 1, 1)]                  // eight bytes that are not there
    public void What_is_no_column_of_so_many_rows_is_refused(string hex, int field, int rows) =>
        Assert.Throws<FormatException>(() => new ColumnReader(Convert.FromHexString(hex))[field, rows].Next());

    [Fact]
    public void A_number_too_large_for_a_place_is_refused()
    {
        ColumnWriter writer = new();
        Add(writer, 1, [(ulong)uint.MaxValue + 1]);

        Assert.Throws<FormatException>(() => new ColumnReader(writer.Finish())[1].Next());
    }

    [Fact]
    public void Fields_that_nobody_knows_are_passed_over()
    {
        byte[] message = Convert.FromHexString("08051203010203a50101020304c1010102030405060708");

        NumberColumn column = new ColumnReader(message)[2, 3];

        Assert.Equal((1u, 2u, 3u), (column.Next(), column.Next(), column.Next()));
    }

    private static void Add(ColumnWriter writer, int field, ulong[] numbers)
    {
        int start = writer.Begin();
        foreach (ulong number in numbers)
        {
            writer.Add(number);
        }

        writer.End(field, start);
    }

    private static LedgerContact[] ContactsOf(Random random, int rows)
    {
        ContactTraits[] known = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => TraitsOf(random))];
        Instant at = Instant.FromUtc(2026, 3, 2, 9, 0);
        return
        [
            .. Enumerable.Range(1, rows).Select(i =>
            {
                at += Duration.FromTicks(random.NextInt64(0, random.Next(2) == 0 ? 2 : 1L << random.Next(1, 45)));
                return new LedgerContact(
                    new ContactNumber(random.Next(2) == 0 ? at.ToUnixTimeTicks() : i),
                    at,
                    known[random.Next(known.Length)],
                    random.Next(3) == 0 ? random.Next(1, Attempt.WeightMax + 1) : 1,
                    (ContactState)random.Next((int)ContactState.Revoked + 1),
                    random.Next(2) == 0 ? at : at + Duration.FromTicks(random.NextInt64(-5, 1L << 40)),
                    random.Next(2) == 0 ? null : $"outcome {random.Next(3)}",
                    random.Next(2) == 0 ? at : at + Duration.FromTicks(random.NextInt64(-5, 1L << 40)))
                {
                    Discussed = random.Next(4) == 0 ? known[random.Next(known.Length)] : null,
                };
            }),
        ];
    }

    private static ContactTraits TraitsOf(Random random) => new(Name(random)!, Name(random)!)
    {
        Brand = Name(random, 2),
        Campaign = Name(random, 2),
        Topic = Name(random, 3),
        Sender = Name(random, 3),
        Address = Name(random, 3),
        Direction = random.Next(4) == 0 ? Direction.In : Direction.Out,
        Priority = random.Next(3) == 0 ? random.Next(ContactTraits.PriorityMax + 1) : 0,
        Subjects = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Name(random)!)],
        Labels = Enumerable.Range(0, random.Next(4)).ToImmutableSortedDictionary(
            static i => $"label {i}", _ => Name(random)!, StringComparer.Ordinal),
    };

    private static string? Name(Random random, int oneIn = 1) =>
        random.Next(oneIn) == 0 ? $"name {random.Next(random.Next(2) == 0 ? 5 : 200)}" : null;
}
