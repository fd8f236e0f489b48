namespace H2H.Throttle.Core;

/// <summary>Says which of the faults in this assembly is there, and counts how often the code comes to any.</summary>
public static class PlantedFault
{
    /// <summary>The number of the fault that is there; none by default.</summary>
    public static int Active { get; set; } = -1;

    /// <summary>How often the code came to the place of any fault.</summary>
    public static long Calls { get; set; }

    /// <summary>More calls than this throw: a fault that never ends is ended so, however slow the machine is.</summary>
    public static long CallsMax { get; set; } = long.MaxValue;

    /// <summary>By number, whether the code came to the fault; null: nobody wants to know.</summary>
    public static bool[]? Reached { get; set; }

    public static bool Is(int number)
    {
        if (++Calls > CallsMax)
        {
            throw new System.InvalidOperationException("The fault does not end.");
        }

        if (Reached is { } reached)
        {
            reached[number] = true;
        }

        return number == Active;
    }
}
