using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Wire;
using Option = System.CommandLine.Option;

namespace H2H.Throttle.Cli.People;

/// <summary><c>h2h person update</c></summary>
internal sealed class UpdatePersonCommand : AskingCommand
{
    private readonly Argument<string> person = Texts.Person();
    private readonly Option<string> zone = Texts.Option("--zone", "zone", "The person's IANA time zone.");
    private readonly Option<string[]> zones = new("--zone-candidate")
    {
        Description = "A zone where the person may be; may be given several times, and all of them are replaced.",
        HelpName = "zone",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> country = Texts.Option("--country", "country", "ISO 3166-1 alpha-2, such as IT.");
    private readonly Option<KeyValuePair<string, string>[]> attributes = Pairs.Option(
        "--attribute", "A fact that rules may match, such as tier=gold; all of them are replaced.");

    private readonly Option<PersonLimit[]> limits = Limits.Option();

    private readonly Option<PersonQuiet[]> quiet = QuietTimes.Option();

    private readonly Option<string[]> clear = new Option<string[]>("--clear")
    {
        Description = "Forget this field; may be given several times.", Arity = ArgumentArity.OneOrMore,
    }.AcceptOnlyFromAmong(
        "zone", "zones", "country", "attributes", "limits", "quiet_times");

    private readonly Option<string> requestId = Texts.RequestId();
    private readonly Option<Timestamp?> at = Moments.At();

    public UpdatePersonCommand()
        : base("update", "Change what is known of a person: the fields that are given, each replaced whole.")
    {
        Add(person);
        Option[] options = [zone, zones, country, attributes, limits, quiet, clear, requestId, at];
        foreach (Option option in options)
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (new Option[] { zone, zones, country, attributes, limits, quiet, clear }.All(one =>
                result.GetResult(one) is null or { Implicit: true }))
            {
                result.AddError(
                    "Nothing is to change. Give --zone, --zone-candidate, --country, --attribute, --limit, --quiet or "
                    + "--clear.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        UpdatePersonRequest request = Read(with.Parsed);
        UpdatePersonResponse answer = await with.Client.People.UpdatePersonAsync(request, with.Call(cancellation));

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
        }
        else
        {
            PersonView.Show(Screen.Out, answer.Person);
        }

        return ExitCode.Done;
    }

    private UpdatePersonRequest Read(ParseResult parsed)
    {
        Person changed = new()
        {
            PersonId = parsed.GetRequiredValue(person),
            Zone = parsed.GetRequiredValue(zone),
            Country = parsed.GetRequiredValue(country),
            Limits = { parsed.GetValue(limits) ?? [] },
            Zones = { parsed.GetValue(zones) ?? [] },
            QuietTimes = { parsed.GetValue(quiet) ?? [] },
        };
        foreach ((string key, string value) in parsed.GetValue(attributes) ?? [])
        {
            changed.Attributes.Add(key, value);
        }

        (string Field, Option Option)[] fields =
        [
            ("zone", zone), ("zones", zones), ("country", country), ("attributes", attributes), ("limits", limits),
            ("quiet_times", quiet),
        ];
        IEnumerable<string> given = fields
            .Where(field => parsed.GetResult(field.Option) is { Implicit: false })
            .Select(static field => field.Field);
        return new UpdatePersonRequest
        {
            RequestId = parsed.GetRequiredValue(requestId),
            Person = changed,
            UpdateMask = new FieldMask { Paths = { given.Union(parsed.GetValue(clear) ?? []) } },
            At = parsed.GetValue(at),
        };
    }
}
