using H2H.Throttle.Cli.Asking;
using H2H.Throttle.Cli.Options;
using H2H.Throttle.Cli.Showing;
using H2H.Throttle.Client;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Cli.Replay;

/// <summary>Makes a server ready for a replay, or says why it is not.</summary>
internal static class ReplayStage
{
    /// <summary>
    /// Asks a harmless question of the past, so that a server that is not for replays is left as it is.
    /// </summary>
    /// <exception cref="UnusableException">The server goes by its own clock.</exception>
    public static async Task RequireTrustAsync(Conversation with, Instant first, CancellationToken cancellation)
    {
        CheckRequest question = new() { Contact = new Contact { PersonId = "nobody" }, At = Moments.Write(first) };
        try
        {
            _ = await with.Client.Throttle.CheckAsync(question, with.Call(cancellation));
        }
        catch (ThrottleException error) when (error.Violations.Any(static one => one.Reason == "TIME_OUT_OF_RANGE"))
        {
            throw new UnusableException(
                "The server goes by its own clock, so it cannot be asked about the past (TIME_OUT_OF_RANGE). Start one "
                + $"for the replay, on a store of its own: {Advice.StartServer} -- {Advice.TrustTime} "
                + "--Sqlite:Path=replay.db",
                error);
        }
        catch (ThrottleException error) when (error.Violations.Length > 0)
        {
            // The question names no channel and no purpose, because no policy is known yet.
        }
    }

    public static async Task<Policy> InForceAsync(Conversation with, CancellationToken cancellation)
    {
        GetPolicyResponse answer = await with.Client.Policies.GetPolicyAsync(
            new GetPolicyRequest(), with.Call(cancellation));
        return answer.Policy;
    }

    /// <summary>Publishes the document, unless it is in force already; answers with it.</summary>
    public static async Task<Policy> PublishAsync(Conversation with, string document, CancellationToken cancellation)
    {
        Policy current = await InForceAsync(with, cancellation);
        if (current.Document == document)
        {
            return current;
        }

        PublishPolicyResponse answer = await with.Client.Policies.PublishPolicyAsync(
            new PublishPolicyRequest
            {
                Document = document, Comment = "For a replay of calls.", ExpectedVersion = current.Version,
            },
            with.Call(cancellation));
        answer.Policy.Document = document;   // left out of the answer
        return answer.Policy;
    }
}
