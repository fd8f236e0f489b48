using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests.PublicPages;

/// <summary>People whose mail program writes a mail to unsubscribe, and mails that only look like it.</summary>
public sealed class UnsubscribeMailTests(UnsubscribeMailTests.MailServer server)
    : IClassFixture<UnsubscribeMailTests.MailServer>
{
    private static readonly ConsentScope List = new() { Channel = "email", Brand = "north" };
    private readonly string person = NewPerson();

    [Fact]
    public async Task The_header_names_the_link_and_a_mail_whose_subject_opts_out_whoever_sends_it()
    {
        CreateUnsubscribeLinkResponse link = await server.Consent.CreateUnsubscribeLinkAsync(
            new() { PersonId = person, Scope = List }, TestServer.Call);
        string token = TokenOf(link);
        Assert.Equal(
            $"<{link.Url}>, <mailto:stop+north@lists.example.com?subject=unsubscribe%20{token}>"
                .Replace("stop+north", "stop%2Bnorth", StringComparison.Ordinal),
            link.ListUnsubscribe);

        ReceiveMessageResponse answer = await server.Consent.ReceiveMessageAsync(
            new() { Channel = "email", Text = $"Subject: unsubscribe {token}\r\n\r\n" }, TestServer.Call);

        Assert.Equal((MessageMeaning.OptOut, "unsubscribe"), (answer.Meaning, answer.Keyword));
        Assert.Equal(List, answer.Scope);
        GetConsentResponse said = await server.ConsentAsync(person);
        Assert.Equal(
            (List, "email UNSUBSCRIBE"), (Assert.Single(said.Consent.OptOuts).Scope, said.Consent.OptOuts[0].Source));
        Assert.Equal("keyword", said.History[0].Through);
    }

    [Fact]
    public async Task A_mail_that_comes_twice_is_remembered_once()
    {
        string token = TokenOf(await server.Consent.CreateUnsubscribeLinkAsync(
            new() { PersonId = person, Scope = List }, TestServer.Call));
        ReceiveMessageRequest mail = new()
        {
            RequestId = NewRequest(), Channel = "email", Text = $"unsubscribe {token}",
        };

        ReceiveMessageResponse first = await server.Consent.ReceiveMessageAsync(mail, TestServer.Call);
        ReceiveMessageResponse again = await server.Consent.ReceiveMessageAsync(mail, TestServer.Call);

        Assert.Equal(first.Confirmation, again.Confirmation);
        Assert.Single((await server.ConsentAsync(person)).History);
    }

    [Fact]
    public async Task A_bent_token_another_kind_of_link_and_a_quoted_one_opt_nobody_out()
    {
        CreateUnsubscribeLinkResponse link = await server.Consent.CreateUnsubscribeLinkAsync(
            new() { PersonId = person, Scope = List }, TestServer.Call);
        string token = TokenOf(link);
        string page = (await server.PageUrlAsync(person)).Split('/')[^1];
        string other = NewPerson();
        string[] texts =
        [
            $"unsubscribe {token[..^1]}", $"unsubscribe {page}", $"Thank you!\n> {link.Url}\n> unsubscribe {token}",
            $"do not unsubscribe {token}", $"unsubscribe {token} no, wait",
        ];

        foreach (string text in texts)
        {
            ReceiveMessageResponse answer = await server.Consent.ReceiveMessageAsync(
                new() { PersonId = other, Channel = "email", Text = text }, TestServer.Call);
            Assert.NotEqual(MessageMeaning.OptOut, answer.Meaning);
        }

        RpcException nobody = await Assert.ThrowsAsync<RpcException>(async () => await server.Consent
            .ReceiveMessageAsync(new() { Channel = "email", Text = $"unsubscribe {token[1..]}" }, TestServer.Call));
        Assert.Equal(StatusCode.InvalidArgument, nobody.StatusCode);
        Assert.Empty((await server.ConsentAsync(person)).Consent.OptOuts);
        Assert.Empty((await server.ConsentAsync(other)).Consent.OptOuts);
    }

    private static string TokenOf(CreateUnsubscribeLinkResponse link) => link.Url.Split('/')[^1];

    public sealed class MailServer() : TestServer("--Public:UnsubscribeMail=stop+north@lists.example.com");
}
