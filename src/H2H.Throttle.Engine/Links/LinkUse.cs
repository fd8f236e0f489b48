namespace H2H.Throttle.Engine.Links;

/// <summary>What a link is good for.</summary>
/// <remarks>The numbers are in links that are out: never change or reuse one.</remarks>
public enum LinkUse
{
    /// <summary>To opt out of what it names, and nothing else.</summary>
    Unsubscribe = 1,

    /// <summary>To see the person's page, and to say anything there.</summary>
    Page = 2,
}
