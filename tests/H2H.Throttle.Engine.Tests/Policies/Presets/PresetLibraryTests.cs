using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Core.Rules;
using H2H.Throttle.Engine.Policies;
using H2H.Throttle.Engine.Policies.Presets;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Engine.Tests.Policies.Presets;

public sealed class PresetLibraryTests
{
    [Fact]
    public void There_is_a_preset_for_every_rule_of_the_conformance_cases()
    {
        using JsonDocument cases = JsonDocument.Parse(
            File.ReadAllText(RepositoryFolder.Of("tests", "cases", "regulations.json")));
        IEnumerable<string> rules = cases.RootElement.EnumerateArray()
            .Select(static one => one.GetProperty("rule").GetString()!)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(rules, PresetLibrary.Presets.Select(static preset => preset.Name));
    }

    [Fact]
    public void Every_rule_is_called_as_its_preset_and_cites_its_source() =>
        Assert.All(PresetLibrary.Presets, static preset =>
        {
            Assert.All(preset.Rules, rule =>
            {
                Assert.Equal(preset.Name, rule.Name.Split('/')[0]);
                Assert.False(string.IsNullOrEmpty(rule.Source));
            });
            Assert.NotEmpty(preset.Figures);
            Assert.True(preset.NeedsOptOuts || !preset.Rules.IsEmpty);
        });

    [Fact]
    public void Packs_name_presets_that_there_are_and_every_preset_is_in_one()
    {
        ImmutableArray<string> packed =
        [
            .. PresetLibrary.Packs.SelectMany(static pack => PresetLibrary.Find(pack.Name))
                .Select(static preset => preset.Name),
        ];

        Assert.All(PresetLibrary.Packs, static pack =>
        {
            Assert.All(pack.Presets, static name => Assert.NotEmpty(PresetLibrary.Find(name)));
            Assert.DoesNotContain(PresetLibrary.Presets, preset => preset.Name == pack.Name);
        });
        Assert.All(PresetLibrary.Presets, preset => Assert.Contains(preset.Name, packed));
        Assert.Empty(PresetLibrary.Find("us-xx"));
    }

    [Fact]
    public void Rules_of_presets_come_before_those_of_the_policy_and_each_preset_once()
    {
        const string Document = """
            channels: [phone]
            purposes: { marketing: {} }
            presets: [fr-phone-cap, fr]
            rules: [ { name: own, cap: 1, in: calendar day } ]
            """;

        PolicyReading.Valid valid = Assert.IsType<PolicyReading.Valid>(PolicyParser.Read(Document));

        Assert.Equal(
            ["fr-phone-cap", "fr-phone-hours", "fr-phone-refusal", "fr-phone-optin-2026", "fr-sms-hours", "own"],
            valid.Policy.Rules.Select(static rule => rule.Name));
    }

    [Fact]
    public void Preset_of_a_country_governs_its_people_and_those_of_no_known_country()
    {
        Rule rule = Assert.Single(Assert.Single(PresetLibrary.Find("us-fl-ftsa-hours")).Rules);

        Assert.True(Governs(rule, null, null));
        Assert.True(Governs(rule, "US", null));
        Assert.True(Governs(rule, "US", "FL"));
        Assert.True(Governs(rule, null, "FL"));
        Assert.False(Governs(rule, "US", "TX"));
        Assert.False(Governs(rule, "FR", "FL"));
        Assert.False(Governs(rule, "FR", null));
    }

    private static bool Governs(Rule rule, string? country, string? state)
    {
        Core.People.Person person = new() { Country = country };
        if (state is not null)
        {
            person = person with { Attributes = person.Attributes.Add("state", state) };
        }

        return rule.When.Matches(new Happening(new Core.Contacts.ContactTraits("phone", "marketing")), person);
    }
}
