using Spectre.Console;

namespace H2H.Throttle.Cli.Why;

/// <summary>A row of a picture: a label, then a character and its style for each column.</summary>
internal sealed class PictureRow(int labelWidth, int width)
{
    private readonly char[] signs = [.. Enumerable.Repeat(' ', width)];
    private readonly Style[] styles = [.. Enumerable.Repeat(Style.Plain, width)];

    public char At(int column) => signs[column];

    /// <summary>Puts a sign on a column; outside the picture nothing happens.</summary>
    public void Put(int column, char sign, Style style)
    {
        if (column >= 0 && column < width)
        {
            (signs[column], styles[column]) = (sign, style);
        }
    }

    /// <summary>Puts it on every column of a stretch, the last included, as far as it is in the picture.</summary>
    public void Fill(int first, int last, char sign, Style style)
    {
        for (int column = Math.Max(0, first); column <= Math.Min(width - 1, last); column++)
        {
            Put(column, sign, style);
        }
    }

    /// <param name="console">Where.</param>
    /// <param name="label">In its own style; cut with an ellipsis if it is too long.</param>
    /// <param name="labelStyle">Of the label.</param>
    /// <param name="number">At the right of the label.</param>
    public void Draw(IAnsiConsole console, string label, Style labelStyle, string number = "")
    {
        int room = labelWidth - 1 - (number.Length > 0 ? number.Length + 1 : 0);
        string text = label.Length <= room ? label : $"{label[..(room - 1)]}…";
        Paragraph line = new();
        line.Append(text.PadRight(labelWidth - 1 - number.Length), labelStyle);
        line.Append($"{number} ", labelStyle);
        int drawn = Array.FindLastIndex(signs, static sign => sign != ' ') + 1;
        for (int start = 0, end; start < drawn; start = end)
        {
            for (end = start + 1; end < drawn && styles[end].Equals(styles[start]); end++)
            {
            }

            line.Append(new string(signs, start, end - start), styles[start]);
        }

        line.Append("\n");
        console.Write(line);
    }
}
