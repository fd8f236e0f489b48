namespace H2H.Throttle.Engine.Policies;

/// <summary>What is to be published.</summary>
/// <param name="Document">YAML, not read yet.</param>
/// <param name="Comment">Why; maybe empty.</param>
/// <param name="Restores">The version whose document it is; null: it is new.</param>
internal sealed record PolicyDraft(string Document, string Comment, long? Restores = null);
