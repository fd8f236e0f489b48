using H2H.Throttle.Server.Journals;

namespace H2H.Throttle.Server.Tests.Journals;

/// <summary>So many watch, and no more, until one leaves.</summary>
public sealed class WatchRoomTests
{
    [Fact]
    public void A_full_room_has_a_place_when_somebody_leaves_and_only_then()
    {
        WatchRoom room = new();
        for (int watch = 0; watch < WatchRoom.WatchesMax; watch++)
        {
            Assert.True(room.TryEnter());
        }

        Assert.False(room.TryEnter());
        Assert.False(room.TryEnter());
        room.Leave();

        Assert.True(room.TryEnter());
        Assert.False(room.TryEnter());
    }
}
