using Grpc.Core;
using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Lists;

/// <summary>Sends a file to a server, and goes on where it was when the connection breaks.</summary>
/// <param name="with">Whom to send it to.</param>
/// <param name="file">What to send.</param>
/// <param name="about">What it is; with an import id.</param>
/// <param name="end">What to say at its end, but for the number of lines.</param>
/// <param name="patience">How long no server may answer before it is given up.</param>
internal sealed class Importer(
    Conversation with, AddressFile file, SuppressionImport about, SuppressionImportEnd end, TimeSpan patience)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider clock = TimeProvider.System;
    private long bytesSent;

    public long BytesSent => Volatile.Read(ref bytesSent);

    /// <summary>How often the connection broke.</summary>
    public int Resumed { get; private set; }

    /// <exception cref="ThrottleException">The import was refused, or patience is at its end.</exception>
    public async Task<ImportSuppressionsResponse> RunAsync(CancellationToken cancellation)
    {
        long lastAnswer = clock.GetTimestamp();
        while (true)
        {
            try
            {
                GetSuppressionImportRequest request = new() { List = about.List, ImportId = about.ImportId };
                GetSuppressionImportResponse known =
                    await with.Client.Consent.GetSuppressionImportAsync(request, with.Call(cancellation));
                lastAnswer = clock.GetTimestamp();
                return await SendAsync(known.Import.Lines, cancellation);
            }
            catch (ThrottleException error) when (error.MayBeRepeated
                && error.Reason is not "CONTENDED"
                && clock.GetElapsedTime(lastAnswer) < patience)
            {
                Resumed++;
                await Task.Delay(Pause, clock, cancellation);
            }
        }
    }

    private async Task<ImportSuppressionsResponse> SendAsync(long known, CancellationToken cancellation)
    {
        using AsyncClientStreamingCall<ImportSuppressionsRequest, ImportSuppressionsResponse> call =
            with.Client.Consent.ImportSuppressions(cancellationToken: cancellation);
        try
        {
            await SendAsync(call.RequestStream, known, cancellation);
        }
        catch (Exception broken) when (broken is RpcException or InvalidOperationException or IOException)
        {
            // The stream ended before all was sent; the answer says why.
        }

        return await call;
    }

    private async Task SendAsync(
        IClientStreamWriter<ImportSuppressionsRequest> stream, long known, CancellationToken cancellation)
    {
        await stream.WriteAsync(new ImportSuppressionsRequest { Import = about }, cancellation);
        long sent = 0;
        foreach ((List<string> piece, long bytes) in file.Pieces())
        {
            if (sent + piece.Count > known)
            {
                SuppressionLines lines = new() { First = sent + 1 };
                lines.Lines.AddRange(piece);
                await stream.WriteAsync(new ImportSuppressionsRequest { Lines = lines }, cancellation);
            }

            sent += piece.Count;
            Volatile.Write(ref bytesSent, bytes);
        }

        SuppressionImportEnd last = end.Clone();
        last.Lines = sent;
        await stream.WriteAsync(new ImportSuppressionsRequest { End = last }, cancellation);
        await stream.CompleteAsync();
    }
}
