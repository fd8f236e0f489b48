using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using H2H.Throttle.Server.Tests.Hosting;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Tests.Access;

/// <summary>A server that asks everybody for credentials.</summary>
public abstract class GuardedServer(params string[] settings) : TestServer(["--Access:Required=true", .. settings])
{
    /// <summary>What the admin's key file holds.</summary>
    public string AdminKey { get; } = RandomNumberGenerator.GetHexString(64, lowercase: true);

    public string AdminKeyPath { get; private set; } = "";

    /// <summary>As every call is made with these credentials; null: with none.</summary>
    public static CallOptions With(string? key) => key is null
        ? Call
        : Call.WithHeaders(new Metadata { { "authorization", $"Bearer {key}" } });

    public async Task<CreateKeyResponse> CreateAsync(Role role, params string[] brands)
    {
        CreateKeyRequest request = new() { Name = $"a {role}", Role = role };
        request.Brands.AddRange(brands);
        return await Access.CreateKeyAsync(request, With(AdminKey));
    }

    public async Task<string> KeyAsync(Role role, params string[] brands) => (await CreateAsync(role, brands)).KeyText;

    public async Task<string> KeyOfAsync(string name, Role role, TimeSpan? lives = null)
    {
        CreateKeyRequest request = new() { Name = name, Role = role, TimeToLive = lives?.ToDuration() };
        return (await Access.CreateKeyAsync(request, With(AdminKey))).KeyText;
    }

    protected override IEnumerable<string> SettingsWith(TemporaryStore files)
    {
        AdminKeyPath = files.Write("admin.key", $"{AdminKey}\n");
        return [$"--Access:AdminKeyPath={AdminKeyPath}"];
    }
}
