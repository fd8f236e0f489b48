using System.Globalization;
using System.Text;
using Google.Protobuf;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>
/// A message whose bytes are made once: of each call only the digits of two numbers differ, so that making calls costs
/// the caller next to nothing.
/// </summary>
internal sealed class PreparedMessage
{
    /// <summary>Where the digits of the person's number go, in any text of the message.</summary>
    public const string Person = "PPPPPPPPPPPP";

    /// <summary>Where the digits of the call's own number go.</summary>
    public const string Call = "CCCCCCCCCCCC";

    private readonly byte[] bytes;
    private readonly int[] people;
    private readonly int[] calls;

    public PreparedMessage(IMessage message)
    {
        bytes = message.ToByteArray();
        people = [.. PlacesOf(Person)];
        calls = [.. PlacesOf(Call)];
    }

    /// <summary>In bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>Writes it with these numbers.</summary>
    public void Write(long person, long call, Span<byte> to)
    {
        bytes.CopyTo(to);
        Write(person, people, to);
        Write(call, calls, to);
    }

    private static void Write(long number, int[] places, Span<byte> to)
    {
        foreach (int place in places)
        {
            number.TryFormat(to[place..], out _, "D12", CultureInfo.InvariantCulture);
        }
    }

    private IEnumerable<int> PlacesOf(string hole)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(hole);
        for (int from = 0; bytes.AsSpan(from).IndexOf(wanted) is >= 0 and int at; from += at + wanted.Length)
        {
            yield return from + at;
        }
    }
}
