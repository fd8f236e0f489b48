using System.Collections.Immutable;
using System.Reflection;

namespace H2H.Throttle.Standins.Tests.References;

/// <summary>Whatever the packages reference in the stand-ins is there, signature by signature.</summary>
public sealed class ReferenceTests : IDisposable
{
    private const string UnknownKey = "Pipelines.Sockets.Unofficial";

    private static readonly ImmutableArray<string> StandInNames =
    [
        .. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "standins"))
            .Select(static folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal),
    ];

    private readonly ImmutableArray<AssemblyImage> images = [.. AssemblyImage.InFolder(AppContext.BaseDirectory)];

    public static TheoryData<string> Users
    {
        get
        {
            ImmutableArray<AssemblyImage> all = [.. AssemblyImage.InFolder(AppContext.BaseDirectory)];
            try
            {
                return [.. all.Where(static image => image.References.Intersect(StandInNames).Any())
                    .Select(static image => image.Name)];
            }
            finally
            {
                Dispose(all);
            }
        }
    }

    public void Dispose() => Dispose(images);

    [Fact]
    public void Every_package_that_rests_on_a_stand_in_is_looked_at()
    {
        string[] users = [.. Users.Select(static row => row.Data)];

        Assert.Superset(
            new HashSet<string>(
                ["Grpc.AspNetCore.Server", "Grpc.Net.Client", "H2H.Throttle.Contracts", "StackExchange.Redis"]),
            new HashSet<string>(users));
        Assert.All(StandInNames, standIn => Assert.Contains(images, image => image.References.Contains(standIn)));
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void A_stand_in_has_the_very_identity_that_is_referenced(string user)
    {
        AssemblyImage image = images.Single(image => image.Name == user);

        Assert.All(
            images.Where(standIn => StandInNames.Contains(standIn.Name) && image.References.Contains(standIn.Name)),
            standIn => Assert.Equal(
                WithoutUnknownKey(standIn.Name, image.IdentityOf(standIn.Name)), standIn.Identity));
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void Every_type_member_and_override_resolves(string user)
    {
        AuditReport report = ReferenceAudit.Run(
            images.Single(image => image.Name == user),
            images.Where(static image => StandInNames.Contains(image.Name)));

        Assert.Equal("", string.Join(Environment.NewLine, report.Unresolved));
        Assert.NotEqual(0, report.CheckedCount);
    }

    [Theory]
    [MemberData(nameof(Users))]
    public void Every_type_loads_so_nothing_abstract_is_left_open(string user)
    {
        Type[] types = Assembly.Load(user).GetTypes();

        Assert.NotEmpty(types);
    }

    /// <summary>An identity; unsigned where the public key itself is nowhere to be read.</summary>
    /// <remarks>The runtime does not compare keys: that every type loads, and every call runs, is the proof.</remarks>
    private static string WithoutUnknownKey(string standIn, string identity) => standIn == UnknownKey
        ? identity.Replace("PublicKeyToken=42ea0a778e13fbe2", "PublicKeyToken=null", StringComparison.Ordinal)
        : identity;

    private static void Dispose(ImmutableArray<AssemblyImage> images)
    {
        foreach (AssemblyImage image in images)
        {
            image.Dispose();
        }
    }
}
