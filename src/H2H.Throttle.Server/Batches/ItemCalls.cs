using System.Diagnostics.CodeAnalysis;
using Google.Protobuf.Collections;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Batches;
using H2H.Throttle.Engine.Contacts;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Requests;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Wire;
using Actor = H2H.Throttle.Engine.Access.Actor;

namespace H2H.Throttle.Server.Batches;

/// <summary>Answers many items at once, however they came. Every item gets an answer of its own.</summary>
internal sealed class ItemCalls(ThrottleEngine engine, ILogger<ItemCalls> log)
{
    /// <exception cref="RefusedException">There are none, or too many for one message.</exception>
    public static void RequireCount<TItem>(RepeatedField<TItem> items)
    {
        if (items.Count is < 1 or > RequestBounds.BatchItemsMax)
        {
            throw RefusedException.Invalid(
            [
                new("items", ErrorReason.ItemsOutOfRange,
                    $"items has {items.Count}; 1 to {RequestBounds.BatchItemsMax} are allowed in one message."),
            ]);
        }
    }

    /// <returns>An answer for each, in their order.</returns>
    public async ValueTask<CheckItemResult[]> CheckAsync(
        IReadOnlyList<CheckItem> items, Caller caller, CancellationToken cancellation)
    {
        CheckItemResult[] results = new CheckItemResult[items.Count];
        List<int> places = new(items.Count);
        List<CheckDraft> drafts = new(items.Count);
        for (int i = 0; i < results.Length; i++)
        {
            if (TryRead(items[i], items[i].Contact, caller, ItemWire.Read, out CheckDraft? draft, out ItemError? error))
            {
                places.Add(i);
                drafts.Add(draft);
            }
            else
            {
                results[i] = ItemWire.Write(items[i], error);
            }
        }

        BatchAnswer<CheckResult>[] answers = await engine.Batches.CheckAsync(drafts, cancellation);
        LogFailures(answers);
        for (int at = 0; at < answers.Length; at++)
        {
            results[places[at]] = ItemWire.Write(items[places[at]], answers[at]);
        }

        return results;
    }

    /// <returns>An answer for each, in their order.</returns>
    public async ValueTask<ReserveItemResult[]> ReserveAsync(
        IReadOnlyList<ReserveItem> items, Caller caller, Actor actor, CancellationToken cancellation)
    {
        ReserveItemResult[] results = new ReserveItemResult[items.Count];
        List<int> places = new(items.Count);
        List<ReserveDraft> drafts = new(items.Count);
        for (int i = 0; i < results.Length; i++)
        {
            if (TryRead(
                items[i], items[i].Contact, caller, ItemWire.Read, out ReserveDraft? draft, out ItemError? error))
            {
                places.Add(i);
                drafts.Add(draft);
            }
            else
            {
                results[i] = ItemWire.Write(items[i], error);
            }
        }

        BatchAnswer<ReserveResult>[] answers = await engine.Batches.By(actor)
            .ReserveAsync(drafts, cancellation);
        LogFailures(answers);
        for (int at = 0; at < answers.Length; at++)
        {
            results[places[at]] = ItemWire.Write(items[places[at]], answers[at]);
        }

        return results;
    }

    private static bool TryRead<TItem, TDraft>(
        TItem item,
        Contact? contact,
        Caller caller,
        Func<TItem, TDraft> read,
        [NotNullWhen(true)] out TDraft? draft,
        [NotNullWhen(false)] out ItemError? error)
        where TDraft : class
    {
        (draft, error) = (null, null);
        try
        {
            BrandCheck.Check(caller, contact);
            draft = read(item);
            return true;
        }
        catch (RefusedException refused)
        {
            error = ItemErrorWire.Write(refused);
            return false;
        }
    }

    private void LogFailures<T>(BatchAnswer<T>[] answers)
        where T : class
    {
        StoreException? first = null;
        int failures = 0;
        foreach (BatchAnswer<T> answer in answers)
        {
            if (answer.Failure is StoreException failure)
            {
                first ??= failure;
                failures++;
            }
        }

        if (first is not null)
        {
            log.StoreFailed(failures, first.Failure, first);
        }
    }
}
