using System.Globalization;
using System.Text;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>What the stack itself leaves room for.</summary>
/// <param name="Rows">One for each promise.</param>
/// <param name="Echo">By a call.</param>
/// <param name="EchoStream">By a stream.</param>
internal sealed record Limits(IReadOnlyList<Limit> Rows, Contender Echo, Contender EchoStream)
{
    public string ToMarkdown()
    {
        StringBuilder text = new StringBuilder()
            .AppendLine("## Limits")
            .AppendLine()
            .AppendLine(
                "What each would be of a service that decides nothing, checks nothing and knows nobody: the same gRPC "
                + "stack, and for each call one bare visit to the same Redis by the same client, 400 bytes in a file "
                + "of the same disk, where all that wait share one write and one sync, or as many under a new key in "
                + "the store that the product embeds. The last column is how near the product comes; it may pass 1, "
                + "for what many calls ask at once it asks together.")
            .AppendLine()
            .AppendLine(
                "| what | against | wanted | a service that is only | against | would reach | the product, to that |")
            .AppendLine("| --- | --- | ---: | --- | --- | ---: | ---: |");
        foreach (Limit one in Rows)
        {
            text.AppendLine(one.ToMarkdown());
        }

        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"A stream spares what HTTP/2 and gRPC cost a call, nothing else: {MicrosOf(Echo):0.0} µs of the server "
            + $"for an echo by a call are {MicrosOf(EchoStream):0.0} µs by a stream.").ToString();
    }

    private static double MicrosOf(Contender one) => one.Of(static round => round.ServerMicros).Median;
}
