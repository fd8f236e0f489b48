using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace H2H.Throttle.Engine.Journals;

/// <summary>
/// An entry as somebody wrote it down: where it stands, and its hash, which vouches for all before it.
/// </summary>
public sealed class JournalMark
{
    private const char Parting = '@';

    /// <exception cref="ArgumentException">The position is below 1, or the hash is no SHA-256.</exception>
    public JournalMark(long position, ReadOnlyMemory<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, SHA256.HashSizeInBytes, nameof(hash));
        (Position, Hash) = (position, hash);
    }

    public long Position { get; }

    public ReadOnlyMemory<byte> Hash { get; }

    /// <summary>In hexadecimal.</summary>
    public string HashText => Convert.ToHexStringLower(Hash.Span);

    /// <summary>Null: its hash is none, so somebody changed it.</summary>
    public static JournalMark? Of(JournalEntry entry) =>
        entry.Position >= 1 && entry.Hash.Length == SHA256.HashSizeInBytes
            ? new JournalMark(entry.Position, entry.Hash)
            : null;

    /// <summary>Reads what <see cref="ToString"/> writes: <c>HASH@POSITION</c>, in either case.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out JournalMark? mark)
    {
        mark = null;
        string[] parts = (text ?? "").Split(Parting);
        if (parts.Length == 2
            && parts[0].Length == SHA256.HashSizeInBytes * 2
            && parts[0].All(char.IsAsciiHexDigit)
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long position)
            && position >= 1)
        {
            mark = new JournalMark(position, Convert.FromHexString(parts[0]));
        }

        return mark is not null;
    }

    public bool IsOf(JournalEntry entry) => entry.Position == Position && entry.Hash.Span.SequenceEqual(Hash.Span);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{HashText}{Parting}{Position}");
}
