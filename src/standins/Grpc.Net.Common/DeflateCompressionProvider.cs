using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>What gRPC calls deflate: RFC 1951 within the envelope of RFC 1950, as in HTTP.</summary>
public sealed class DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) : ICompressionProvider
{
    public string EncodingName => "deflate";

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new ZLibStream(stream, compressionLevel ?? defaultCompressionLevel, leaveOpen: true);

    public Stream CreateDecompressionStream(Stream stream) =>
        new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
