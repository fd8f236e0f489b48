using System.Buffers;

namespace H2H.Throttle.Engine.Records;

/// <summary>Names one record: what it is (<c>person</c>, <c>policy</c>, …) and which one.</summary>
/// <remarks>
/// Both parts are made of <c>a–z A–Z 0–9 . _ -</c> alone, so that every store may use them in its own keys and order
/// them by their bytes. An id is never a person's id or address: those are hashed before they become a key.
/// </remarks>
public readonly record struct RecordKey
{
    public const int KindLengthMax = 32;
    public const int IdLengthMax = 128;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public RecordKey(string kind, string id)
    {
        Require(kind, KindLengthMax, nameof(kind));
        Require(id, IdLengthMax, nameof(id));
        (Kind, Id) = (kind, id);
    }

    public string Kind { get; }

    public string Id { get; }

    public override string ToString() => $"{Kind}/{Id}";

    private static void Require(string part, int lengthMax, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(part, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part.Length, lengthMax, name);
        if (part.AsSpan().ContainsAnyExcept(Letters))
        {
            throw new ArgumentException("A record key is made of a-z A-Z 0-9 . _ - alone.", name);
        }
    }
}
