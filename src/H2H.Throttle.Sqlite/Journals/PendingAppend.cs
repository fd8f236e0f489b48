using H2H.Throttle.Engine.Journals;
using H2H.Throttle.Sqlite.Writing;

namespace H2H.Throttle.Sqlite.Journals;

/// <summary>Facts to be appended together with the next commit.</summary>
internal sealed class PendingAppend(JournalFact[] facts, CancellationToken cancellation)
    : PendingWrite<long>(cancellation)
{
    private const int OverheadBytes = 512;

    public override int Bytes { get; } = facts.Sum(static fact => fact.Data.Length + OverheadBytes);

    protected override long Write(WriteSession session)
    {
        long position = 0;
        foreach (JournalFact fact in facts)
        {
            position = session.Journal.Append(fact);
        }

        return position;
    }
}
