using System.Numerics;

namespace H2H.Throttle.Engine.Lists;

/// <summary>Which addresses a list holds. Immutable; safe from any thread.</summary>
/// <remarks>
/// The first 64 bits of each address's keyed hash, sorted: 8 bytes an entry, and at most a quarter of a byte for an
/// index that leads to the right 16 to 32 of them. An address that is not among n entries is taken for one that is with
/// a probability of n / 2^64: 5 · 10^-12 for a hundred million.
/// </remarks>
internal sealed class AddressSet
{
    /// <summary>The most entries; at 8 bytes each they fit into one array and 4 GB.</summary>
    public const int EntriesMax = 500_000_000;

    private const int IndexedLog2 = 4;

    private readonly ulong[] entries;
    private readonly int[] starts;
    private readonly int indexBits;

    private AddressSet(ulong[] entries, int count)
    {
        (this.entries, Count) = (entries, count);
        indexBits = int.Max(0, BitOperations.Log2((uint)count | 1) - IndexedLog2);
        starts = new int[(1 << indexBits) + 1];
        int bucket = 0;
        for (int i = 0; i < count; i++)
        {
            int own = BucketOf(entries[i]);
            while (bucket < own)
            {
                starts[++bucket] = i;
            }
        }

        starts.AsSpan(bucket + 1).Fill(count);
    }

    public static AddressSet Empty { get; } = new([], 0);

    public int Count { get; }

    /// <summary>What it takes up in memory, but for two objects' heads.</summary>
    public long Bytes => ((long)entries.Length * sizeof(ulong)) + ((long)starts.Length * sizeof(int));

    /// <summary>In ascending order.</summary>
    public ReadOnlySpan<ulong> Entries => entries.AsSpan(0, Count);

    /// <param name="hashes">In any order, maybe several times; taken over, the caller must not use it again.</param>
    public static AddressSet Of(ulong[] hashes)
    {
        Array.Sort(hashes);
        int count = 0;
        foreach (ulong hash in hashes)
        {
            if (count == 0 || hashes[count - 1] != hash)
            {
                hashes[count++] = hash;
            }
        }

        return Fitting(hashes, count);
    }

    public bool Contains(ulong hash)
    {
        int bucket = BucketOf(hash);
        int start = starts[bucket];
        return entries.AsSpan(start, starts[bucket + 1] - start).BinarySearch(hash) >= 0;
    }

    /// <summary>What is in either.</summary>
    public AddressSet Union(AddressSet other)
    {
        ulong[] both = new ulong[checked(Count + other.Count)];
        int count = 0;
        int theirs = 0;
        foreach (ulong hash in Entries)
        {
            while (theirs < other.Count && other.entries[theirs] < hash)
            {
                both[count++] = other.entries[theirs++];
            }

            theirs += theirs < other.Count && other.entries[theirs] == hash ? 1 : 0;
            both[count++] = hash;
        }

        foreach (ulong hash in other.Entries[theirs..])
        {
            both[count++] = hash;
        }

        return Fitting(both, count);
    }

    /// <summary>What is here and not there.</summary>
    public AddressSet Except(AddressSet other)
    {
        ulong[] left = new ulong[Count];
        int count = 0;
        foreach (ulong hash in Entries)
        {
            if (!other.Contains(hash))
            {
                left[count++] = hash;
            }
        }

        return Fitting(left, count);
    }

    /// <remarks>An array with more than a sixteenth of room to spare is given back.</remarks>
    private static AddressSet Fitting(ulong[] hashes, int count)
    {
        if (hashes.Length - count > hashes.Length / 16)
        {
            Array.Resize(ref hashes, count);
        }

        return new AddressSet(hashes, count);
    }

    private int BucketOf(ulong hash) => indexBits == 0 ? 0 : (int)(hash >> (64 - indexBits));
}
