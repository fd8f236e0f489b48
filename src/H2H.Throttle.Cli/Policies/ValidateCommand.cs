using System.Collections.Immutable;
using System.CommandLine;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Reviews;
using H2H.Throttle.Wire;
using NodaTime;
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

    private readonly Option<bool> strict = new("--strict")
    {
        Description = "Fail if there is a warning, too.",
    };

    public ValidateCommand()
        : base("validate", "Check policy documents: tell every mistake, and rules that cannot matter. Needs no server.")
    {
        Add(files);
        Add(onServer);
        Add(strict);
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

        bool isStrict = with.Parsed.GetValue(strict);
        return documents.TrueForAll(document => document.IsValid && !(isStrict && document.Warnings.Length > 0))
            ? ExitCode.Done
            : ExitCode.Failed;
    }

    private static CheckedDocument Read(string path, string document)
    {
        PolicyReview review = PolicyReview.Of(document, Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
        return review.Reading switch
        {
            PolicyReading.Valid { Policy: { } policy } =>
                new CheckedDocument(path, policy.Name, policy.Rules.Length, [], review.Warnings),
            PolicyReading.Invalid invalid => new CheckedDocument(path, null, null, invalid.Errors, []),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

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
        return new CheckedDocument(path, null, null, errors, [.. WarningView.Read(answer.Warnings)]);
    }
}
