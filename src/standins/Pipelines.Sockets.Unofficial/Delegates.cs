namespace Pipelines.Sockets.Unofficial;

/// <summary>The handlers of an event, one by one.</summary>
public static class Delegates
{
    public static bool IsSingle(MulticastDelegate handler) => handler.HasSingleTarget;

    public static DelegateEnumerable<T> AsEnumerable<T>(T handler)
        where T : MulticastDelegate => new(handler);

    /// <summary>What a delegate calls, in the order in which it does.</summary>
    public readonly struct DelegateEnumerable<T>
        where T : MulticastDelegate
    {
        private readonly T? handler;

        internal DelegateEnumerable(T? handler) => this.handler = handler;

        public DelegateEnumerator<T> GetEnumerator() => new(handler);
    }

    /// <summary>Goes through what a delegate calls.</summary>
    public struct DelegateEnumerator<T>
        where T : MulticastDelegate
    {
        private Delegate.InvocationListEnumerator<T> handlers;

        internal DelegateEnumerator(T? handler) => handlers = Delegate.EnumerateInvocationList(handler);

        public T Current => handlers.Current;

        public bool MoveNext() => handlers.MoveNext();
    }
}
