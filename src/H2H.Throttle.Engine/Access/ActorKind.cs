namespace H2H.Throttle.Engine.Access;

/// <summary>How somebody who makes something happen is known.</summary>
public enum ActorKind
{
    /// <summary>Not told: the fact is older than this, or the engine was asked without an actor.</summary>
    Unstated,

    /// <summary>The server, by itself.</summary>
    Server,

    /// <summary>A program on the server's own machine, where nobody is asked for credentials.</summary>
    Local,

    /// <summary>A program elsewhere, where nobody is asked for credentials.</summary>
    Anyone,

    /// <summary>An <see cref="AccessKey"/>, by its id.</summary>
    Key,

    /// <summary>The admin's key that is in a file.</summary>
    AdminKey,

    /// <summary>A JSON Web Token, by its subject.</summary>
    Token,

    /// <summary>A client certificate, by its subject.</summary>
    Certificate,

    /// <summary>The person whom the fact is about, through a page or a link of their own.</summary>
    Person,
}
