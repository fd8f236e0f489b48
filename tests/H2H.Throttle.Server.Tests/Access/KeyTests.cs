using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>Keys are made, shown, bound to brands, and taken back.</summary>
public sealed class KeyTests(AskingServer server) : IClassFixture<AskingServer>
{
    [Fact]
    public async Task A_caller_is_who_its_key_says()
    {
        string key = await server.KeyAsync(Role.Sender, "north", "south");

        GetCallerResponse caller = await server.Access.GetCallerAsync(new(), GuardedServer.With(key));

        Assert.Equal(("a Sender", Role.Sender), (caller.Name, caller.Role));
        Assert.Equal(["north", "south"], caller.Brands);
    }

    [Fact]
    public async Task Whoever_publishes_a_policy_is_named_by_the_id_of_the_key_with_the_call_and_the_program()
    {
        CreateKeyResponse made = await server.CreateAsync(Role.Admin);
        CallOptions with = GuardedServer.With(made.KeyText);
        with.Headers!.Add("h2h-program", "h2h");
        Policy first = (await server.Policies.GetPolicyAsync(new(), with)).Policy;

        PublishPolicyResponse published = await server.Policies.PublishPolicyAsync(
            new() { Document = first.Document }, with);

        Actor author = published.Policy.Author;
        Assert.Equal(
            (ActorKind.Key, made.Key.KeyId, Role.Admin, "h2h PublishPolicy"),
            (author.Kind, author.Id, author.Role, author.Through));
    }

    [Fact]
    public async Task A_name_of_a_program_that_is_none_is_left_out_of_the_journal()
    {
        CallOptions with = GuardedServer.With(server.AdminKey);
        with.Headers!.Add("h2h-program", "a b <c>");
        Policy first = (await server.Policies.GetPolicyAsync(new(), with)).Policy;

        PublishPolicyResponse published = await server.Policies.PublishPolicyAsync(
            new() { Document = first.Document }, with);

        Assert.Equal(
            (ActorKind.AdminKey, "", "PublishPolicy"),
            (published.Policy.Author.Kind, published.Policy.Author.Id, published.Policy.Author.Through));
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        CreateKeyResponse made = await server.CreateAsync(Role.Agent);
        CallOptions with = GuardedServer.With(made.KeyText);
        await server.Access.GetCallerAsync(new(), with);

        await server.Access.RevokeKeyAsync(new() { KeyId = made.Key.KeyId }, GuardedServer.With(server.AdminKey));

        Refusal refusal = await Refusal.OfAsync(server.Access.GetCallerAsync(new(), with));
        Assert.Equal((StatusCode.Unauthenticated, "CREDENTIALS_INVALID"), (refusal.Code, refusal.Reason));
        ListKeysResponse listed = await server.Access.ListKeysAsync(new(), GuardedServer.With(server.AdminKey));
        Assert.NotNull(listed.Keys.Single(key => key.KeyId == made.Key.KeyId).RevokedAt);
    }

    [Fact]
    public async Task A_sender_speaks_for_its_own_brands_alone()
    {
        CallOptions north = GuardedServer.With(await server.KeyAsync(Role.Sender, "north"));

        ReserveResponse own = await server.Throttle.ReserveAsync(Reserve("ben", "north"), north);
        Refusal other = await Refusal.OfAsync(server.Throttle.ReserveAsync(Reserve("ben", "south"), north));
        Refusal none = await Refusal.OfAsync(server.Throttle.CheckAsync(
            new() { Contact = Reserve("ben", "").Contact }, north));

        Assert.Equal(Verdict.Allow, own.Decision.Verdict);
        Assert.Equal((StatusCode.PermissionDenied, "BRAND_NOT_ALLOWED"), (other.Code, other.Reason));
        Assert.Equal("contact.brand", other.Field);
        Assert.Equal("BRAND_NOT_ALLOWED", none.Reason);
    }

    [Fact]
    public async Task A_sender_cannot_settle_what_another_brand_reserved()
    {
        CallOptions north = GuardedServer.With(await server.KeyAsync(Role.Sender, "north"));
        CallOptions south = GuardedServer.With(await server.KeyAsync(Role.Sender, "south"));
        string id = (await server.Throttle.ReserveAsync(Reserve("cyd", "north"), north)).Reservation.ReservationId;

        Refusal confirmed = await Refusal.OfAsync(server.Throttle.ConfirmAsync(new() { ReservationId = id }, south));
        Refusal released = await Refusal.OfAsync(server.Throttle.ReleaseAsync(new() { ReservationId = id }, south));
        Refusal reported = await Refusal.OfAsync(server.Throttle.ReportOutcomeAsync(
            new() { ContactId = id, Outcome = new() { Name = "bounced" } }, south));
        Refusal unknown = await Refusal.OfAsync(server.Throttle.ReleaseAsync(
            new() { ReservationId = "AAAAAAAAAAAAAAAAAAAAAA1" }, south));

        Assert.All([confirmed, released, reported], static one => Assert.Equal("BRAND_NOT_ALLOWED", one.Reason));
        Assert.Equal("RESERVATION_UNKNOWN", unknown.Reason);
        ReleaseResponse own = await server.Throttle.ReleaseAsync(new() { ReservationId = id }, north);
        Assert.Equal(ContactState.Released, own.Contact.State);
    }

    [Fact]
    public async Task Brands_and_roles_that_make_no_sense_are_refused()
    {
        CreateKeyRequest request = new() { Name = "x", Role = Role.Admin };
        request.Brands.Add("north");

        Refusal bound = await Refusal.OfAsync(
            server.Access.CreateKeyAsync(request, GuardedServer.With(server.AdminKey)));
        Refusal roleless = await Refusal.OfAsync(
            server.Access.CreateKeyAsync(new() { Name = "x" }, GuardedServer.With(server.AdminKey)));
        Refusal unknown = await Refusal.OfAsync(
            server.Access.RevokeKeyAsync(new() { KeyId = "none" }, GuardedServer.With(server.AdminKey)));

        Assert.Equal(["brands FIELD_NOT_ALLOWED"], bound.Violations);
        Assert.Equal(["role ENUM_OUT_OF_RANGE"], roleless.Violations);
        Assert.Equal((StatusCode.NotFound, "KEY_UNKNOWN"), (unknown.Code, unknown.Reason));
    }

    [Fact]
    public async Task A_new_admin_key_file_takes_the_place_of_the_old()
    {
        await using AskingServer own = new();
        await own.InitializeAsync();
        const string New = "ffffffffffffffffffffffffffffffffffffffff";
        await File.WriteAllTextAsync(own.AdminKeyPath, New, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(own.AdminKeyPath, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        // It is looked at once a second.
        string name = "";
        for (int tries = 0; tries < 100 && name.Length == 0; tries++)
        {
            try
            {
                name = (await own.Access.GetCallerAsync(new(), GuardedServer.With(New))).Name;
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unauthenticated)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal("admin key file", name);
        Refusal old = await Refusal.OfAsync(own.Access.GetCallerAsync(new(), GuardedServer.With(own.AdminKey)));
        Assert.Equal("CREDENTIALS_INVALID", old.Reason);
    }

    private static ReserveRequest Reserve(string person, string brand) => new()
    {
        Contact = new() { PersonId = person, Channel = "email", Purpose = "marketing", Brand = brand },
    };
}
