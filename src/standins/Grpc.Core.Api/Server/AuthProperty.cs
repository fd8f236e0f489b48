using System.Text;

namespace Grpc.Core;

/// <summary>One thing that the connection proved about the caller.</summary>
public class AuthProperty
{
    private readonly byte[] valueBytes;

    private AuthProperty(string name, byte[] valueBytes) => (Name, this.valueBytes) = (name, valueBytes);

    public string Name { get; }

    /// <summary>The value, read as UTF-8.</summary>
    public string Value => Encoding.UTF8.GetString(valueBytes);

    /// <summary>A copy.</summary>
    public byte[] ValueBytes => [.. valueBytes];

    /// <remarks>The bytes are copied.</remarks>
    public static AuthProperty Create(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        return new AuthProperty(name, [.. valueBytes]);
    }
}
