namespace H2H.Throttle.Engine.Merging;

/// <summary>By what else a person is found. These numbers are stored: never change or reuse one.</summary>
public enum AliasKind
{
    /// <summary>Another id of the caller's.</summary>
    Id = 0,
    Email = 1,
    Phone = 2,
    Device = 3,
}
