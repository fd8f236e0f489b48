namespace H2H.Throttle.Mutation.Reports;

/// <summary>A fault that the tests are known to notice: a blackout that forbids every other time instead.</summary>
internal static class Canary
{
    /// <summary>As <see cref="Faults.Fault.Key"/> writes it.</summary>
    public const string Key = "Rules/Blackout.cs: !Interval.Contains(at)  =>  Interval.Contains(at)";
}
