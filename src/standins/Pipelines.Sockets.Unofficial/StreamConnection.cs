using System.IO.Pipelines;
using Pipelines.Sockets.Unofficial.Pumps;

namespace Pipelines.Sockets.Unofficial;

/// <summary>A stream as pipes.</summary>
public static class StreamConnection
{
    /// <summary>Both directions of a stream that is read while it is written to. Disposing closes it.</summary>
    public static IDuplexPipe GetDuplex(
        Stream stream,
        PipeOptions? sendPipeOptions = null,
        PipeOptions? receivePipeOptions = null,
        string? name = null) =>
        PumpPair.Start(
            new StreamLine(stream), sendPipeOptions ?? PipeOptions.Default, receivePipeOptions ?? PipeOptions.Default);

    public static PipeReader GetReader(Stream stream, PipeOptions? pipeOptions = null, string? name = null) =>
        PipeReader.Create(stream, new StreamPipeReaderOptions((pipeOptions ?? PipeOptions.Default).Pool));
}
