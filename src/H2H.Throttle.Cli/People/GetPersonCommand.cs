using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person get</c></summary>
internal sealed class GetPersonCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();

    public GetPersonCommand()
        : base("get", "What is known of a person, and the limits they set.") => Add(person);

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        GetPersonRequest request = new() { PersonId = with.Parsed.GetRequiredValue(person) };
        GetPersonResponse answer = await with.Client.People.GetPersonAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            PersonView.Show(Screen.Out, answer.Person);
            if (answer.Names.Count > 0)
            {
                NameView.Show(Screen.Out, answer.Names, await with.TimesAsync(request.PersonId, cancellation));
            }
        }

        return ExitCode.Done;
    }
}
