using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using NodaTime;

namespace H2H.Throttle.Engine.People;

/// <summary>Attempts that were denied, told together where all but the time is the same.</summary>
/// <param name="Channel">By which.</param>
/// <param name="Purpose">For which.</param>
/// <param name="Brand">On whose behalf; null: nobody told.</param>
/// <param name="Topic">About what; null: nobody told.</param>
/// <param name="Count">How often.</param>
/// <param name="LastAt">When last.</param>
public sealed record Refusals(string Channel, string Purpose, string? Brand, string? Topic, int Count, Instant LastAt)
{
    /// <summary>The most that are kept of one person; beyond them those of longest ago are forgotten.</summary>
    public const int RefusalsMax = 32;

    /// <summary>With one more, last in the order of their latest.</summary>
    public static ImmutableArray<Refusals> With(ImmutableArray<Refusals> known, ContactTraits denied, Instant now)
    {
        int count = 0;
        ImmutableArray<Refusals>.Builder others = ImmutableArray.CreateBuilder<Refusals>(known.Length + 1);
        foreach (Refusals one in known)
        {
            if (one.Channel == denied.Channel
                && one.Purpose == denied.Purpose
                && one.Brand == denied.Brand
                && one.Topic == denied.Topic)
            {
                count = one.Count;
            }
            else
            {
                others.Add(one);
            }
        }

        if (others.Count == RefusalsMax)
        {
            others.RemoveAt(0);
        }

        others.Add(new Refusals(denied.Channel, denied.Purpose, denied.Brand, denied.Topic, count + 1, now));
        return others.ToImmutable();
    }
}
