using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Cli.Simulations;
using H2H.Throttle.Engine.Policies.Differences;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy diff</c>: of files without a server, of versions with one.</summary>
internal sealed class DiffCommand : AskingCommand
{
    private readonly Argument<string> before = new("before")
    {
        Description = "A policy document, or the number of a version on the server.",
    };

    private readonly Argument<string> after = new("after")
    {
        Description = "The same; without it the one in force on the server is `before`.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public DiffCommand()
        : base("diff", "How does one policy differ from another, in words: what is looser, what is stricter?")
    {
        Add(before);
        Add(after);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        string first = with.Parsed.GetRequiredValue(before);
        string? second = with.Parsed.GetValue(after);
        try
        {
            string old = await ReadAsync(with, second is null ? null : first, cancellation);
            string young = await ReadAsync(with, second ?? first, cancellation);
            Instant now = Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
            Show(with, PolicyDifferences.Of(old, young, now));
            return ExitCode.Done;
        }
        catch (InvalidPolicyException mistakes)
        {
            mistakes.Show(Screen.Error);
            return ExitCode.Failed;
        }
    }

    /// <summary>A valid document.</summary>
    /// <param name="with">A server, for versions.</param>
    /// <param name="name">A file or a version; null: the version in force.</param>
    /// <param name="cancellation">Ends the wait.</param>
    private static async Task<string> ReadAsync(Conversation with, string? name, CancellationToken cancellation)
    {
        long version = 0;
        bool isVersion = name is null
            || (long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out version)
                && !File.Exists(name));
        string document = isVersion
            ? (await with.Client.Policies.GetPolicyAsync(
                new GetPolicyRequest { Version = version }, with.Call(cancellation))).Policy.Document
            : await DocumentFile.ReadAsync(name!, cancellation);
        _ = Candidate.Read(name ?? "the policy in force", document);
        return document;
    }

    private static void Show(Conversation with, ImmutableArray<PolicyDifference> differences)
    {
        Bearing together = PolicyDifferences.Together(differences);
        if (with.IsJson)
        {
            Screen.Out.PrintJson(new
            {
                together = Word(together),
                differences = differences.Select(static one => new
                {
                    one.Rule, one.Text, bearing = Word(one.Bearing),
                }),
            });
            return;
        }

        foreach (PolicyDifference difference in differences)
        {
            string word = Word(difference.Bearing).PadRight(8);
            FormattableString line = difference.Bearing switch
            {
                Bearing.Looser => $"[yellow]{word}[/]  {difference.Text}",
                Bearing.Stricter => $"[green]{word}[/]  {difference.Text}",
                _ => $"[dim]{word}[/]  {difference.Text}",
            };
            Screen.Out.Line(line);
        }

        Screen.Out.Line($"[bold]{Sentence(together, differences.IsEmpty)}[/]");
    }

    private static string Word(Bearing bearing) => bearing switch
    {
        Bearing.Looser => "looser",
        Bearing.Stricter => "stricter",
        Bearing.None => "same",
        _ => "other",
    };

    private static string Sentence(Bearing together, bool isNothing) => together switch
    {
        Bearing.Looser => "Together: looser. After the same past, nothing is refused that was allowed.",
        Bearing.Stricter => "Together: stricter. After the same past, nothing is allowed that was refused.",
        Bearing.None when isNothing => "They say the same.",
        Bearing.None => "Together: every contact is judged as before.",
        _ => "Together: some contacts may be refused that were allowed, and others the other way round. "
            + "`h2h policy simulate` tells which of those that were made.",
    };
}
