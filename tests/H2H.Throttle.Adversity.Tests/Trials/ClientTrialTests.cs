namespace H2H.Throttle.Adversity.Tests.Trials;

/// <inheritdoc cref="ShortTrial"/>
[Collection(nameof(AloneCollection))]
public sealed class ClientTrialTests
{
    public static TheoryData<string> Names => ShortTrial.Alone;

    [Theory(Timeout = ShortTrial.HangMs)]
    [MemberData(nameof(Names))]
    public Task Held(string name) => ShortTrial.HeldAsync(name);
}
