using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf;
using H2H.Throttle.Engine.Access;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Engine.Merging;

/// <summary>Turns what a record says of a person's names into what is stored, and back.</summary>
internal static class AliasCodec
{
    public static People.Stored.Alias Write(Alias alias)
    {
        People.Stored.Alias stored = new()
        {
            Key = alias.Key.Text,
            Kind = (uint)alias.Kind,
            State = (uint)alias.State,
            Merge = alias.Merge,
            At = alias.At.ToUnixTimeTicks(),
            Through = alias.Through?.Text ?? "",
            Gained = UnsafeByteOperations.UnsafeWrap(alias.Gained),
            Lost = UnsafeByteOperations.UnsafeWrap(alias.Lost),
            Parting = UnsafeByteOperations.UnsafeWrap(alias.Parting),
        };
        stored.NumbersFrom.AddRange(alias.Numbers.Keys);
        stored.NumbersTo.AddRange(alias.Numbers.Values);
        return stored;
    }

    /// <exception cref="FormatException">It is damaged; so it is below.</exception>
    public static Alias Read(People.Stored.Alias stored)
    {
        ImmutableSortedDictionary<long, long>.Builder numbers =
            ImmutableSortedDictionary.CreateBuilder<long, long>();
        for (int i = 0; i < stored.NumbersFrom.Count; i++)
        {
            numbers.Add(stored.NumbersFrom[i], Columns.At(stored.NumbersTo, i, stored.NumbersFrom.Count));
        }

        return new Alias(
            new PersonKey(stored.Key),
            stored.Kind <= (uint)AliasKind.Device ? (AliasKind)stored.Kind : throw Unknown("kind"),
            stored.State <= (uint)AliasState.Leaving ? (AliasState)stored.State : throw Unknown("state"),
            stored.Merge,
            Instant.FromUnixTimeTicks(stored.At))
        {
            Through = stored.Through.Length == 0 ? null : new PersonKey(stored.Through),
            Numbers = numbers.ToImmutable(),
            Gained = stored.Gained.Memory,
            Lost = stored.Lost.Memory,
            Parting = stored.Parting.Memory,
        };
    }

    public static People.Stored.Moved Write(Moved moved) => new()
    {
        To = moved.To.Text,
        Merge = moved.Merge,
        At = moved.At.ToUnixTimeTicks(),
        Done = moved.IsDone,
        Content = UnsafeByteOperations.UnsafeWrap(moved.Content),
        By = moved.By is { } by
            ? UnsafeByteOperations.UnsafeWrap(JsonSerializer.SerializeToUtf8Bytes(by))
            : ByteString.Empty,
    };

    public static Moved Read(People.Stored.Moved stored) => new(
        new PersonKey(stored.To), stored.Merge, Instant.FromUnixTimeTicks(stored.At), stored.Done)
    {
        Content = stored.Content.Memory,
        By = stored.By.IsEmpty ? null : ReadSignatory(stored.By),
    };

    private static Signatory ReadSignatory(ByteString stored)
    {
        try
        {
            return JsonSerializer.Deserialize<Signatory>(stored.Span)
                ?? throw new FormatException("A merge names nobody.");
        }
        catch (JsonException damage)
        {
            throw new FormatException("Who made a merge cannot be read.", damage);
        }
    }

    private static FormatException Unknown(string what) => new($"A person's name is of a {what} that does not exist.");
}
