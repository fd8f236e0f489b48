using H2H.Throttle.Core.Consent;

namespace H2H.Throttle.Engine.People;

/// <summary>What a person says is enough, not checked yet.</summary>
/// <param name="Scope">Which contacts.</param>
/// <param name="Contacts">How many at most.</param>
/// <param name="Window">In the words of the policy language, as in <c>calendar week</c>.</param>
public sealed record LimitDraft(Scope Scope, int Contacts, string Window);
