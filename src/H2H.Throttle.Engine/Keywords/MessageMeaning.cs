namespace H2H.Throttle.Engine.Keywords;

/// <summary>What a message from a person means for contacts.</summary>
public enum MessageMeaning
{
    /// <summary>Nothing that has to do with it.</summary>
    Nothing,

    /// <summary>"Stop", of this channel.</summary>
    OptOut,

    /// <summary>"Stop everything".</summary>
    OptOutOfAll,

    /// <summary>"Start again".</summary>
    OptIn,

    /// <summary>"Help".</summary>
    Help,

    /// <summary>A word of stopping in a message that says more: somebody should read it.</summary>
    Unclear,
}
