namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>A mistake, wherever it stands.</summary>
/// <param name="Message">What is wrong, as a sentence in the reader's terms.</param>
/// <param name="Mend">What to write instead, as a sentence.</param>
internal sealed record Fault(string Message, string Mend);
