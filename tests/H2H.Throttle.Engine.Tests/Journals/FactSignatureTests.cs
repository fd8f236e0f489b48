using System.Text;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Lists;
using H2H.Throttle.Engine.Policies;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.Journals;

/// <summary>The journal names who made a fact, and through what.</summary>
public sealed class FactSignatureTests
{
    private static readonly Actor Platform = new(ActorKind.Key, "3f1c9a07b2d4", Role.Sender, "h2h OptOut");

    [Fact]
    public void A_signed_fact_has_its_particulars_its_actor_and_the_same_id()
    {
        JournalFact fact = Fact("""{"channel":"email"}""");

        JournalFact signed = fact.Sign(Platform);

        Assert.Equal(
            """{"channel":"email","by":"key 3f1c9a07b2d4","by_role":"Sender","through":"h2h OptOut"}""",
            Encoding.UTF8.GetString(signed.Data.Span));
        Assert.Equal((fact.Id, fact.At, fact.Kind, fact.Subject), (signed.Id, signed.At, signed.Kind, signed.Subject));
        Assert.Equal(Platform, signed.ReadActor());
        Assert.Equal("channel=email", Particulars(signed));
    }

    [Fact]
    public void A_fact_keeps_the_actor_that_it_has_and_without_one_stays_as_it_is()
    {
        JournalFact fact = Fact("""{"channel":"email"}""");

        Assert.Same(fact, fact.Sign(null));
        Assert.Equal(Platform, fact.Sign(Platform).Sign(Actor.Person("page")).ReadActor());
    }

    [Theory]
    [InlineData("""{"name":"mail","by":"boss"}""", "boss")]
    [InlineData("""{"name":"mail","by":"anyone"}""", "")]
    [InlineData("""{"name":"mail","by":"admin key file"}""", "admin key file")]
    public void Of_a_fact_that_is_older_than_actors_the_name_is_kept(string data, string id)
    {
        Actor actor = Fact(data).ReadActor()!;

        Assert.Equal((id, null, ""), (actor.Id, actor.Role, actor.Through));
        Assert.True(actor.Kind is ActorKind.Unstated or ActorKind.Anyone);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1,2]")]
    [InlineData("not json")]
    [InlineData("""{"a":{"b":1},"c":3}""")]
    public void Whatever_a_fact_has_for_data_it_can_be_shown_and_names_nobody(string data) =>
        Assert.Null(Fact(data).ReadActor());

    [Theory]
    [InlineData(ActorKind.Server, "")]
    [InlineData(ActorKind.Local, "")]
    [InlineData(ActorKind.Anyone, "")]
    [InlineData(ActorKind.Key, "3f1c9a07b2d4")]
    [InlineData(ActorKind.AdminKey, "")]
    [InlineData(ActorKind.Token, "auth0|a b c")]
    [InlineData(ActorKind.Certificate, "CN=mail, O=acme")]
    [InlineData(ActorKind.Person, "")]
    public void A_name_is_read_as_whom_it_was_written_for(ActorKind kind, string id)
    {
        Actor actor = new(kind, id, Role.Agent, "Snooze");

        Assert.Equal(actor, Actor.Read(actor.Name, Role.Agent, "Snooze"));
    }

    [Fact]
    public void What_is_too_long_is_cut()
    {
        Actor actor = new(ActorKind.Token, new string('i', 1000), null, new string('t', 1000));

        Assert.Equal((Actor.IdLengthMax, Actor.ThroughLengthMax), (actor.Id.Length, actor.Through.Length));
    }

    [Fact]
    public async Task Every_fact_that_a_call_leaves_names_its_caller_and_a_repetition_by_another_changes_nothing()
    {
        await using TrialEngine trial = await StartAsync();
        string mail = await trial.ReservedAsync(Draft("email") with { Brand = "north" });

        await trial.Engine.Consent.By(Platform).OptOutAsync("o", "ada", Scope.Everything, null, null, Cancellation);
        await trial.Engine.Consent.By(Actor.Person("page"))
            .OptOutAsync("o", "ada", Scope.Everything, null, null, Cancellation);

        IReadOnlyList<JournalEntry> entries = await trial.Journal.ReadAsync(1, 100, Cancellation);
        Assert.Equal(["opt_out", "reservation_revoked"], entries.Select(static entry => entry.Fact.Kind));
        Assert.All(entries, static entry => Assert.Equal(Platform, entry.Fact.ReadActor()));
        Assert.Equal($"reservation={mail}, brand=north", Particulars(entries[1].Fact));
    }

    [Fact]
    public async Task The_server_signs_the_policy_that_it_starts_with_and_an_author_the_next_on_every_server()
    {
        await using TrialEngine trial = await StartAsync();
        Actor author = new(ActorKind.Token, "boss", Role.Admin, "PublishPolicy");

        PolicyVersion next = await trial.Engine.Policies.By(author)
            .PublishAsync(null, trial.Engine.Policies.Get(null).Document, null, null, Cancellation);

        Assert.Equal(author, next.Author);
        Assert.Equal(author, trial.Engine.Policies.Get(2).Author);
        Assert.Equal(
            [Actor.Server("start"), author],
            (await trial.Journal.ReadAsync(0, 100, Cancellation)).Select(static entry => entry.Fact.ReadActor()));
    }

    [Fact]
    public async Task Whoever_switches_and_removes_a_list_is_named()
    {
        await using TrialEngine trial = await StartAsync();
        Actor author = new(ActorKind.Key, "3f1c9a07b2d4", Role.Admin, "ImportSuppressions");
        ListShelf lists = trial.Engine.Lists.By(author);

        ListImport import = await lists.ImportAsync(
            new ImportDraft { List = "dnc", ImportId = "1", AsOf = Start }, Cancellation);
        await import.AddAsync(1, ["+12025550100"], Cancellation);
        await import.FinishAsync(new ImportEnd(1), Cancellation);
        await lists.RemoveAsync("dnc", Cancellation);

        Assert.Equal(
            [("list_switched", author), ("list_removed", author)],
            (await trial.Journal.ReadAsync(1, 100, Cancellation))
                .Select(static entry => (entry.Fact.Kind, entry.Fact.ReadActor()!)));
    }

    private static string Particulars(JournalFact fact) =>
        string.Join(", ", fact.ReadParticulars(out _).Select(static part => $"{part.Key}={part.Value}"));

    private static JournalFact Fact(string data) =>
        new("f", Instant.FromUnixTimeTicks(1), "opt_out", "p", Encoding.UTF8.GetBytes(data));
}
