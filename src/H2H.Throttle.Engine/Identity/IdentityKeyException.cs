namespace H2H.Throttle.Engine.Identity;

/// <summary>There is no key to hash ids and addresses with: what is wrong and how to mend it.</summary>
public sealed class IdentityKeyException(string message, Exception? inner = null) : Exception(message, inner);
