namespace H2H.Throttle.Adversity.Fuzzing;

/// <summary>Makes bytes that nobody meant out of bytes that somebody did.</summary>
internal sealed class Mutator(int seed)
{
    private const int ChangesMax = 6;
    private const int NoiseBytesMax = 4096;
    private static readonly byte[] Telling = [0x00, 0x01, 0x7F, 0x80, 0xFF, 0xFE, (byte)'"', (byte)'{', (byte)'['];

    private readonly Random random = new(seed);

    /// <summary>Pure noise one time in ten; else one of the originals, changed in a few places.</summary>
    public byte[] Next(IReadOnlyList<byte[]> originals)
    {
        if (random.Next(10) == 0)
        {
            byte[] noise = new byte[random.Next(NoiseBytesMax)];
            random.NextBytes(noise);
            return noise;
        }

        List<byte> bytes = [.. originals[random.Next(originals.Count)]];
        for (int changes = random.Next(1, ChangesMax); changes > 0; changes--)
        {
            Change(bytes, originals);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> originals)
    {
        int place = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(1, 40), bytes.Count - place);
        switch (random.Next(7))
        {
            case 0 when place < bytes.Count:
                bytes[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when place < bytes.Count:
                bytes[place] = Telling[random.Next(Telling.Length)];
                break;
            case 2:
                bytes.RemoveRange(place, length);
                break;
            case 3:
                bytes.InsertRange(place, bytes.GetRange(place, length));
                break;
            case 4:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 5:
                // The longest number that a varint can be.
                bytes.InsertRange(place, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]);
                break;
            default:
                byte[] other = originals[random.Next(originals.Count)];
                int from = random.Next(other.Length + 1);
                bytes.InsertRange(place, other.AsSpan(from, Math.Min(random.Next(60), other.Length - from)));
                break;
        }
    }
}
