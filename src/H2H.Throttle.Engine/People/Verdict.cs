using H2H.Throttle.Core.Decisions;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>A decision, and what it was made by.</summary>
/// <param name="Id">Names it: 32 hexadecimal digits.</param>
/// <param name="Decision">Yes, or no and why.</param>
/// <param name="Policy">The name of the policy that decided.</param>
/// <param name="PolicyVersion">And its version.</param>
/// <param name="At">The instant that was judged.</param>
public sealed record Verdict(string Id, Decision Decision, string Policy, long PolicyVersion, Instant At);
