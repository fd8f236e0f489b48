using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Contacts;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Why;

/// <summary><c>h2h why</c></summary>
internal sealed class WhyCommand : AskingCommand
{
    private readonly ContactOptions contact = new();
    private readonly Option<string> overrideReason = Overrides.Option();
    private readonly Option<int?> width = new("--width")
    {
        Description = $"Of the picture in columns, {WhyPicture.WidthMin} to {WhyPicture.WidthMax}; otherwise the "
            + "terminal's, and 80 where there is none.",
        HelpName = "columns",
    };

    private readonly Option<Timestamp?> at = Moments.At();

    public WhyCommand()
        : base("why", "Why may this person be contacted or not, and what would change it? Draws it. Changes nothing.")
    {
        contact.AddTo(this);
        Add(overrideReason);
        Add(width);
        Add(at);
        width.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() is < WhyPicture.WidthMin or > WhyPicture.WidthMax)
            {
                result.AddError($"--width must be {WhyPicture.WidthMin} to {WhyPicture.WidthMax}.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        Contact asked = contact.Read(with.Parsed);
        TimeText times = await with.TimesAsync(asked.PersonId, cancellation);
        ExplainRequest request = new()
        {
            Contact = asked,
            OverrideReason = with.Parsed.GetRequiredValue(overrideReason),
            At = with.Parsed.GetValue(at),
            TimeZone = times.ZoneName,
        };
        ExplainResponse answer = await with.Client.Throttle.ExplainAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            WhyView.Show(Screen.Out, answer, times, WidthOf(with.Parsed));
        }

        return ExitCode.Of(answer.Decision.Verdict);
    }

    private int WidthOf(ParseResult parsed) => parsed.GetValue(width)
        ?? Math.Clamp(Screen.Out.Width ?? 80, WhyPicture.WidthMin, WhyPicture.WidthMax);
}
