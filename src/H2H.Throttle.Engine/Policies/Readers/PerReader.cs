using System.Collections.Immutable;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies.Documents;

namespace H2H.Throttle.Engine.Policies.Readers;

/// <summary>Reads the keys of <c>per</c>, which split a count.</summary>
internal static class PerReader
{
    private static readonly ImmutableArray<TraitKey> Traits =
    [
        TraitKey.Channel,
        TraitKey.Purpose,
        TraitKey.Brand,
        TraitKey.Campaign,
        TraitKey.Topic,
        TraitKey.Sender,
        TraitKey.Subject,
        TraitKey.Country,
        TraitKey.Address,
    ];

    private static IEnumerable<string> Words => Traits.Select(TraitNames.Of);

    public static ImmutableArray<GroupKey> Read(Node node, Findings findings)
    {
        ImmutableArray<GroupKey>.Builder keys = ImmutableArray.CreateBuilder<GroupKey>();
        foreach (Node.Scalar text in ValueReader.OneOrMany(node, findings))
        {
            if (ReadOne(text.Text) is not { } key)
            {
                string mend = Nearest.To(text.Text, Words) is { } nearest
                    ? $"Write `{nearest}`."
                    : $"Write one of: {string.Join(", ", Words)}, or a label such as `label.project`.";
                findings.Report(text, new Fault($"Contacts cannot be counted per {Quoted.Of(text.Text)}.", mend));
            }
            else if (keys.Contains(key))
            {
                findings.Report(text, new Fault($"{Quoted.Of(text.Text)} stands here twice.", "Keep one of the two."));
            }
            else
            {
                keys.Add(key);
            }
        }

        return keys.ToImmutable();
    }

    private static GroupKey? ReadOne(string text)
    {
        if (TraitNames.LabelOf(text) is { } label)
        {
            return new GroupKey.Label(label);
        }

        foreach (TraitKey trait in Traits)
        {
            if (TraitNames.Of(trait) == text)
            {
                return new GroupKey.Trait(trait);
            }
        }

        return null;
    }
}
