namespace H2H.Throttle.Engine.Access;

/// <summary>What a caller is trusted with. Which calls that means is the server's to say.</summary>
/// <remarks>The names are stored: never change or reuse one.</remarks>
public enum Role
{
    /// <summary>A system that contacts people: it asks, reserves, and tells what happened.</summary>
    Sender,

    /// <summary>Somebody who talks to people: sees who contacted a person, and writes down what they say.</summary>
    Agent,

    /// <summary>Whoever answers for the rules and the keys: every call.</summary>
    Admin,

    /// <summary>Sees everything and changes nothing.</summary>
    Auditor,
}
