namespace H2H.Throttle.Engine.Requests;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Reason">For programs.</param>
/// <param name="Field">
/// The path of the field at fault, as in <c>contact.channel</c>; empty if it is none in particular.
/// </param>
/// <param name="Message">What is wrong and how to mend it, without a person's id or address.</param>
public sealed record Problem(ProblemReason Reason, string Field, string Message);
