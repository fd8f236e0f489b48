namespace H2H.Throttle.Core.Contacts;

/// <summary>Who contacts whom.</summary>
public enum Direction
{
    /// <summary>The business contacts the person.</summary>
    Out,

    /// <summary>The person contacts the business.</summary>
    In,
}
