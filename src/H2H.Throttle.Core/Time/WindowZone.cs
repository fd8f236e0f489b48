using NodaTime;

namespace H2H.Throttle.Core.Time;

/// <summary>Whose calendar a rule goes by.</summary>
public abstract record WindowZone
{
    private WindowZone() { }

    /// <summary>The person's, or every candidate if it is not known.</summary>
    public static WindowZone Person { get; } = new OfPerson();

    public static WindowZone Utc { get; } = new Fixed(DateTimeZone.Utc);

    public sealed record OfPerson : WindowZone
    {
        internal OfPerson() { }
    }

    /// <summary>The same for everybody.</summary>
    public sealed record Fixed(DateTimeZone Zone) : WindowZone;
}
