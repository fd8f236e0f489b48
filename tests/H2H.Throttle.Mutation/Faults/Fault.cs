namespace H2H.Throttle.Mutation.Faults;

/// <summary>One small change of the code that makes it wrong.</summary>
/// <param name="Number">Of all faults, in the order of files and of places in them.</param>
/// <param name="File">Below the project's folder.</param>
/// <param name="Line">From one.</param>
/// <param name="Was">The code as it is, on one line.</param>
/// <param name="Becomes">The code with the fault, on one line.</param>
/// <param name="Ordinal">Which of the same changes in the file it is, from zero.</param>
/// <param name="IsAtStart">It is in what runs once a process, so that only a new process shows it.</param>
internal sealed record Fault(
    int Number, string File, int Line, string Was, string Becomes, int Ordinal, bool IsAtStart)
{
    /// <summary>Tells the same fault in another run, even if it moved to another line.</summary>
    public string Key => $"{File}: {Was}  =>  {Becomes}{(Ordinal > 0 ? $"  #{Ordinal + 1}" : "")}";
}
