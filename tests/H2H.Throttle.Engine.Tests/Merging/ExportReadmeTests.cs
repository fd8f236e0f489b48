using System.Collections.Immutable;
using System.Text.Json;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;
using H2H.Throttle.Testing;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Merging;

/// <summary>A person of whom everything is kept: the README has a word for each member of their export.</summary>
public sealed class ExportReadmeTests
{
    private static readonly Scope Phone = new("phone");

    [Fact]
    public async Task Every_member_of_an_export_is_explained()
    {
        await using TrialEngine trial = await StartAsync();
        await trial.Engine.Addresses.LinkAsync("ada", "email:ada@example.org", null, Cancellation);
        await trial.Engine.Pools.JoinAsync(null, "ada", "household", "elm", null, Cancellation);
        await trial.Engine.People.PlaceHoldAsync(null, "ada", "complaint", "case 7", null, Cancellation);
        await trial.Consent.GrantAsync(
            null, "ada", new ConsentDraft("calls") { Proof = "form 9", Source = "shop" }, null, Cancellation);
        await trial.Consent.SnoozeAsync(
            null, "ada", new Scope("sms"), Start + Duration.FromDays(1), null, Cancellation);
        await trial.Engine.People.UpdateAsync(
            null,
            "ada",
            new PersonDraft
            {
                Zone = "Europe/Rome",
                Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("tier", "gold"),
                Limits = [new LimitDraft(Phone, 1, "calendar week")],
                QuietTimes = [new QuietDraft(Phone, "sun all", "2026-12-31")],
            },
            null,
            Cancellation);
        await trial.ReservedAsync(Draft() with { Address = "ada@example.org", Topic = "shoes" });
        await trial.Consent.OptOutAsync(null, "ada", Phone, "letter", null, Cancellation);
        await trial.ReserveAsync(Draft("phone") with { Brand = "north", Topic = "shoes" }, "r-1");
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Consent.RevokeAsync(null, "ada", "calls", Phone, null, null, Cancellation);
        trial.Clock.Advance(Duration.FromHours(1));
        await trial.Consent.RevokeAsync(null, "ada", "calls", Scope.Everything, null, null, Cancellation);

        string json = await trial.Engine.Rights.ExportAsync("ada", null, Cancellation);

        string readme = await File.ReadAllTextAsync(
            Path.Combine(RepositoryFolder.Of("src", "H2H.Throttle.Engine", "People"), "README.md"), Cancellation);
        string section = readme[readme.IndexOf("## What an export has", StringComparison.Ordinal)..];
        section = section[..section.IndexOf("\n## ", StringComparison.Ordinal)];
        string[] members = [.. MembersOf(JsonDocument.Parse(json).RootElement).Distinct()];
        Assert.DoesNotContain(members, member => !section.Contains($"`{member}`", StringComparison.Ordinal));
        Assert.Superset(
            (HashSet<string>)["except", "ended_by", "wish", "topic", "reason", "pool_key", "address_hash", "data"],
            members.ToHashSet());
    }

    /// <summary>Also of members in lists; not what others named, as attributes and facts do.</summary>
    private static IEnumerable<string> MembersOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static member =>
            member.Name is "attributes" or "data" or "labels"
                ? [member.Name]
                : MembersOf(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(MembersOf),
        _ => [],
    };
}
