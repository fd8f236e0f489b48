using System.CommandLine;
using System.CommandLine.Invocation;
using H2H.Throttle.Cli.Access;
using H2H.Throttle.Cli.Campaigns;
using H2H.Throttle.Cli.Consent;
using H2H.Throttle.Cli.Contacts;
using H2H.Throttle.Cli.Demo;
using H2H.Throttle.Cli.Journals;
using H2H.Throttle.Cli.Lists;
using H2H.Throttle.Cli.People;
using H2H.Throttle.Cli.Policies;
using H2H.Throttle.Cli.Pools;
using H2H.Throttle.Cli.Replay;
using H2H.Throttle.Cli.Simulations;
using H2H.Throttle.Cli.Stores;
using H2H.Throttle.Cli.Webhooks;
using H2H.Throttle.Cli.Why;

namespace H2H.Throttle.Cli;

/// <summary><c>h2h</c>, as a table of contents. <see cref="ExitCode"/> says what it ends with.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // No option of one letter has another after it: "-hT4…" may be the id of a reservation, not a call for help.
        ParseResult parsed = Build().Parse(args, new ParserConfiguration { EnablePosixBundling = false });
        if (parsed.Action is ParseErrorAction mistake)
        {
            // Whoever asks for nothing wants to know what there is; whoever mistyped wants to know what.
            mistake.ShowHelp = parsed.CommandResult.Command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0;
            await parsed.InvokeAsync(new InvocationConfiguration { Output = Console.Error });
            return ExitCode.Usage;
        }

        using Interruption interruption = new();
        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
            interruption.Token);
    }

    private static RootCommand Build() => new(
        "Asks H2H Throttle whether a person may be contacted, tells it what they said, and checks policies.\n\n"
        + ExitCode.Table)
    {
        new CheckCommand(),
        new WhyCommand(),
        new ReserveCommand(),
        new ConfirmCommand(),
        new ReleaseCommand(),
        new RecordCommand(),
        new OutcomeCommand(),
        new SlotsCommand(),
        new PlanCommand(),
        new OptOutCommand(),
        new OptInCommand(),
        new SnoozeCommand(),
        new GrantConsentCommand(),
        new RevokeConsentCommand(),
        new ConsentCommand(),
        new InboundCommand(),
        new LinkCommand(),
        new PlaceHoldCommand(),
        new LiftHoldCommand(),
        new RecordEventCommand(),
        BuildPeople(),
        BuildPools(),
        new ContactsCommand(),
        BuildPolicies(),
        BuildPresets(),
        BuildLists(),
        BuildKeys(),
        new Command("campaign", "Ask about a whole audience: one person or ten million.")
        {
            new CampaignCheckCommand(),
            new CampaignReserveCommand(),
        },
        BuildJournal(),
        BuildWebhooks(),
        new Command("store", "What the servers keep, without a server.")
        {
            new StoreCopyCommand(),
            new StoreRotateKeyCommand(),
            new StoreReopenCommand(),
            new HistoryCommand(),
        },
        new BackupCommand(),
        new RestoreCommand(),
        new DemoCommand(),
        new ReplayCommand(),
    };

    private static Command BuildPolicies() => new("policy", "The rules: read, check, test, try and publish them.")
    {
        new GetPolicyCommand(),
        new ListVersionsCommand(),
        new ValidateCommand(),
        new TestCommand(),
        new DiffCommand(),
        new SimulateCommand(),
        new Command("shadow", "Rules that decide nothing and count what they would have done.")
        {
            new PublishShadowCommand(),
            new ShowShadowCommand(),
            new EndShadowCommand(),
        },
        new PublishCommand(),
        new AdjustCapCommand(),
        new RollBackCommand(),
        new SchemaCommand(),
    };

    private static Command BuildPeople() => new("person", "What is known of a person, and who they are.")
    {
        new GetPersonCommand(),
        new UpdatePersonCommand(),
        new LinkAddressCommand(),
        new UnlinkAddressCommand(),
        new MergePeopleCommand(),
        new UndoMergeCommand(),
        new ExportPersonCommand(),
        new ErasePersonCommand(),
    };

    private static Command BuildPools() => new("pool", "People who share limits: a household, an account.")
    {
        new JoinPoolCommand(),
        new LeavePoolCommand(),
        new ShowPoolCommand(),
    };

    private static Command BuildPresets() => new("preset", "Ready rules, mostly laws, that policies take in by name.")
    {
        new ListPresetsCommand(),
        new ShowPresetCommand(),
    };

    private static Command BuildKeys() => new("key", "Who may call: the keys that programs show.")
    {
        new CreateKeyCommand(),
        new ListKeysCommand(),
        new RevokeKeyCommand(),
        new WhoAmICommand(),
    };

    private static Command BuildJournal() => new("journal", "What happened, and who made it happen.")
    {
        new ListJournalCommand(),
        new WatchJournalCommand(),
        new VerifyJournalCommand(),
    };

    private static Command BuildWebhooks() => new("webhook", "Receivers that are told of what happens, by HTTP.")
    {
        new CreateWebhookCommand(),
        new ListWebhooksCommand(),
        new ShowWebhookCommand(),
        UpdateWebhookCommand.Update(),
        UpdateWebhookCommand.Pause(),
        UpdateWebhookCommand.Resume(),
        new RotateWebhookSecretCommand(),
        new DeleteWebhookCommand(),
        new TestWebhookCommand(),
        new ListDeadLettersCommand(),
        new ReplayDeadLettersCommand(),
    };

    private static Command BuildLists() => new("list", "Suppression lists: addresses that must not be contacted.")
    {
        new ImportListCommand(),
        new ExportListCommand(),
        new ShowListsCommand(),
        new RemoveListCommand(),
    };
}
