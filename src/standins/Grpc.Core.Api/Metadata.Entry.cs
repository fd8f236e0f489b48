using System.Buffers;
using System.Text;

namespace Grpc.Core;

public sealed partial class Metadata
{
    /// <summary>One header: a key in lower case and, by how the key ends, either text or bytes.</summary>
    /// <remarks>Keys are those of the protocol: letters, digits, dots, underscores and hyphens of ASCII.</remarks>
    public sealed class Entry
    {
        private static readonly SearchValues<char> KeyCharacters =
            SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

        private readonly string? text;
        private readonly byte[]? bytes;

        /// <exception cref="ArgumentException">The key is malformed, or promises bytes.</exception>
        public Entry(string key, string value)
        {
            ArgumentNullException.ThrowIfNull(value);
            Key = ReadKey(key);
            text = IsBinary
                ? throw new ArgumentException($"The key '{Key}' promises bytes, and the value is text.", nameof(key))
                : value;
        }

        /// <exception cref="ArgumentException">The key is malformed, or promises text.</exception>
        public Entry(string key, byte[] valueBytes)
        {
            ArgumentNullException.ThrowIfNull(valueBytes);
            Key = ReadKey(key);
            bytes = IsBinary
                ? valueBytes
                : throw new ArgumentException($"The key '{Key}' promises text, and the value is bytes.", nameof(key));
        }

        public string Key { get; }

        public bool IsBinary => Key.EndsWith(BinaryHeaderSuffix, StringComparison.Ordinal);

        /// <exception cref="InvalidOperationException">The entry carries bytes.</exception>
        public string Value => text ?? throw new InvalidOperationException($"The value of '{Key}' is bytes.");

        /// <summary>The bytes, or those of the text in ASCII. The entry's own array where it carries bytes.</summary>
        public byte[] ValueBytes => bytes ?? Encoding.ASCII.GetBytes(Value);

        internal bool KeyIs(string key) => Key.Equals(key, StringComparison.OrdinalIgnoreCase);

        private static string ReadKey(string key)
        {
            ArgumentNullException.ThrowIfNull(key);
            string lower = key.ToLowerInvariant();
            return lower.Length > 0 && !lower.AsSpan().ContainsAnyExcept(KeyCharacters)
                ? lower
                : throw new ArgumentException($"'{key}' is no key of a header.", nameof(key));
        }
    }
}
