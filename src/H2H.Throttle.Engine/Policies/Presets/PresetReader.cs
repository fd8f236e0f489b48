using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;
using H2H.Throttle.Engine.Policies.Readers;

namespace H2H.Throttle.Engine.Policies.Presets;

/// <summary>Reads the file of a preset: a policy, under a head that says where it comes from.</summary>
internal static class PresetReader
{
    /// <summary>The attribute of a person that tells the state of their country.</summary>
    public const string StateAttribute = "state";

    private static readonly ImmutableArray<string> HeadKeys =
    [
        "preset", "title", "jurisdiction", "source", "note", "figures", "countries", "states", "needs_opt_outs",
    ];

    private static readonly ImmutableArray<string> PolicyKeys =
        ["channels", "purposes", "outcomes", "events", "rules"];

    private static readonly ImmutableDictionary<string, Basis> Bases = new Dictionary<string, Basis>
    {
        ["stated by the text, according to a conformance case"] = Basis.StatedByText,
        ["as stated by the conformance case; not checked against the primary text"] = Basis.ConformanceCase,
        ["as stated by the conformance case, from a secondary source or from memory"] = Basis.SecondarySource,
        ["not checked"] = Basis.NotChecked,
    }.ToImmutableDictionary();

    /// <summary>How preset files write what a figure rests on.</summary>
    public static string WordsOf(Basis basis) => Bases.First(pair => pair.Value == basis).Key;

    /// <exception cref="InvalidOperationException">The file has a mistake: the product is built wrong.</exception>
    public static Preset Read(string document)
    {
        Findings findings = new();
        Node root = DocumentReader.ReadOne(document, findings) ?? throw Mistake(findings);
        Fields head = Fields.Of(root, "a preset", [.. HeadKeys, .. PolicyKeys], findings) ?? throw Mistake(findings);
        string name = Text(head, "preset") ?? throw new InvalidOperationException("A preset has no name.");
        Policy? own = PolicyReader.Read(PolicyIn(root), findings);
        if (own is null || !findings.IsEmpty)
        {
            throw Mistake(findings, name);
        }

        ImmutableArray<string> countries = Texts(head["countries"], findings);
        ImmutableArray<string> states = Texts(head["states"], findings);
        string source = Required(head, "source", name);
        return new Preset
        {
            Name = name,
            Title = Required(head, "title", name),
            Jurisdiction = Required(head, "jurisdiction", name),
            Source = source,
            Note = Text(head, "note"),
            Figures = FiguresOf(head, name),
            Countries = countries,
            States = states,
            NeedsOptOuts = Text(head, "needs_opt_outs") is "true",
            Channels = own.Channels,
            Purposes = own.Purposes,
            Rules =
            [
                .. own.Rules.Select(rule => rule with
                {
                    When = new Matcher([.. rule.When.Conditions, .. Elsewhere(countries, states)]),
                    Source = rule.Source ?? source,
                }),
            ],
            Document = document,
        };
    }

    private static Node.Map PolicyIn(Node root) => new(
        root.Line,
        root.Column,
        [.. ((Node.Map)root).Entries.Where(static entry => PolicyKeys.Contains(entry.Key.Text))]);

    /// <summary>What keeps the rules from people who are known to be elsewhere.</summary>
    private static IEnumerable<Condition> Elsewhere(ImmutableArray<string> countries, ImmutableArray<string> states)
    {
        if (!countries.IsEmpty)
        {
            yield return NotKnownToDiffer(static globs => new Condition.Trait(TraitKey.Country, globs), countries);
        }

        if (!states.IsEmpty)
        {
            yield return NotKnownToDiffer(static globs => new Condition.Attribute(StateAttribute, globs), states);
        }
    }

    private static Condition.Not NotKnownToDiffer(
        Func<ImmutableArray<Glob>, Condition> isOneOf, ImmutableArray<string> values)
    {
        Condition.Not differs = new(new Matcher([isOneOf([.. values.Select(static value => new Glob(value))])]));
        return new Condition.Not(new Matcher([isOneOf([new Glob("*")]), differs]));
    }

    private static ImmutableArray<PresetFigure> FiguresOf(Fields head, string name) => head["figures"] is Node.Map map
        ? [.. map.Entries.Select(entry => new PresetFigure(
            entry.Key.Text,
            entry.Value is Node.Scalar basis && Bases.TryGetValue(basis.Text, out Basis known)
                ? known
                : throw new InvalidOperationException($"The preset {name} does not say what a figure rests on.")))]
        : throw new InvalidOperationException($"The preset {name} has no figures.");

    private static string Required(Fields head, string key, string name) =>
        Text(head, key) ?? throw new InvalidOperationException($"The preset {name} has no `{key}`.");

    private static string? Text(Fields fields, string key) => (fields[key] as Node.Scalar)?.Text;

    private static ImmutableArray<string> Texts(Node? node, Findings findings) => node is null
        ? []
        : [.. ValueReader.OneOrMany(node, findings).Select(static value => value.Text)];

    private static InvalidOperationException Mistake(Findings findings, string? name = null) =>
        new($"The preset {name} cannot be read: {string.Join(' ', findings.ToErrors())}");
}
