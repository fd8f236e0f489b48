namespace H2H.Throttle.Core.Policies;

/// <summary>Why contacts are made, and which rules that exempts them from.</summary>
/// <param name="Name">Its name in the policy.</param>
/// <param name="IsCapped">False: only rules whose <c>when</c> names the purpose govern it.</param>
/// <param name="IsCounted">False: its contacts count for no rule that does not name the purpose.</param>
/// <param name="ObeysOptOut">False: opt-outs and snoozes do not stop it.</param>
/// <param name="ObeysHours">False: rules about hours do not govern it.</param>
public sealed record Purpose(
    string Name, bool IsCapped = true, bool IsCounted = true, bool ObeysOptOut = true, bool ObeysHours = true);
