using System.Collections.Immutable;
using System.Text;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Takes a record of CSV apart, a line at a time.</summary>
/// <remarks>
/// A quote counts where it opens a field, as RFC 4180 has it; in the midst of one, as in <c>5" pipe</c>, it is a
/// character like others.
/// </remarks>
internal sealed class CsvFields(char separator)
{
    private readonly ImmutableArray<string>.Builder whole = ImmutableArray.CreateBuilder<string>();
    private readonly StringBuilder text = new();
    private Place place = Place.Before;

    private enum Place
    {
        Before,
        Bare,
        Quoted,
        Behind,
    }

    /// <summary>A quote is open: the record goes on in the next line.</summary>
    public bool IsOpen => place is Place.Quoted;

    /// <summary>Something stands between a closing quote and the next separator.</summary>
    public bool HasMoreBehindQuote { get; private set; }

    /// <summary>Characters so far of a field that is open.</summary>
    public int Length => text.Length;

    /// <summary>One more line, without its end.</summary>
    public void Take(string line)
    {
        if (IsOpen)
        {
            text.Append('\n');
        }

        for (int i = 0; i < line.Length; i++)
        {
            if (place is Place.Quoted)
            {
                i += TakeQuoted(line, i);
            }
            else
            {
                TakeBare(line[i]);
            }
        }
    }

    /// <summary>All fields, once no quote is open; nothing may be taken after that.</summary>
    public ImmutableArray<string> End()
    {
        whole.Add(text.ToString());
        return whole.ToImmutable();
    }

    /// <returns>How many characters beside this one were taken.</returns>
    private int TakeQuoted(string line, int at)
    {
        if (line[at] is not '"')
        {
            text.Append(line[at]);
            return 0;
        }

        if (at + 1 < line.Length && line[at + 1] is '"')
        {
            text.Append('"');
            return 1;
        }

        place = Place.Behind;
        return 0;
    }

    private void TakeBare(char one)
    {
        if (one == separator)
        {
            whole.Add(text.ToString());
            text.Clear();
            place = Place.Before;
        }
        else if (one is '"' && place is Place.Before)
        {
            text.Clear();   // blanks
            place = Place.Quoted;
        }
        else
        {
            bool isBlank = char.IsWhiteSpace(one);
            HasMoreBehindQuote |= place is Place.Behind && !isBlank;
            place = place is Place.Before && !isBlank ? Place.Bare : place;
            text.Append(one);
        }
    }
}
