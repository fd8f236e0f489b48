using System.Globalization;
using System.Runtime.CompilerServices;

namespace H2H.Throttle.Engine.Requests;

/// <summary>A message that is put together only if there is a problem to tell of.</summary>
/// <remarks>Every request is checked for dozens of problems and has, but for a few, none.</remarks>
[InterpolatedStringHandler]
internal ref struct ProblemText
{
    private DefaultInterpolatedStringHandler text;

    /// <param name="literalLength">For the compiler, as is the next.</param>
    /// <param name="formattedCount">How many values are filled in.</param>
    /// <param name="isFine">There is no problem.</param>
    /// <param name="isNeeded">Whether the values are asked for at all.</param>
    public ProblemText(int literalLength, int formattedCount, bool isFine, out bool isNeeded)
    {
        isNeeded = !isFine;
        text = isNeeded
            ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture)
            : default;
    }

    public void AppendLiteral(string literal) => text.AppendLiteral(literal);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);

    /// <summary>The message; once.</summary>
    public string Take() => text.ToStringAndClear();
}
