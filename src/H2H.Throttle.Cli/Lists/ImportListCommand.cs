using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using Duration = NodaTime.Duration;

namespace H2H.Throttle.Cli.Lists;

/// <summary><c>h2h list import</c></summary>
internal sealed class ImportListCommand : AskingCommand
{
    private readonly Argument<string> file = new("file")
    {
        Description = "An address on each line: a phone number or an e-mail address; or what `h2h list export` wrote.",
    };

    private readonly Option<string> list = Texts.Required("--list", "name", "The list, as rules name it.");
    private readonly Option<Timestamp?> asOf = Moments.Option(
        "--as-of", "When the list was what the file says; an exported one says so itself.");

    private readonly Option<string> countryCode = Texts.Option(
        "--country-code", "code", "For phone numbers that have none, such as +1; otherwise those lines are bad.");

    private readonly Option<bool> add = new("--add") { Description = "Add to the list instead of replacing it." };
    private readonly Option<bool> remove = new("--remove") { Description = "Take off the list." };
    private readonly Option<bool> allowEmpty = new("--allow-empty")
    {
        Description = "Switch even if no line has an address.",
    };

    private readonly Option<bool> allowOlder = new("--allow-older")
    {
        Description = "Switch even if the list in use is newer.",
    };

    private readonly Option<string> importId = Texts.Option(
        "--import-id", "id", "Resumes the import of that id; otherwise one is made of the file's content.");

    private readonly Option<Duration?> patience = Spans.Option(
        "--patience", "How long to go on when no server answers, such as while it is restarted. Default 60s.");

    private readonly Option<Timestamp?> at = Moments.At();

    public ImportListCommand()
        : base("import", "Load a suppression list. Repeat the command to go on with one that was broken off.")
    {
        Add(file);
        System.CommandLine.Option[] options =
            [list, asOf, countryCode, add, remove, allowEmpty, allowOlder, importId, patience, at];
        foreach (System.CommandLine.Option option in options)
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(add) && result.GetValue(remove))
            {
                result.AddError("Give one of --add and --remove.");
            }
        });
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        AddressFile addresses = await AddressFile.OpenAsync(with.Parsed.GetRequiredValue(file), cancellation);
        SuppressionImport about = Describe(with.Parsed, addresses);
        SuppressionImportEnd end = new()
        {
            AllowEmpty = with.Parsed.GetValue(allowEmpty),
            AllowOlder = with.Parsed.GetValue(allowOlder),
        };
        TimeSpan patient = (with.Parsed.GetValue(patience) ?? Duration.FromMinutes(1)).ToTimeSpan();
        Importer importer = new(with, addresses, about, end, patient);

        Task<ImportSuppressionsResponse> import = importer.RunAsync(cancellation);
        try
        {
            await ImportProgressBar.WatchAsync(import, importer, addresses.Bytes);
        }
        catch (Exception error) when (
            cancellation.IsCancellationRequested && error is OperationCanceledException or ThrottleException)
        {
            Screen.Error.Line($"Broken off: the list is what it was. The same command goes on from here for 48 hours.");
            throw;
        }

        ImportSuppressionsResponse answer = await import;

        if (with.IsJson)
        {
            Conversation.PrintJson(answer);
            return ExitCode.Done;
        }

        ListView.Show(Screen.Out, answer.Import);
        ListView.Show(Screen.Out, answer.List, await with.TimesAsync(null, cancellation));
        return ExitCode.Done;
    }

    private SuppressionImport Describe(ParseResult parsed, AddressFile addresses)
    {
        Timestamp told = parsed.GetValue(asOf) ?? addresses.Head?.AsOf ?? throw new UnusableException(
            "Rules go by the age of a list: say of when it is, with --as-of 2026-03-01T00:00:00-05:00.");
        ImportMode mode = parsed.GetValue(add) ? ImportMode.Add
            : parsed.GetValue(remove) ? ImportMode.Remove
            : ImportMode.Replace;
        string id = parsed.GetRequiredValue(importId);
        return new SuppressionImport
        {
            List = parsed.GetRequiredValue(list),
            AsOf = told,
            Mode = mode,
            ImportId = id.Length > 0 ? id : $"{addresses.Id}-{told.Seconds}-{(int)mode}",
            CountryCode = parsed.GetRequiredValue(countryCode),
            KeyId = addresses.Head?.KeyId ?? "",
            At = parsed.GetValue(at),
        };
    }
}
