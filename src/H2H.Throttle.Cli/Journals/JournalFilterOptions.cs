using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Journals;

/// <summary>Which entries are wanted.</summary>
internal sealed class JournalFilterOptions
{
    private readonly Option<string[]> kinds = new("--kind")
    {
        Description = "Only of this kind: opt_out, reservation_revoked, policy_published, …; may be repeated.",
        HelpName = "kind",
        DefaultValueFactory = static _ => [],
    };

    private readonly Option<string> person = Texts.Option(
        "--person", "id", "Only about this person, by your own id.");

    private readonly Option<string> caller = Texts.Option(
        "--caller", "who", "Only what they did: the id of a key, or \"token ann\", local, server, person.");

    private readonly Option<Timestamp?> from = Moments.Option("--from", "Only what happened then or later.");
    private readonly Option<Timestamp?> until = Moments.Option("--until", "Only what happened before.");

    public void AddTo(Command command)
    {
        command.Add(kinds);
        command.Add(person);
        command.Add(caller);
        command.Add(from);
        command.Add(until);
    }

    public JournalFilter Read(ParseResult parsed)
    {
        JournalFilter filter = new()
        {
            PersonId = parsed.GetRequiredValue(person),
            Caller = parsed.GetRequiredValue(caller),
            From = parsed.GetValue(from),
            Until = parsed.GetValue(until),
        };
        filter.Kinds.AddRange(parsed.GetValue(kinds) ?? []);
        return filter;
    }
}
