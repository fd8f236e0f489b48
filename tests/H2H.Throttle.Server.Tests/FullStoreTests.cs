using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;
using static H2H.Throttle.Server.Tests.Hosting.Sample;

namespace H2H.Throttle.Server.Tests;

/// <summary>A store without room: writes are refused as UNAVAILABLE, and what is there can still be asked.</summary>
public sealed class FullStoreTests(FullStoreTests.SmallServer server) : IClassFixture<FullStoreTests.SmallServer>
{
    [Fact]
    public async Task A_full_store_is_told_as_such_and_still_answers_what_needs_no_room()
    {
        RpcException? full = null;
        string last = "";
        while (full is null)
        {
            last = NewPerson();
            RecordRequest request = Record(last, At(9));
            request.Contact.Labels.Add("filler", NewPerson() + NewPerson());
            try
            {
                await server.Throttle.RecordAsync(request, TestServer.Call);
            }
            catch (RpcException error)
            {
                full = error;
            }
        }

        Refusal refusal = Refusal.Of(full);
        Assert.Equal((StatusCode.Unavailable, "STORE_FULL"), (refusal.Code, refusal.Reason));
        ListContactsResponse contacts = await server.People.ListContactsAsync(
            new() { PersonId = last, At = At(9) }, TestServer.Call);
        Assert.Empty(contacts.Contacts);
        CheckResponse check = await server.Throttle.CheckAsync(
            new() { Contact = Contact(last), At = At(9) }, TestServer.Call);
        Assert.Equal(Verdict.Allow, check.Decision.Verdict);
    }

    public sealed class SmallServer()
        : TestServer("--Throttle:TrustRequestTime=true", "--Sqlite:FileBytesMax=262144");
}
