using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Compression;
using H2H.Throttle.Standins.Tests.Echoing;
using H2H.Throttle.Standins.Tests.Wire;

namespace H2H.Throttle.Standins.Tests.Compression;

public sealed class CompressionTests(EchoServer server) : IDisposable
{
    private static readonly byte[] Repetitive = new Saying { Text = new string('x', 10_000) }.ToByteArray();

    private readonly HttpClient http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private RawCall Raw => new(http, server.Address);

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task An_answer_is_gzipped_for_a_caller_that_accepts_it()
    {
        RawAnswer answer = await Raw.SayAsync(Repetitive, isCompressed: false, null, accept: "gzip", Cancellation);

        Assert.Equal(("0", "gzip", true), (answer.Status, answer.Encoding, answer.IsCompressed));
        Assert.InRange(answer.Message.Length, 1, Repetitive.Length / 10);
        using GZipStream gzip = new(new MemoryStream(answer.Message.ToArray()), CompressionMode.Decompress);
        Assert.Equal(Repetitive, Saying.Parser.ParseFrom(gzip).ToByteArray());
    }

    [Fact]
    public async Task An_answer_is_plain_for_a_caller_that_does_not_accept_gzip()
    {
        RawAnswer answer = await Raw.SayAsync(Repetitive, isCompressed: false, null, accept: "identity", Cancellation);

        Assert.Equal("0", answer.Status);
        Assert.False(answer.IsCompressed);
        Assert.Equal(Repetitive, answer.Message.ToArray());
    }

    [Fact]
    public async Task An_answer_that_the_service_wants_uncompressed_is_plain()
    {
        byte[] message = new Saying { Text = "quietly" }.ToByteArray();

        RawAnswer answer = await Raw.SayAsync(message, isCompressed: false, null, accept: "gzip", Cancellation);

        Assert.Equal(("0", false), (answer.Status, answer.IsCompressed));
        Assert.Equal(message, answer.Message.ToArray());
    }

    [Fact]
    public async Task A_gzipped_request_is_understood()
    {
        RawAnswer answer = await Raw.SayAsync(
            Gzip(Repetitive), isCompressed: true, encoding: "gzip", accept: "identity", Cancellation);

        Assert.Equal("0", answer.Status);
        Assert.Equal(Repetitive, answer.Message.ToArray());
    }

    [Fact]
    public async Task A_compression_that_the_server_does_not_know_is_unimplemented()
    {
        RawAnswer answer = await Raw.SayAsync(
            Repetitive, isCompressed: true, encoding: "snail", accept: "identity", Cancellation);

        Assert.Equal($"{(int)StatusCode.Unimplemented}", answer.Status);
    }

    [Fact]
    public async Task The_client_reads_gzipped_answers_and_can_gzip_its_requests()
    {
        Saying saying = Saying.Parser.ParseFrom(Repetitive);
        Metadata gzipped = new() { { "grpc-internal-encoding-request", "gzip" } };

        Saying answer = await server.Client.SayAsync(saying, gzipped, cancellationToken: Cancellation);

        Assert.Equal(saying, answer);
    }

    [Fact]
    public void A_provider_reads_what_it_wrote_and_leaves_the_callers_stream_open()
    {
        ICompressionProvider[] providers =
        [
            new GzipCompressionProvider(CompressionLevel.Optimal),
            new DeflateCompressionProvider(CompressionLevel.Optimal),
        ];

        Assert.Equal(["gzip", "deflate"], providers.Select(static provider => provider.EncodingName));
        Assert.All(providers, static provider => Assert.All(
            (CompressionLevel?[])[null, CompressionLevel.Fastest, CompressionLevel.NoCompression],
            level => Assert.Equal(Repetitive, ThereAndBack(provider, level))));
    }

    [Fact]
    public void The_level_of_the_call_wins_over_the_providers_own()
    {
        GzipCompressionProvider provider = new(CompressionLevel.Optimal);

        Assert.InRange(Compress(provider, null).Length, 1, Repetitive.Length / 10);
        Assert.InRange(
            Compress(provider, CompressionLevel.NoCompression).Length, Repetitive.Length, Repetitive.Length * 2);
    }

    [Fact]
    public void Deflate_has_the_envelope_of_rfc_1950()
    {
        byte[] compressed = Compress(new DeflateCompressionProvider(CompressionLevel.Optimal), null).ToArray();

        Assert.Equal(8, compressed[0] & 0x0F);
        Assert.Equal(0, ((compressed[0] << 8) | compressed[1]) % 31);
    }

    private static byte[] ThereAndBack(ICompressionProvider provider, CompressionLevel? level)
    {
        MemoryStream compressed = Compress(provider, level);
        MemoryStream plain = new();
        using (Stream stream = provider.CreateDecompressionStream(compressed))
        {
            stream.CopyTo(plain);
        }

        Assert.True(compressed.CanRead);
        return plain.ToArray();
    }

    private static MemoryStream Compress(ICompressionProvider provider, CompressionLevel? level)
    {
        MemoryStream compressed = new();
        using (Stream stream = provider.CreateCompressionStream(compressed, level))
        {
            stream.Write(Repetitive);
        }

        compressed.Position = 0;
        return compressed;
    }

    private static byte[] Gzip(byte[] plain)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return compressed.ToArray();
    }
}
