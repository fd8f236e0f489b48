namespace Grpc.Core;

/// <summary>What the connection proved about the caller.</summary>
public class AuthContext
{
    private readonly Dictionary<string, List<AuthProperty>> properties;

    public AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
    {
        ArgumentNullException.ThrowIfNull(properties);
        (PeerIdentityPropertyName, this.properties) = (peerIdentityPropertyName, properties);
    }

    public bool IsPeerAuthenticated => PeerIdentityPropertyName is not null;

    /// <summary>The name of the properties that say who the caller is; null for a caller that proved nothing.</summary>
    public string? PeerIdentityPropertyName { get; }

    /// <summary>Empty for a caller that proved nothing.</summary>
    public IEnumerable<AuthProperty> PeerIdentity =>
        PeerIdentityPropertyName is null ? [] : FindPropertiesByName(PeerIdentityPropertyName);

    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(static named => named);

    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        properties.TryGetValue(propertyName, out List<AuthProperty>? named) ? named : [];
}
