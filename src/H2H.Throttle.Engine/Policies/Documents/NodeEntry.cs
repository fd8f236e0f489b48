namespace H2H.Throttle.Engine.Policies.Documents;

/// <summary>A key of a map and what it stands for.</summary>
internal sealed record NodeEntry(Node.Scalar Key, Node Value);
