using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Wire;
using PolicyError = H2H.Throttle.Engine.Policies.PolicyError;

namespace H2H.Throttle.Cli.Policies;

/// <summary><c>h2h policy validate</c>: by the server's own parser, without a server unless one is wanted.</summary>
internal sealed class ValidateCommand : AskingCommand
{
    private readonly Argument<string[]> files = new("file")
    {
        Description = "Policy documents; - is standard input.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> onServer = new("--on-server")
    {
        Description = "Let the server read them, which may be of another version than this program.",
    };

    public ValidateCommand()
        : base("validate", "Check policy documents and report every mistake. Needs no server.")
    {
        Add(files);
        Add(onServer);
    }

    protected override async Task<int> AskAsync(Conversation with, CancellationToken cancellation)
    {
        List<CheckedDocument> documents = [];
        foreach (string path in with.Parsed.GetRequiredValue(files))
        {
            string document = await DocumentFile.ReadAsync(path, cancellation);
            documents.Add(with.Parsed.GetValue(onServer)
                ? await AskAsync(path, document, with, cancellation)
                : Read(path, document));
        }

        if (with.IsJson)
        {
            Screen.Out.PrintJson(documents);
        }
        else
        {
            documents.ForEach(static document => document.Show(Screen.Out));
        }

        return documents.TrueForAll(static document => document.IsValid) ? ExitCode.Done : ExitCode.Failed;
    }

    private static CheckedDocument Read(string path, string document) => PolicyParser.Read(document) switch
    {
        PolicyReading.Valid { Policy: { } policy } => new CheckedDocument(path, policy.Name, policy.Rules.Length, []),
        PolicyReading.Invalid invalid => new CheckedDocument(path, null, null, invalid.Errors),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static async Task<CheckedDocument> AskAsync(
        string path, string document, Conversation with, CancellationToken cancellation)
    {
        ValidatePolicyResponse answer = await with.Client.Policies.ValidatePolicyAsync(
            new ValidatePolicyRequest { Document = document }, with.Call(cancellation));
        ImmutableArray<PolicyError> errors =
        [
            .. answer.Errors.Select(static error => new PolicyError(
                error.Line, error.Column, error.Rule.Length > 0 ? error.Rule : null, error.Message, error.Mend)),
        ];
        return new CheckedDocument(path, null, null, errors);
    }
}
