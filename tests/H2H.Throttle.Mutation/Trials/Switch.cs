using System.Reflection;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>Turns on one of the faults of the assembly that is loaded, of which nothing is known before.</summary>
internal static class Switch
{
    private static readonly Type Planted =
        Assembly.Load("H2H.Throttle.Core").GetType("H2H.Throttle.Core.PlantedFault", throwOnError: true)!;

    /// <summary>The number of the fault that is there; less than zero: none.</summary>
    public static int Active
    {
        set => Write(value);
    }

    public static long Calls => (long)Read()!;

    /// <summary>Counts from zero, and throws when the code comes to faults more often than this.</summary>
    public static void Allow(long callsMax)
    {
        Write(0L, nameof(Calls));
        Write(callsMax, "CallsMax");
    }

    /// <summary>Whether the code came to a fault from now on, by its number.</summary>
    public static bool[] Watch()
    {
        bool[] reached = new bool[ushort.MaxValue];
        Write(reached, "Reached");
        return reached;
    }

    public static void WatchNothing() => Write(null, "Reached");

    private static object? Read([System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        Planted.GetProperty(name)!.GetValue(null);

    private static void Write(
        object? value, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        Planted.GetProperty(name)!.SetValue(null, value);
}
