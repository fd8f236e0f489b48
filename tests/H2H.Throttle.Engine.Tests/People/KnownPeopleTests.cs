using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Engine.Records;
using Record = H2H.Throttle.Engine.Records.Record;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class KnownPeopleTests
{
    [Fact]
    public void No_more_people_are_remembered_than_allowed_and_those_in_use_stay()
    {
        KnownPeople known = new(100, long.MaxValue);
        PersonKey used = Key(-1);
        known.See(used, At(1), asOf: 0);

        for (int number = 0; number < 1000; number++)
        {
            known.See(Key(number), At(1), asOf: 0);
            Assert.NotNull(known.Find(used));
        }

        int remembered = Enumerable.Range(0, 1000).Count(number => known.Find(Key(number)) is not null);
        Assert.InRange(remembered, 1, 99);
    }

    [Fact]
    public void No_more_memory_is_taken_than_allowed()
    {
        KnownPeople known = new(int.MaxValue, 100_000);

        for (int number = 0; number < 1000; number++)
        {
            known.See(Key(number), At(1, bytes: 1000), asOf: 0);
        }

        Assert.Null(known.Find(Key(0)));
        Assert.NotNull(known.Find(Key(999)));
        Assert.Equal(KnownPerson.New, known.See(Key(999), Record.Absent, asOf: 0));
        Assert.Null(known.Find(Key(999)));
        Assert.NotNull(known.See(Key(1), At(1, bytes: 60_000), asOf: 0));
        Assert.Null(known.Find(Key(1)));
    }

    [Fact]
    public void Regulars_whose_records_fit_in_four_fifths_of_the_room_stay_however_many_are_met_once()
    {
        const int Regulars = 80;
        long each = new KnownPerson(At(1, bytes: 1000), IsInJournal: true).Bytes;
        KnownPeople known = new(int.MaxValue, 100 * each);
        for (int turn = 0; turn < 2; turn++)
        {
            for (int number = 0; number < Regulars; number++)
            {
                _ = known.Find(Key(number));
                known.Keep(Key(number), new KnownPerson(At(1, bytes: 1000), IsInJournal: true));
            }
        }

        for (int stranger = 1000; stranger < 2000; stranger++)
        {
            known.See(Key(stranger), At(1, bytes: 1000), asOf: 0);
        }

        Assert.Equal(Regulars, Enumerable.Range(0, Regulars).Count(number => known.Find(Key(number)) is not null));
        Assert.InRange(known.Size.Bytes, Regulars * each, 100 * each);
    }

    [Fact]
    public void Regulars_who_do_not_come_again_make_room_for_others()
    {
        KnownPeople known = new(10, long.MaxValue);
        for (int number = 0; number < 100; number++)
        {
            known.See(Key(number), At(1), asOf: 0);
            Assert.NotNull(known.Find(Key(number)));
        }

        Assert.Null(known.Find(Key(0)));
        Assert.NotNull(known.Find(Key(99)));
        Assert.InRange(known.Size.Count, 8, 10);
    }

    [Fact]
    public void What_is_in_the_journal_stays_known_until_another_version_is_seen()
    {
        KnownPeople known = new(10, long.MaxValue);
        known.Keep(Key(1), new KnownPerson(At(1), IsInJournal: true));

        Assert.True(known.See(Key(1), At(1), asOf: 0).IsInJournal);
        Assert.False(known.See(Key(1), At(2), asOf: 0).IsInJournal);
        Assert.False(known.Find(Key(1))!.IsInJournal);
    }

    private static PersonKey Key(int number) => new($"{number,22}");

    private static Record At(long version, int bytes = 0) => new(new RecordVersion(version), new byte[bytes]);
}
