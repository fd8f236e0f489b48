using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.People;

namespace H2H.Throttle.Engine.Keywords;

/// <summary>What a message meant and did.</summary>
/// <param name="Understood">What it was taken to mean.</param>
/// <param name="Scope">What it was taken to be about; null: it did nothing.</param>
/// <param name="Consent">What is in force now.</param>
/// <param name="MayConfirm">Whether one message may be answered, though the person may be opted out.</param>
public sealed record MessageResult(Understanding Understood, Scope? Scope, ConsentResult Consent, bool MayConfirm);
