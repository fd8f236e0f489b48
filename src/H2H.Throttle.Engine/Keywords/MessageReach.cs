namespace H2H.Throttle.Engine.Keywords;

/// <summary>What a message is taken to be about.</summary>
public enum MessageReach
{
    /// <summary>The channel by which it came, whatever the brand.</summary>
    Channel,

    /// <summary>The channel by which it came, of the brand to which it went.</summary>
    ChannelOfBrand,

    /// <summary>The brand to which it went, on every channel.</summary>
    Brand,

    /// <summary>Everything.</summary>
    Everything,
}
