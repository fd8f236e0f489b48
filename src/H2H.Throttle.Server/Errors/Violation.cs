using H2H.Throttle.Wire;

namespace H2H.Throttle.Server.Errors;

/// <summary>One field of a request that is wrong.</summary>
/// <param name="Field">Its path in the words of the proto, such as <c>contact.channel</c>; empty: the whole
/// body.</param>
/// <param name="Reason">Why, for programs.</param>
/// <param name="Message">Why and what to do, for people: a sentence that names the field, and no person's id or
/// address.</param>
internal sealed record Violation(string Field, ErrorReason Reason, string Message);
