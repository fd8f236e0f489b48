namespace H2H.Throttle.Client;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">Where: <c>contact.channel</c>, or <c>document:LINE:COLUMN</c> in a policy.</param>
/// <param name="Reason">Why, for programs, as in <see cref="ThrottleException.Reason"/>.</param>
/// <param name="Message">Why, for people.</param>
public sealed record FieldViolation(string Field, string Reason, string Message);
