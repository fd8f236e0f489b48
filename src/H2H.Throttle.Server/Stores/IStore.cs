using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Engine.Records;

namespace H2H.Throttle.Server.Stores;

/// <summary>The store that was chosen. Disposing closes it.</summary>
internal interface IStore : IAsyncDisposable
{
    IRecordStore Records { get; }

    IJournal Journal { get; }

    /// <summary>Where it is, for an operator. Carries no password.</summary>
    string Place { get; }

    /// <summary>True while a connection stands.</summary>
    bool IsReached { get; }

    /// <summary>True if a store that cannot be used at the start may be used later.</summary>
    bool MayComeBack { get; }
}
