using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>Puts HTML together from interpolated strings, and encodes what is interpolated.</summary>
/// <remarks>Attributes stand in double quotes, everywhere: so encoded, no text can leave one.</remarks>
[InterpolatedStringHandler]
internal readonly ref struct MarkupWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder html;

    public MarkupWriter(int literalLength, int formattedCount) =>
        html = new StringBuilder(literalLength + (formattedCount * 16));

    public void AppendLiteral(string literal) => html.Append(literal);

    public void AppendFormatted(string? text) => html.Append(Encoder.Encode(text ?? ""));

    public void AppendFormatted(int number) => html.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Markup markup) => html.Append(markup.Text);

    public void AppendFormatted(IEnumerable<Markup> markup)
    {
        foreach (Markup part in markup)
        {
            html.Append(part.Text);
        }
    }

    public Markup ToMarkup() => new(html.ToString());
}
