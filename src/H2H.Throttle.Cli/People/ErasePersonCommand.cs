using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person erase</c></summary>
internal sealed class ErasePersonCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<bool> asSaid = new("--as-said")
    {
        Description = "Keep only what they had opted out of in force, instead of opting them out of everything.",
    };

    private readonly Option<Timestamp?> at = Moments.At();

    public ErasePersonCommand()
        : base("erase", "Forget a person for good; they stay opted out, by every name they had.")
    {
        Add(person);
        Add(asSaid);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        ErasePersonRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person),
            Suppression = with.Parsed.GetValue(asSaid) ? ErasureSuppression.AsSaid : ErasureSuppression.Everything,
            At = with.Parsed.GetValue(at),
        };
        ErasePersonResponse answer = await with.Client.People.ErasePersonAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            Screen.Out.Line($"Erased: other names {answer.NamesErased}, contacts {answer.ContactsErased}.");
        }

        return ExitCode.Done;
    }
}
