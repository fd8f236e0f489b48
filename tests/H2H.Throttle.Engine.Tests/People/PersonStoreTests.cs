using H2H.Throttle.Core.Decisions;
using H2H.Throttle.Engine.Contacts;
using NodaTime;
using static H2H.Throttle.Engine.Tests.TrialEngine;

namespace H2H.Throttle.Engine.Tests.People;

public sealed class PersonStoreTests
{
    [Fact]
    public async Task History_that_is_played_back_is_not_forgotten_because_it_was_long_ago()
    {
        await using TrialEngine trial = await StartAsync();
        trial.Options.TrustRequestTime = true;
        Instant longAgo = Instant.FromUtc(2008, 5, 5, 12, 0);

        for (int call = 0; call < 3; call++)
        {
            Assert.IsType<Decision.Allowed>(await DecideAsync(trial, longAgo));
        }

        Assert.IsType<Decision.Denied>(await DecideAsync(trial, longAgo));
    }

    private static async Task<Decision> DecideAsync(TrialEngine trial, Instant at)
    {
        ReserveResult result = await trial.Throttler.ReserveAsync(null, Draft(), null, at, null, Cancellation);
        return result.Verdict.Decision;
    }
}
