using H2H.Throttle.Engine.Webhooks;

namespace H2H.Throttle.Engine.Tests.Webhooks;

public sealed class DeadLetterRecordTests
{
    [Fact]
    public void The_oldest_make_room_and_are_counted()
    {
        DeadLetterRecord record = DeadLetterRecord.Empty;
        for (int position = 1; position <= DeadLetterRecord.LettersMax + 2; position++)
        {
            record = record.With(Letter(position));
        }

        Assert.Equal((DeadLetterRecord.LettersMax, 2), (record.Letters.Length, record.Dropped));
        Assert.Equal(3, record.Letters[0].Position);
    }

    [Fact]
    public void One_is_there_once_and_what_is_not_there_is_not_taken_away()
    {
        DeadLetterRecord one = DeadLetterRecord.Empty.With(Letter(7));

        Assert.Same(one, one.With(Letter(7)));
        Assert.Same(one, one.Without(8));
        Assert.Empty(one.Without(7).Letters);
    }

    private static DeadLetterRecord.Letter Letter(long position) => new(position, "opt_out", 0, 0, 3, "No.");
}
