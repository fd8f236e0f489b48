using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person unlink</c></summary>
internal sealed class UnlinkAddressCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Argument<string> address = new("address")
    {
        Description = "email:ann@example.org, tel:+390212345678 or device:…",
    };

    private readonly Option<Timestamp?> at = Moments.At();

    public UnlinkAddressCommand()
        : base("unlink", "An address has changed hands: it finds nobody from now on.")
    {
        Add(person);
        Add(address);
        Add(at);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        UnlinkAddressRequest request = new()
        {
            PersonId = with.Parsed.GetRequiredValue(person),
            Address = with.Parsed.GetRequiredValue(address),
            At = with.Parsed.GetValue(at),
        };
        UnlinkAddressResponse answer = await with.Client.People.UnlinkAddressAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            NameView.Show(Screen.Out, answer.Names, await with.TimesAsync(request.PersonId, cancellation));
        }

        return ExitCode.Done;
    }
}
