namespace H2H.Throttle.Engine.Records;

/// <summary>Asks a store several things at once that it answers one by one.</summary>
internal static class StoreAnswers
{
    /// <summary>An answer for each question, in their order. All are asked before the first is waited for.</summary>
    public static async ValueTask<StoreAnswer<TAnswer>[]> GatherAsync<TQuestion, TAnswer>(
        IReadOnlyList<TQuestion> questions,
        Func<TQuestion, CancellationToken, ValueTask<TAnswer>> ask,
        CancellationToken cancellation)
        where TAnswer : class
    {
        ValueTask<TAnswer>[] asked = [.. questions.Select(question => ask(question, cancellation))];
        StoreAnswer<TAnswer>[] answers = new StoreAnswer<TAnswer>[asked.Length];
        OperationCanceledException? cancelled = null;
        for (int i = 0; i < asked.Length; i++)
        {
            try
            {
                answers[i] = new StoreAnswer<TAnswer>(await asked[i].ConfigureAwait(false), null);
            }
            catch (StoreException failure)
            {
                answers[i] = new StoreAnswer<TAnswer>(null, failure);
            }
            catch (OperationCanceledException ended)
            {
                cancelled = ended;   // thrown when none is left alone
            }
        }

        return cancelled is null
            ? answers
            : throw new OperationCanceledException(cancelled.Message, cancelled, cancellation);
    }
}
