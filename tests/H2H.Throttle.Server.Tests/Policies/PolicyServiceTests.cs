using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.Policies;

/// <summary>Each test has a server of its own, since a policy is for all.</summary>
public sealed class PolicyServiceTests : IAsyncLifetime
{
    private const string Stricter = """
        policy: stricter
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: once, cap: 1, in: lifetime }
        """;

    private const string Mistaken = """
        policy: mistaken
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: none, cap: 0, in: rolling 24h }
          - { name: none, cap: 1, in: 24 }
        """;

    private const string Odd = """
        policy: odd
        channels: [email]
        purposes: { marketing: {} }
        rules:
          - { name: two, cap: 2, in: lifetime }
          - { name: three, cap: 3, in: lifetime }
        """;

    private readonly ReplayServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_new_store_has_the_first_policy_as_version_one()
    {
        GetPolicyResponse first = await server.Policies.GetPolicyAsync(new(), TestServer.Call);

        Assert.True(first.InForce);
        Assert.Equal((TestPolicy.Name, 1, TestPolicy.Document), (
            first.Policy.Name, first.Policy.Version, first.Policy.Document));
        Assert.Equal([TestPolicy.Rule, "quiet-nights"], first.Policy.Rules);
        Assert.NotNull(first.Policy.PublishedAt);
        Assert.Equal(new Actor { Kind = ActorKind.Server, Through = "start" }, first.Policy.Author);
    }

    [Fact]
    public async Task Presets_are_listed_with_their_source_and_what_was_checked_and_packs_with_all_in_them()
    {
        ListPresetsResponse brief = await server.Policies.ListPresetsAsync(new(), TestServer.Call);
        ListPresetsResponse whole = await server.Policies.ListPresetsAsync(
            new() { WithDocuments = true }, TestServer.Call);

        Preset florida = Assert.Single(brief.Presets, static preset => preset.Name == "us-fl-ftsa-cap");
        Assert.Equal(("US-FL", "Fla. Stat. 501.616(6)(b)"), (florida.Jurisdiction, florida.Source));
        Assert.Equal((["US"], ["FL"], ["marketing"], ["us-fl-ftsa-cap"]), (
            florida.Countries, florida.States, florida.Purposes, florida.Rules));
        Assert.Contains(florida.Figures, static figure => figure.Basis is FigureBasis.ConformanceCase);
        Assert.Contains("us-tcpa-hours", Assert.Single(brief.Packs, static pack => pack.Name == "us-fl").Presets);
        Assert.All(brief.Presets, static preset => Assert.Empty(preset.Document));
        Assert.All(whole.Presets, static preset => Assert.StartsWith(
            $"preset: {preset.Name}\n", preset.Document, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_publication_holds_at_once_for_what_was_before_it_too_and_older_versions_stay()
    {
        string person = NewPerson();
        await server.Throttle.ReserveAsync(Reserve(person, At(9)), TestServer.Call);

        PublishPolicyResponse published = await server.Policies.PublishPolicyAsync(
            new() { Document = Stricter, Comment = "less is more", ExpectedVersion = 1 }, TestServer.Call);
        ReserveResponse denied = await server.Throttle.ReserveAsync(Reserve(person, At(10)), TestServer.Call);

        Assert.Equal(("stricter", 2, "", "less is more"), (
            published.Policy.Name, published.Policy.Version, published.Policy.Document, published.Policy.Comment));
        Assert.Equal("once", Assert.Single(denied.Decision.Reasons).Rule);
        Assert.Equal(("stricter", 2), (denied.Decision.Policy, denied.Decision.PolicyVersion));
        GetPolicyResponse old = await server.Policies.GetPolicyAsync(new() { Version = 1 }, TestServer.Call);
        Assert.Equal(TestPolicy.Document, old.Policy.Document);
        Assert.False(old.InForce);
    }

    [Fact]
    public async Task Versions_are_listed_newest_first_page_by_page_without_documents()
    {
        for (int i = 0; i < 3; i++)
        {
            await server.Policies.PublishPolicyAsync(new() { Document = Stricter }, TestServer.Call);
        }

        ListPolicyVersionsResponse first = await server.Policies.ListPolicyVersionsAsync(
            new() { PageSize = 3 }, TestServer.Call);
        ListPolicyVersionsResponse second = await server.Policies.ListPolicyVersionsAsync(
            new() { PageSize = 3, PageToken = first.NextPageToken }, TestServer.Call);

        Assert.Equal([4, 3, 2], first.Policies.Select(static policy => policy.Version));
        Assert.Equal([1], second.Policies.Select(static policy => policy.Version));
        Assert.Empty(second.NextPageToken);
        Assert.All([.. first.Policies, .. second.Policies], static policy => Assert.Empty(policy.Document));
    }

    [Fact]
    public async Task Validating_tells_every_mistake_with_its_place_and_mend_and_publishes_nothing()
    {
        ValidatePolicyResponse good = await server.Policies.ValidatePolicyAsync(
            new() { Document = Stricter }, TestServer.Call);
        ValidatePolicyResponse bad = await server.Policies.ValidatePolicyAsync(
            new() { Document = Mistaken }, TestServer.Call);

        Assert.Empty(good.Errors);
        Assert.True(bad.Errors.Count >= 3);
        Assert.All(bad.Errors, static error =>
        {
            Assert.InRange(error.Line, 1, 6);
            Assert.True(error.Column >= 1);
            Assert.NotEmpty(error.Message);
            Assert.NotEmpty(error.Mend);
        });
        Assert.Contains(bad.Errors, static error => error is { Line: 5, Rule: "none" });
        await IsUntouchedAsync();
    }

    [Fact]
    public async Task What_is_odd_is_told_by_validating_publishing_and_adjusting_and_published_all_the_same()
    {
        ValidatePolicyResponse validated = await server.Policies.ValidatePolicyAsync(
            new() { Document = Odd }, TestServer.Call);
        PublishPolicyResponse published = await server.Policies.PublishPolicyAsync(
            new() { Document = Odd }, TestServer.Call);
        AdjustCapResponse stillOdd = await server.Policies.AdjustCapAsync(
            new() { Rule = "three", Cap = new() { Limit = 4 } }, TestServer.Call);
        AdjustCapResponse mended = await server.Policies.AdjustCapAsync(
            new() { Rule = "three", Cap = new() { Limit = 1 } }, TestServer.Call);

        PolicyWarning warning = Assert.Single(validated.Warnings);
        Assert.Empty(validated.Errors);
        Assert.Equal((6, 13, "three"), (warning.Line, warning.Column, warning.Rule));
        Assert.Equal("Whatever this rule would deny, `two` on line 5 denies anyway.", warning.Message);
        Assert.NotEmpty(warning.Mend);
        Assert.Equal([warning], published.Warnings);
        Assert.Equal([warning], stillOdd.Warnings);
        Assert.Equal(("two", 5), (Assert.Single(mended.Warnings).Rule, mended.Warnings[0].Line));
    }

    [Fact]
    public async Task A_policy_that_does_not_parse_is_refused_with_every_mistake_and_changes_nothing()
    {
        Refusal refusal = await Refusal.OfAsync(
            server.Policies.PublishPolicyAsync(new() { Document = Mistaken }, TestServer.Call));

        Assert.Equal((StatusCode.InvalidArgument, "POLICY_INVALID"), (refusal.Code, refusal.Reason));
        Assert.True(refusal.Violations.Count >= 3);
        Assert.All(
            refusal.Violations, static violation => Assert.Matches(@"^document:\d+:\d+ POLICY_INVALID$", violation));
        await IsUntouchedAsync();
    }

    [Fact]
    public async Task An_empty_an_endless_and_an_outdated_document_are_refused_and_change_nothing()
    {
        Refusal empty = await Refusal.OfAsync(server.Policies.PublishPolicyAsync(new(), TestServer.Call));
        Refusal endless = await Refusal.OfAsync(server.Policies.PublishPolicyAsync(
            new() { Document = new string('#', (1 << 20) + 1) }, TestServer.Call));
        Refusal outdated = await Refusal.OfAsync(server.Policies.PublishPolicyAsync(
            new() { Document = Stricter, ExpectedVersion = 7 }, TestServer.Call));
        Refusal wordy = await Refusal.OfAsync(server.Policies.PublishPolicyAsync(
            new() { Document = Stricter, Comment = new string('x', 1001) }, TestServer.Call));

        Assert.Equal(("FIELD_MISSING", "document"), (empty.Reason, empty.Field));
        Assert.Equal(("POLICY_TOO_LARGE", "document"), (endless.Reason, endless.Field));
        Assert.Equal(
            (StatusCode.Aborted, "POLICY_VERSION_CONFLICT", "expected_version"),
            (outdated.Code, outdated.Reason, outdated.Field));
        Assert.Equal(("TEXT_TOO_LONG", "comment"), (wordy.Reason, wordy.Field));
        await IsUntouchedAsync();
    }

    [Fact]
    public async Task Publishing_again_with_the_request_id_publishes_once_and_with_other_content_not_at_all()
    {
        PublishPolicyRequest request = new() { RequestId = NewRequest(), Document = Stricter };

        PublishPolicyResponse first = await server.Policies.PublishPolicyAsync(request, TestServer.Call);
        PublishPolicyResponse again = await server.Policies.PublishPolicyAsync(request, TestServer.Call);
        request.Document = TestPolicy.Document;
        Refusal reused = await Refusal.OfAsync(server.Policies.PublishPolicyAsync(request, TestServer.Call));

        Assert.Equal(first, again);
        Assert.Equal((StatusCode.AlreadyExists, "REQUEST_ID_REUSED"), (reused.Code, reused.Reason));
        GetPolicyResponse now = await server.Policies.GetPolicyAsync(new(), TestServer.Call);
        Assert.Equal(2, now.Policy.Version);
    }

    [Fact]
    public async Task AdjustCap_changes_one_number_and_keeps_the_rest_of_the_document()
    {
        AdjustCapResponse adjusted = await server.Policies.AdjustCapAsync(
            new() { Rule = TestPolicy.Rule, Cap = new() { Limit = 5 }, ExpectedVersion = 1 }, TestServer.Call);

        Assert.Equal(TestPolicy.Cap, adjusted.Previous.Limit);
        Assert.Equal(2, adjusted.Policy.Version);
        Assert.Equal(
            TestPolicy.Document.Replace("cap: 3 ", "cap: 5 ", StringComparison.Ordinal), adjusted.Policy.Document);
        Assert.NotEmpty(adjusted.Policy.Comment);
    }

    [Fact]
    public async Task AdjustCap_blocks_and_frees()
    {
        AdjustCapResponse blocked = await server.Policies.AdjustCapAsync(
            new() { Rule = TestPolicy.Rule, Cap = new() { Blocked = true } }, TestServer.Call);
        ReserveResponse denied = await server.Throttle.ReserveAsync(Reserve(NewPerson(), At(9)), TestServer.Call);
        AdjustCapResponse freed = await server.Policies.AdjustCapAsync(
            new() { Rule = TestPolicy.Rule, Cap = new() { Unlimited = true } }, TestServer.Call);

        Assert.Contains("cap: blocked", blocked.Policy.Document, StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(denied.Decision.Reasons).Limit);
        Assert.True(freed.Previous.Blocked);
    }

    [Fact]
    public async Task AdjustCap_of_what_cannot_be_adjusted_is_refused_and_changes_nothing()
    {
        Cap five = new() { Limit = 5 };

        Assert.Equal((StatusCode.NotFound, "RULE_UNKNOWN", "rule"), await AdjustAsync("no-such-rule", five));
        Assert.Equal(
            (StatusCode.FailedPrecondition, "RULE_NOT_A_CAP", "rule"), await AdjustAsync("quiet-nights", five));
        Assert.Equal((StatusCode.InvalidArgument, "ID_EMPTY", "rule"), await AdjustAsync("", five));
        Assert.Equal((StatusCode.InvalidArgument, "CAP_OUT_OF_RANGE", "cap"), await AdjustAsync(TestPolicy.Rule, null));
        foreach (Cap cap in new[] { new Cap(), new Cap { Unlimited = false }, new Cap { Blocked = false } })
        {
            Assert.Equal(
                (StatusCode.InvalidArgument, "CAP_OUT_OF_RANGE", "cap"), await AdjustAsync(TestPolicy.Rule, cap));
        }

        foreach (long limit in new[] { 0, -1, 1_000_001, long.MaxValue })
        {
            Assert.Equal(
                (StatusCode.InvalidArgument, "CAP_OUT_OF_RANGE", "cap.limit"),
                await AdjustAsync(TestPolicy.Rule, new Cap { Limit = limit }));
        }

        await IsUntouchedAsync();
    }

    [Fact]
    public async Task An_unknown_version_is_not_found()
    {
        Refusal refusal = await Refusal.OfAsync(server.Policies.GetPolicyAsync(new() { Version = 2 }, TestServer.Call));

        Assert.Equal(
            (StatusCode.NotFound, "POLICY_VERSION_UNKNOWN", "version"), (refusal.Code, refusal.Reason, refusal.Field));
    }

    private async Task<(StatusCode Code, string Reason, string Field)> AdjustAsync(string rule, Cap? cap)
    {
        Refusal refusal = await Refusal.OfAsync(
            server.Policies.AdjustCapAsync(new() { Rule = rule, Cap = cap }, TestServer.Call));
        return (refusal.Code, refusal.Reason, refusal.Field);
    }

    private async Task IsUntouchedAsync()
    {
        GetPolicyResponse now = await server.Policies.GetPolicyAsync(new(), TestServer.Call);
        Assert.Equal((1, TestPolicy.Document), (now.Policy.Version, now.Policy.Document));
    }
}
