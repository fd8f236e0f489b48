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
        return await Task.WhenAll(questions.Select(AskAsync)).ConfigureAwait(false);

        async Task<StoreAnswer<TAnswer>> AskAsync(TQuestion question)
        {
            try
            {
                return new StoreAnswer<TAnswer>(await ask(question, cancellation).ConfigureAwait(false), null);
            }
            catch (StoreException failure)
            {
                return new StoreAnswer<TAnswer>(null, failure);
            }
        }
    }
}
