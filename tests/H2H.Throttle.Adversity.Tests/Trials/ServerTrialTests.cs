namespace H2H.Throttle.Adversity.Tests.Trials;

/// <inheritdoc cref="ShortTrial"/>
public sealed class ServerTrialTests
{
    public static TheoryData<string> Names => ShortTrial.OfServers;

    [Theory(Timeout = ShortTrial.HangMs)]
    [MemberData(nameof(Names))]
    public Task Held(string name) => ShortTrial.HeldAsync(name);
}
