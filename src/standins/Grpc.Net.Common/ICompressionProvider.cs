using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages. Safe from any thread.</summary>
public interface ICompressionProvider
{
    /// <summary>As it stands in the header <c>grpc-encoding</c>.</summary>
    string EncodingName { get; }

    /// <summary>Compresses what is written to it into <paramref name="stream"/>, which stays open.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">Null for the provider's own.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>What is read from it is what <paramref name="stream"/> holds, without the compression.</summary>
    Stream CreateDecompressionStream(Stream stream);
}
