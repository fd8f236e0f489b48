namespace H2H.Throttle.Engine.Policies.Calendars;

/// <summary>What becomes of a holiday on a Saturday or Sunday.</summary>
internal enum WeekendShift
{
    /// <summary>It stays where it is, and no other day is free for it.</summary>
    None,

    /// <summary>It is kept on the Friday before a Saturday or the Monday after a Sunday instead.</summary>
    Nearest,

    /// <summary>The next day from Monday to Friday that is no holiday already is one as well.</summary>
    Next,
}
