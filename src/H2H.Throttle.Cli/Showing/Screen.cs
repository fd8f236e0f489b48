using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Where people read. Plain, and never wrapped, where the output goes to a file or a pipe.</summary>
internal sealed class Screen
{
    // Lines in a pipe are for grep: they end where their sentence does.
    private const int UnboundedWidth = 4096;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,   // nothing here is put into HTML
    };

    private Screen(TextWriter writer, bool isRedirected)
    {
        bool isDumb = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        bool noColor = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        IsLive = !isRedirected && !isDumb;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = IsLive ? AnsiSupport.Yes : AnsiSupport.No,
            // NO_COLOR is about colour alone: what is bold or dim stays so (https://no-color.org).
            ColorSystem = IsLive && !noColor ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsLive ? InteractionSupport.Yes : InteractionSupport.No,
        });
        if (isRedirected)
        {
            Console.Profile.Width = UnboundedWidth;
        }
    }

    public static Screen Out { get; } = new(System.Console.Out, System.Console.IsOutputRedirected);

    public static Screen Error { get; } = new(System.Console.Error, System.Console.IsErrorRedirected);

    public IAnsiConsole Console { get; }

    /// <summary>In columns; null where nobody watches.</summary>
    public int? Width => Console.Profile.Width == UnboundedWidth ? null : Console.Profile.Width;

    /// <summary>Somebody watches: what was written can be replaced.</summary>
    public bool IsLive { get; }

    /// <summary>One line in Spectre's markup; what stands in braces is written as it is.</summary>
    public void Line(FormattableString markup) => Console.MarkupLineInterpolated(markup);

    /// <summary>A text in lines that fit beside an indent of so many columns; one line where nobody watches.</summary>
    public IEnumerable<string> Wrap(string text, int indent)
    {
        int room = Math.Max(20, (Width ?? int.MaxValue) - indent);
        while (text.Length > room)
        {
            int space = text.LastIndexOf(' ', room);
            int end = space > 0 ? space : room;
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        yield return text;
    }

    /// <summary>The text to the byte, without markup, colour or wrapping.</summary>
    public void Print(string text) => Console.Profile.Out.Writer.Write(text);

    /// <summary>For programs: one line.</summary>
    public void PrintJson(object answer) => Print($"{JsonSerializer.Serialize(answer, Json)}\n");

    public void Line() => Console.WriteLine();
}
