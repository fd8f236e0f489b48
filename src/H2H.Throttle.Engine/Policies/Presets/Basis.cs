namespace H2H.Throttle.Engine.Policies.Presets;

/// <summary>What a figure of a preset rests on. The product's makers read none in the primary text.</summary>
public enum Basis
{
    /// <summary>A conformance case of which the cited text itself states the result.</summary>
    StatedByText,

    /// <summary>As stated by a conformance case; not checked against the primary text.</summary>
    ConformanceCase,

    /// <summary>A conformance case that names a secondary source, or none that was read.</summary>
    SecondarySource,

    /// <summary>No conformance case says so, and it was not checked against any text.</summary>
    NotChecked,
}
