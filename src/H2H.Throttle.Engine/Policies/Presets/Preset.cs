using System.Collections.Immutable;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Rules;

namespace H2H.Throttle.Engine.Policies.Presets;

/// <summary>A ready set of rules, mostly a law, that policies take in by its name.</summary>
/// <remarks>
/// Its rules are called as it is, or as it is with something after a slash. They govern people of its countries and
/// states, and people of whom those are not known.
/// </remarks>
public sealed record Preset
{
    public required string Name { get; init; }

    /// <summary>What it holds to, in a sentence.</summary>
    public required string Title { get; init; }

    /// <summary>ISO 3166, such as <c>US-FL</c>; <c>EU</c> or <c>global</c> where no country is meant.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>The citation.</summary>
    public required string Source { get; init; }

    /// <summary>What must be known to use it rightly; null: nothing more than its rules say.</summary>
    public string? Note { get; init; }

    /// <summary>Every figure that it holds to, and what each rests on. Never empty.</summary>
    public required ImmutableArray<PresetFigure> Figures { get; init; }

    /// <summary>ISO 3166-1 alpha-2 codes of the people it is for; empty: all people.</summary>
    public ImmutableArray<string> Countries { get; init; } = [];

    /// <summary>Values of the attribute <c>state</c> of the people it is for; empty: all of its countries.</summary>
    public ImmutableArray<string> States { get; init; } = [];

    /// <summary>
    /// Whether it holds by what is always in force, opt-outs, so that its purposes may not ignore them.
    /// </summary>
    public bool NeedsOptOuts { get; init; }

    /// <summary>Those that it speaks of, and that a policy of it alone declares.</summary>
    public required ImmutableArray<string> Channels { get; init; }

    /// <summary>Those that it speaks of, and that a policy of it alone declares.</summary>
    public required ImmutableDictionary<string, Purpose> Purposes { get; init; }

    /// <summary>Empty only if <see cref="NeedsOptOuts"/>.</summary>
    public required ImmutableArray<Rule> Rules { get; init; }

    /// <summary>The file, comments included.</summary>
    public required string Document { get; init; }
}
