using System.Text.Json;
using H2H.Throttle.Cli.Tests.Running;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Tests.People;

public sealed class NameCommandTests(LiveServer server) : IClassFixture<LiveServer>
{
    [Fact]
    public async Task An_address_finds_the_person_it_is_linked_to_in_every_command()
    {
        Ended linked = await server.AskAsync("person", "link", "linda", "email:Linda@Example.org");
        (await server.AskAsync("opt-out", "email:linda@example.org", "--channel", "sms")).With(exit: 0);
        Ended denied = await server.AskAsync(
            "check", "linda", "--channel", "sms", "--purpose", "marketing", "--at", "2026-03-02T12:00Z");
        Ended known = await server.AskAsync("person", "get", "email:linda@example.org");
        Ended unlinked = await server.AskAsync("person", "unlink", "linda", "email:linda@example.org");
        Ended again = await server.AskAsync("person", "unlink", "linda", "email:linda@example.org");

        linked.With(exit: 0).Says("found by    an e-mail address, linked");
        denied.With(exit: 3).Says("OPTED_OUT");
        known.With(exit: 0).Says("found by    an e-mail address, linked");
        unlinked.With(exit: 0).Says("found by    nothing else");
        Assert.NotEqual(0, again.Exit);
        again.Complains("not linked to this person");
    }

    [Fact]
    public async Task People_are_joined_and_parted()
    {
        (await server.AskAsync("person", "update", "joan", "--attribute", "tier=gold")).With(exit: 0);
        Ended merged = await server.AskAsync("person", "merge", "joan", "jo");
        Ended json = await server.AskAsync("person", "merge", "joan", "jo", "--json");
        Ended circle = await server.AskAsync("person", "merge", "jo", "joan");
        Ended parted = await server.AskAsync("person", "unmerge", "joan");

        merged.With(exit: 0).Says("Joined. h2h person unmerge takes it back until");
        merged.Says("attribute   tier=gold");
        merged.Says("found by    another id, joined");
        Assert.Equal(32, MergePeopleResponse.Parser.ParseJson(json.With(exit: 0).Output).MergeId.Length);
        Assert.NotEqual(0, circle.Exit);
        circle.Complains("one person already");
        parted.With(exit: 0).Says("On their own again.");
    }

    [Fact]
    public async Task A_person_is_written_out_and_forgotten()
    {
        (await server.AskAsync("opt-out", "tel:+390212345678", "--channel", "sms", "--source", "letter")).With(exit: 0);

        Ended written = await server.AskAsync("person", "export", "tel:+39 02 1234-5678");
        Ended erased = await server.AskAsync("person", "erase", "tel:+390212345678");
        Ended denied = await server.AskAsync(
            "check", "tel:+390212345678", "--channel", "email", "--purpose", "marketing", "--at", "2026-03-02T12:00Z");

        JsonElement all = JsonDocument.Parse(written.With(exit: 0).Output).RootElement;
        Assert.Equal("letter", all.GetProperty("opt_outs_and_opt_ins")[0].GetProperty("source").GetString());
        Assert.Equal("Erased: other names 0, contacts 0.\n", erased.With(exit: 0).Output);
        denied.With(exit: 3).Says("OPTED_OUT");
    }

    [Fact]
    public async Task An_address_that_is_none_is_told_what_it_lacks()
    {
        Ended refused = await server.AskAsync("person", "link", "linda", "tel:0212345678");

        Assert.NotEqual(0, refused.Exit);
        refused.Complains("country code");
    }
}
