using System.Collections;

namespace Grpc.Core;

/// <summary>The headers or trailers of a call: an ordered list in which a key may occur more than once.</summary>
/// <remarks>Not safe for use by several threads at once, except for <see cref="Empty"/>, which cannot change.</remarks>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>How the key of every entry that carries bytes rather than text ends.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>Holds nothing, for ever: changing it throws <see cref="InvalidOperationException"/>.</summary>
    public static readonly Metadata Empty = new(readOnly: true);

    private readonly List<Entry> entries = [];

    public Metadata()
    {
    }

    private Metadata(bool readOnly) => IsReadOnly = readOnly;

    public int Count => entries.Count;

    public bool IsReadOnly { get; }

    public Entry this[int index]
    {
        get => entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfReadOnly();
            entries[index] = value;
        }
    }

    /// <summary>The last entry of this key, or null. Keys differ only by more than their case.</summary>
    public Entry? Get(string key) => entries.FindLast(entry => entry.KeyIs(key));

    /// <summary>The text of the last entry of this key, or null if there is none.</summary>
    /// <exception cref="InvalidOperationException">The entry carries bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>The bytes of the last entry of this key, or null if there is none.</summary>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Every entry of this key, in order.</summary>
    public IEnumerable<Entry> GetAll(string key) => entries.Where(entry => entry.KeyIs(key));

    public void Add(Entry item) => Insert(entries.Count, item);

    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <remarks>The bytes are not copied: whoever changes the array later changes the entry.</remarks>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        ThrowIfReadOnly();
        entries.Insert(index, item);
    }

    public bool Remove(Entry item)
    {
        ThrowIfReadOnly();
        return entries.Remove(item);
    }

    public void RemoveAt(int index)
    {
        ThrowIfReadOnly();
        entries.RemoveAt(index);
    }

    public void Clear()
    {
        ThrowIfReadOnly();
        entries.Clear();
    }

    public int IndexOf(Entry item) => entries.IndexOf(item);

    public bool Contains(Entry item) => entries.Contains(item);

    public void CopyTo(Entry[] array, int arrayIndex) => entries.CopyTo(array, arrayIndex);

    public IEnumerator<Entry> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void ThrowIfReadOnly()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("This metadata is read-only.");
        }
    }
}
