using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Server.Tests.Access;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Server.Tests.Webhooks;
using H2H.Throttle.Wire;
using JournalEntry = H2H.Throttle.Wire.JournalEntry;

namespace H2H.Throttle.Server.Tests.Journals;

/// <summary>Every kind of fact, made by a call, names the key that made it, its role and the call.</summary>
public sealed class FactCoverageTests : IAsyncLifetime
{
    private const string Policy = """
        policy: covering
        zone: UTC
        channels: [email, sms]
        purposes: { marketing: {} }
        rules:
          - { name: soft, when: { channel: sms }, cap: 1, in: lifetime, effect: warn }
          - { name: one, when: { channel: email }, cap: 1, in: lifetime }
        """;

    private readonly AskingServer server = new();
    private readonly Dictionary<string, string> made = [];
    private CreateKeyResponse admin = null!;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        admin = await server.CreateAsync(Role.Admin);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Every_kind_of_fact_names_who_made_it_through_what()
    {
        await MakeAllAsync();

        ListEntriesResponse listed = await server.Journal.ListEntriesAsync(
            new() { Filter = new() { Caller = $"key {admin.Key.KeyId}" }, PageSize = 1000 }, With());

        Assert.Equal(
            made.Select(static pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal),
            listed.Entries.Select(static entry => $"{entry.Kind} {entry.Actor.Through}").Distinct()
                .Order(StringComparer.Ordinal));
        Assert.All(listed.Entries, entry => Assert.Equal(
            (ActorKind.Key, admin.Key.KeyId, Role.Admin), (entry.Actor.Kind, entry.Actor.Id, entry.Actor.Role)));
        Assert.Equal(["identity_key_rotated"], JournalKinds.All.Except(made.Keys));   // no call makes that one
    }

    [Fact]
    public async Task No_receiver_of_a_webhook_learns_from_any_kind_of_fact_who_a_person_is()
    {
        await using Receiver receiver = await Receiver.StartAsync();
        await MakeAllAsync();
        Webhook everything = new() { Name = "everything", Url = receiver.Url.AbsoluteUri };
        await server.Webhooks.CreateWebhookAsync(new() { Webhook = everything, After = 0 }, With());

        HashSet<string> kinds = [];
        while (kinds.Count < made.Count)
        {
            Delivery told = await receiver.NextAsync();
            kinds.Add(told.Kind);
            JournalEntry entry = (await server.Journal.ListEntriesAsync(
                new() { PageSize = 1, PageToken = $"o{told.Position - 1}", Order = JournalOrder.OldestFirst }, With()))
                .Entries[0];
            Assert.Equal(entry.FactId, told.Id);
            RequireNobody(told, entry);
        }
    }

    private static void RequireNobody(Delivery told, JournalEntry entry)
    {
        string body = told.Body;
        foreach (string own in (string[])["reservation", "contact"])
        {
            body = entry.Details.TryGetValue(own, out string? id)
                ? body.Replace(id, "", StringComparison.Ordinal)
                : body;
        }

        bool isOfAPerson = entry.Subject.Length == 22;   // a keyed hash; names of policies, lists and keys are not
        Assert.False(isOfAPerson && body.Contains(entry.Subject, StringComparison.Ordinal), body);
        string[] silent = ["reason", "source", "proof", "pool", "merge", "by", "host"];
        Assert.Empty(told.Event.GetProperty("data").GetProperty("details").EnumerateObject()
            .Select(static part => part.Name).Intersect(silent));
        Assert.DoesNotMatch("\"(ann|bob|carl)\"|@|[+]1202", body);
    }

    private CallOptions With() => GuardedServer.With(admin.KeyText);

    private async Task MakeAllAsync()
    {
        await SayAsync();
        await HoldAndPoolAsync();
        await NameAsync();
        await RuleAsync();
        await ShadowAsync();
        await ListAsync();
        await KeyAsync();
        await WebhookAsync();
    }

    private async Task SayAsync()
    {
        ReserveRequest reserve = new() { Contact = Sample.Contact("ann") };
        await server.Throttle.ReserveAsync(reserve, With());
        await server.Consent.OptOutAsync(new() { PersonId = "ann" }, With());
        await server.Consent.OptInAsync(new() { PersonId = "ann" }, With());
        Timestamp until = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(1));
        await server.Consent.SnoozeAsync(new() { PersonId = "ann", Until = until }, With());
        await server.Consent.GrantConsentAsync(new() { PersonId = "ann", Name = "calls" }, With());
        await server.Consent.RevokeConsentAsync(new() { PersonId = "ann", Name = "calls" }, With());
        (made["opt_out"], made["reservation_revoked"], made["opt_in"]) = ("OptOut", "OptOut", "OptIn");
        (made["snooze"], made["consent_given"], made["consent_revoked"]) =
            ("Snooze", "GrantConsent", "RevokeConsent");
    }

    private async Task HoldAndPoolAsync()
    {
        await server.People.PlaceHoldAsync(new() { PersonId = "ann", Hold = "complaint" }, With());
        await server.People.LiftHoldAsync(new() { PersonId = "ann", Hold = "complaint" }, With());
        await server.People.RecordEventAsync(new() { PersonId = "ann", Name = "purchase" }, With());
        await server.People.JoinPoolAsync(new() { PersonId = "ann", Kind = "household", PoolId = "1" }, With());
        await server.People.LeavePoolAsync(new() { PersonId = "ann", Kind = "household", PoolId = "1" }, With());
        (made["hold_placed"], made["hold_lifted"], made["event_recorded"]) = ("PlaceHold", "LiftHold", "RecordEvent");
        (made["pool_joined"], made["pool_left"]) = ("JoinPool", "LeavePool");
    }

    private async Task NameAsync()
    {
        await server.People.LinkAddressAsync(new() { PersonId = "ann", Address = "email:ann@example.org" }, With());
        await server.People.UnlinkAddressAsync(new() { PersonId = "ann", Address = "email:ann@example.org" }, With());
        await server.Throttle.ReserveAsync(new() { Contact = Sample.Contact("carl") }, With());
        await server.People.MergePeopleAsync(new() { SourcePersonId = "carl", TargetPersonId = "ann" }, With());
        await server.People.UndoMergeAsync(new() { PersonId = "carl" }, With());
        await server.People.ErasePersonAsync(new() { PersonId = "carl" }, With());
        (made["address_linked"], made["address_unlinked"]) = ("LinkAddress", "UnlinkAddress");
        (made["people_merged"], made["merge_undone"]) = ("MergePeople", "UndoMerge");
        made["person_erased"] = "ErasePerson";
    }

    private async Task ShadowAsync()
    {
        await server.Policies.PublishShadowPolicyAsync(new() { Document = Policy }, With());
        await server.Policies.EndShadowPolicyAsync(new(), With());
        (made["shadow_set"], made["shadow_ended"]) = ("PublishShadowPolicy", "EndShadowPolicy");
    }

    private async Task RuleAsync()
    {
        await server.Policies.PublishPolicyAsync(new() { Document = Policy }, With());
        ReserveRequest reserve = new() { Contact = Sample.Contact("bob", "sms"), OverrideReason = "asked for it" };
        await server.Throttle.ReserveAsync(reserve, With());
        await server.Throttle.ReserveAsync(reserve, With());
        (made["policy_published"], made["override"]) = ("PublishPolicy", "Reserve");
    }

    private async Task ListAsync()
    {
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            server.Consent.ImportSuppressions(With());
        SuppressionImport import = new() { List = "dnc", AsOf = Timestamp.FromDateTime(DateTime.UtcNow) };
        CancellationToken cancellation = TestServer.Call.CancellationToken;
        SuppressionLines lines = new() { First = 1, Lines = { "+12025550100" } };
        await call.RequestStream.WriteAsync(new ImportSuppressionsRequest { Import = import }, cancellation);
        await call.RequestStream.WriteAsync(new ImportSuppressionsRequest { Lines = lines }, cancellation);
        await call.RequestStream.WriteAsync(
            new ImportSuppressionsRequest { End = new SuppressionImportEnd { Lines = 1 } }, cancellation);
        await call;
        await server.Consent.RemoveSuppressionListAsync(new() { List = "dnc" }, With());
        (made["list_switched"], made["list_removed"]) = ("ImportSuppressions", "RemoveSuppressionList");
    }

    private async Task KeyAsync()
    {
        CreateKeyResponse key = await server.Access.CreateKeyAsync(
            new() { Name = "one", Role = Role.Sender }, With());
        await server.Access.RevokeKeyAsync(new() { KeyId = key.Key.KeyId }, With());
        (made["key_made"], made["key_revoked"]) = ("CreateKey", "RevokeKey");
    }

    private async Task WebhookAsync()
    {
        Webhook webhook = new() { Name = "crm", Url = "https://crm.example" };
        await server.Webhooks.CreateWebhookAsync(new() { Webhook = webhook }, With());
        await server.Webhooks.UpdateWebhookAsync(
            new() { Webhook = new() { Name = "crm", Paused = true }, UpdateMask = new() { Paths = { "paused" } } },
            With());
        await server.Webhooks.RotateWebhookSecretAsync(new() { Name = "crm" }, With());
        await server.Webhooks.DeleteWebhookAsync(new() { Name = "crm" }, With());
        (made["webhook_made"], made["webhook_changed"]) = ("CreateWebhook", "UpdateWebhook");
        (made["webhook_secret_rotated"], made["webhook_deleted"]) = ("RotateWebhookSecret", "DeleteWebhook");
    }
}
