using System.Collections.Immutable;

namespace H2H.Throttle.Engine.Access;

/// <summary>Who makes something happen, and through what, as the journal names them.</summary>
public sealed record Actor
{
    public const int IdLengthMax = 256;
    public const int ThroughLengthMax = 64;

    private const char Parting = ' ';

    // These words are stored: never change or reuse one.
    private static readonly ImmutableArray<(ActorKind Kind, string Word)> Words =
    [
        (ActorKind.Server, "server"),
        (ActorKind.Local, "local"),
        (ActorKind.Anyone, "anyone"),
        (ActorKind.Key, "key"),
        (ActorKind.AdminKey, "admin-key"),
        (ActorKind.Token, "token"),
        (ActorKind.Certificate, "certificate"),
        (ActorKind.Person, "person"),
    ];

    /// <param name="kind">How they are known.</param>
    /// <param name="id">
    /// Of the key, the subject of the token or of the certificate; null or empty: the kind says all. Never a person's.
    /// What is longer than <see cref="IdLengthMax"/> is cut.
    /// </param>
    /// <param name="role">What they are trusted with; null: nobody asked.</param>
    /// <param name="through">
    /// The name of the call, such as <c>OptOut</c>, with <c>h2h</c> before it where that program says that it calls;
    /// or <c>page</c>, <c>link</c> or <c>list</c>. What is longer than <see cref="ThroughLengthMax"/> is cut.
    /// </param>
    public Actor(ActorKind kind, string? id, Role? role, string through)
    {
        ArgumentNullException.ThrowIfNull(through);
        (Kind, Id, Role, Through) = (kind, Cut(id ?? "", IdLengthMax), role, Cut(through, ThroughLengthMax));
    }

    public ActorKind Kind { get; }

    public string Id { get; }

    public Role? Role { get; }

    public string Through { get; }

    /// <summary>The server, by itself.</summary>
    /// <param name="through">What it was doing: <c>start</c>.</param>
    public static Actor Server(string through) => new(ActorKind.Server, null, null, through);

    /// <summary>The person whom the fact is about.</summary>
    /// <param name="through"><c>page</c>, <c>link</c> or <c>list</c>.</param>
    public static Actor Person(string through) => new(ActorKind.Person, null, null, through);

    /// <summary>The kind's word and the id: <c>key 3f1c9a07b2d4</c>, <c>local</c>.</summary>
    public string Name => Words.FirstOrDefault(known => known.Kind == Kind).Word is { } word
        ? Id.Length == 0 ? word : $"{word}{Parting}{Id}"
        : Id;

    /// <summary>The reverse of <see cref="Name"/>. What is in no such form was written before there was one.</summary>
    public static Actor Read(string name, Role? role, string through)
    {
        string[] parts = name.Split(Parting, 2);
        foreach ((ActorKind kind, string word) in Words)
        {
            if (parts[0] == word)
            {
                return new Actor(kind, parts.Length == 1 ? null : parts[1], role, through);
            }
        }

        return new Actor(ActorKind.Unstated, name, role, through);
    }

    private static string Cut(string text, int lengthMax) => text.Length <= lengthMax ? text : text[..lengthMax];
}
