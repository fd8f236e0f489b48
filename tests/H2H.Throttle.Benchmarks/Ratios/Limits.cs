using System.Globalization;
using System.Text;

namespace H2H.Throttle.Benchmarks.Ratios;

/// <summary>What the stack itself leaves room for.</summary>
/// <param name="Rows">One for each promise.</param>
/// <param name="Echo">By a call.</param>
/// <param name="EchoStream">By a stream.</param>
/// <param name="Look">By a call, with one visit to Redis.</param>
internal sealed record Limits(
    IReadOnlyList<Limit> Rows, Contender Echo, Contender EchoStream, Contender Look)
{
    private const double StreamWanted = 6;

    public string ToMarkdown()
    {
        (double call, double item, double look) = (MicrosOf(Echo), MicrosOf(EchoStream), MicrosOf(Look));
        double left = (call - (StreamWanted * item)) / (StreamWanted - 1);
        StringBuilder text = new StringBuilder()
            .AppendLine("## Limits")
            .AppendLine()
            .AppendLine(
                "What each ratio would be of a service that decides nothing, checks nothing and knows nobody: the same "
                + "gRPC stack, and one bare visit to the same Redis by the same client for each call. The last column "
                + "is how near the product comes; it may pass 1, for what many calls ask at once it asks together.")
            .AppendLine()
            .AppendLine("| what | against | wanted | a service that is only | would reach | the product, to that |")
            .AppendLine("| --- | --- | ---: | --- | ---: | ---: |");
        foreach (Limit one in Rows)
        {
            text.AppendLine(one.ToMarkdown());
        }

        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture,
            $"A stream spares a decision what HTTP/2 and gRPC cost a call, nothing else: {call:0.0} µs of the server "
            + $"for an echo by a call are {item:0.0} µs by a stream. {StreamWanted:0} times as many by a stream would "
            + $"mean that all the rest of a decision costs {Math.Max(0, left):0.00} µs at most; but one bare GET "
            + $"costs {look - call:0.0} µs.").ToString();
    }

    private static double MicrosOf(Contender one) => one.Of(static round => round.ServerMicros).Median;
}
