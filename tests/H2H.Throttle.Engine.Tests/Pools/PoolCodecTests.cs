using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Pools;
using H2H.Throttle.Engine.Records;
using NodaTime;

namespace H2H.Throttle.Engine.Tests.Pools;

public sealed class PoolCodecTests
{
    private const string Golden =
        "0801121662626262626262626262626262626262626262626262121661616161616161616161616161616161616161616161"
        + "1205656d61696c120570686f6e6512096d61726b6574696e6712056e6f7274681201781a1661616161616161616161616161"
        + "6161616161616161611a166262626262626262626262626262626262626262626222130a020304120205051a0206005a0200"
        + "016201072a240a0e80a099df8391fc3e80809ccdca641a02000122020101320a80e888874380e8888743320201023a020e00"
        + "4210f8ffffffffffffffffffffffffffffff4a108018ee2044f83e008098c175d6f93e00";

    private static readonly Instant At = Instant.FromUtc(2026, 3, 2, 9, 0);
    private static readonly PersonKey Ada = new(new string('a', PersonKey.Length));
    private static readonly PersonKey Ben = new(new string('b', PersonKey.Length));

    private static PoolRecord Sample => PoolRecord.Empty with
    {
        Members = PoolRecord.Empty.Members.Add(Ben).Add(Ada),
        Claims =
        [
            Claim(Ben, 7, At, new ContactTraits("email", "marketing") { Brand = "north" }),
            Claim(Ada, 0, At + Duration.FromHours(48), new ContactTraits("phone", "marketing") { Subjects = ["x"] }),
        ],
    };

    [Fact]
    public void What_this_version_writes_is_what_it_always_wrote() =>
        Assert.Equal(Golden, Convert.ToHexStringLower(PoolCodec.Write(Sample)));

    [Fact]
    public void What_was_ever_written_is_read_as_it_was_meant()
    {
        PoolRecord read = PoolCodec.Read(Convert.FromHexString(Golden));

        Assert.Equal([Ada, Ben], read.Members.ToArray());
        Assert.Equal(Sample.Claims, read.Claims);
    }

    [Fact]
    public void An_empty_pool_is_read_as_it_was_written()
    {
        PoolRecord read = PoolCodec.Read(PoolCodec.Write(PoolRecord.Empty));

        Assert.Empty(read.Members);
        Assert.Empty(read.Claims);
    }

    [Fact]
    public void A_newer_format_is_refused_and_so_is_damage()
    {
        byte[] bytes = PoolCodec.Write(Sample);
        Assert.Equal((8, 1), (bytes[0], bytes[1]));

        StoreException damaged = Assert.Throws<StoreException>(() => PoolCodec.Read(bytes.AsSpan(0, bytes.Length / 2)));
        bytes[1] = 2;
        StoreException newer = Assert.Throws<StoreException>(() => PoolCodec.Read(bytes));
        StoreException nothing = Assert.Throws<StoreException>(() => PoolCodec.Read([]));

        Assert.Equal(
            [StoreFailure.Damaged, StoreFailure.Newer, StoreFailure.Damaged],
            (ImmutableArray<StoreFailure>)[damaged.Failure, newer.Failure, nothing.Failure]);
    }

    private static PoolClaim Claim(PersonKey person, long seen, Instant at, ContactTraits traits) => new(
        person,
        new RecordVersion(seen),
        new LedgerContact(
            new ContactNumber(at.ToUnixTimeTicks()),
            at,
            traits,
            2,
            ContactState.Reserved,
            at + Duration.FromMinutes(15),
            null,
            at),
        Token: -1 - seen,
        at + PoolClaim.Life);
}
