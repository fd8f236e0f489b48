namespace H2H.Throttle.Engine.Lists;

/// <summary>What an import does to the list that there is.</summary>
/// <remarks>The numbers are stored: never change or reuse one.</remarks>
public enum ImportMode
{
    /// <summary>Becomes the list.</summary>
    Replace = 1,

    /// <summary>Adds its addresses to the list.</summary>
    Add = 2,

    /// <summary>Takes its addresses off the list.</summary>
    Remove = 3,
}
