using System.Text;

namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>
/// The headers of a gRPC call, compressed as clients do it (RFC 7541): the first call of a connection names them, every
/// later one points at them.
/// </summary>
internal static class CallHeaders
{
    private const byte Post = 0x83;
    private const byte Http = 0x86;
    private const byte NamedAuthority = 0x41;
    private const byte NamedPath = 0x44;
    private const byte NamedContentType = 0x5F;
    private const byte NewName = 0x40;

    // Of the four that were added to the table, the last has the lowest place.
    private const byte TrailersPlace = 0x80 | 62;
    private const byte ContentTypePlace = 0x80 | 63;
    private const byte AuthorityPlace = 0x80 | 64;
    private const byte PathPlace = 0x80 | 65;

    public static byte[] Later { get; } = [Post, Http, PathPlace, AuthorityPlace, ContentTypePlace, TrailersPlace];

    public static byte[] First(string path, string authority) =>
    [
        Post, Http,
        NamedPath, .. Text(path),
        NamedAuthority, .. Text(authority),
        NamedContentType, .. Text("application/grpc"),
        NewName, .. Text("te"), .. Text("trailers"),
    ];

    // All of them are shorter than the 127 bytes from which on a length takes more than one byte.
    private static byte[] Text(string text) => [checked((byte)text.Length), .. Encoding.ASCII.GetBytes(text)];
}
