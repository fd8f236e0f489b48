using System.Text;
using System.Text.Json;
using H2H.Throttle.Engine.Access;

namespace H2H.Throttle.Engine.Journals;

/// <summary>Who made a fact, and through what: three more particulars beside the fact's own.</summary>
/// <remarks>
/// <c>by</c> is the actor's name, <c>by_role</c> its role, <c>through</c> what it called. Facts that are older than
/// this have none of them, or of keys the name of whoever made them.
/// </remarks>
public static class FactSignature
{
    public const string By = "by";
    public const string ByRole = "by_role";
    public const string Through = "through";

    /// <summary>The fact with its actor; as it is, if there is none or it names one already.</summary>
    /// <param name="fact">Its data is empty or a JSON object.</param>
    /// <param name="actor">Null: not told.</param>
    public static JournalFact Sign(this JournalFact fact, Actor? actor)
    {
        if (actor is null)
        {
            return fact;
        }

        Dictionary<string, string> data = ReadData(fact);
        if (!data.TryAdd(By, actor.Name))
        {
            return fact;
        }

        if (actor.Role is { } role)
        {
            data[ByRole] = role.ToString();
        }

        if (actor.Through.Length > 0)
        {
            data[Through] = actor.Through;
        }

        return new JournalFact(
            fact.Id, fact.At, fact.Kind, fact.Subject, JsonSerializer.SerializeToUtf8Bytes(data));
    }

    /// <summary>Null: the fact names nobody.</summary>
    public static Actor? ReadActor(this JournalFact fact) => ActorIn(ReadData(fact));

    /// <summary>The particulars without the actor, in the order in which they were written.</summary>
    /// <param name="fact">Any, old ones too.</param>
    /// <param name="actor">Null: the fact names nobody.</param>
    public static Dictionary<string, string> ReadParticulars(this JournalFact fact, out Actor? actor)
    {
        Dictionary<string, string> data = ReadData(fact);
        actor = ActorIn(data);
        data.Remove(By);
        data.Remove(ByRole);
        data.Remove(Through);
        return data;
    }

    private static Actor? ActorIn(Dictionary<string, string> data) => data.TryGetValue(By, out string? name)
        ? Actor.Read(
            name,
            Enum.TryParse(data.GetValueOrDefault(ByRole), out Role role) ? role : null,
            data.GetValueOrDefault(Through, ""))
        : null;

    // A fact that was tampered with must still be shown, whatever is in it.
    private static Dictionary<string, string> ReadData(JournalFact fact)
    {
        Dictionary<string, string> data = [];
        if (fact.Data.IsEmpty)
        {
            return data;
        }

        try
        {
            using JsonDocument read = JsonDocument.Parse(fact.Data);
            foreach (JsonProperty part in read.RootElement.EnumerateObject())
            {
                data[part.Name] = part.Value.ValueKind is JsonValueKind.String
                    ? part.Value.GetString()!
                    : part.Value.GetRawText();
            }
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException)
        {
            data["unreadable"] = Encoding.UTF8.GetString(fact.Data.Span);
        }

        return data;
    }
}
