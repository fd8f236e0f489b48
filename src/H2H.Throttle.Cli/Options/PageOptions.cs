using System.CommandLine;

namespace H2H.Throttle.Cli.Options;

/// <summary>Which part of a list is wanted.</summary>
internal sealed class PageOptions
{
    private readonly Option<int> size = new("--page-size")
    {
        Description = "The most entries of an answer, 1 to 1000. Default 100.", HelpName = "number",
    };

    private readonly Option<string> token = Texts.Option(
        "--page-token", "token", "Where to go on: nextPageToken of the page before.");

    public void AddTo(Command command)
    {
        command.Add(size);
        command.Add(token);
    }

    public int Size(ParseResult parsed) => parsed.GetValue(size);

    public string Token(ParseResult parsed) => parsed.GetRequiredValue(token);
}
