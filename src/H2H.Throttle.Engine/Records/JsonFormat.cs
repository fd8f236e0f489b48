using System.Text.Json;

namespace H2H.Throttle.Engine.Records;

/// <summary>Reads records that are kept as JSON which tells its format.</summary>
internal static class JsonFormat
{
    /// <param name="bytes">As they were stored.</param>
    /// <param name="newest">The newest format that is understood.</param>
    /// <param name="formatOf">The format of what was read.</param>
    /// <param name="what">What it is, for the error: <c>record of the webhooks</c>.</param>
    /// <exception cref="StoreException">It is damaged, or of a newer format.</exception>
    public static T Read<T>(ReadOnlySpan<byte> bytes, int newest, Func<T, int> formatOf, string what)
    {
        try
        {
            T read = JsonSerializer.Deserialize<T>(bytes) ?? throw new JsonException("It is empty.");
            return formatOf(read) <= newest ? read : throw new StoreException(
                StoreFailure.Newer, $"The {what} has a newer format. Run the version that wrote it.");
        }
        catch (JsonException damage)
        {
            throw new StoreException(StoreFailure.Damaged, $"The {what} is damaged.", damage);
        }
    }
}
