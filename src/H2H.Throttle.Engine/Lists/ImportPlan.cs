using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.Requests;
using NodaTime;

namespace H2H.Throttle.Engine.Lists;

/// <summary>What an import is about, checked.</summary>
/// <param name="Layer">Names it: a keyed hash of list and import id.</param>
/// <param name="List">The list's name.</param>
/// <param name="Mode">What it does to the list.</param>
/// <param name="AsOf">Of when it tells.</param>
/// <param name="CountryCode">With its <c>+</c>; null: none.</param>
/// <param name="HashesOf">Lines may be hashes made with so many of the keys; null: lines are none.</param>
internal sealed record ImportPlan(
    string Layer, string List, ImportMode Mode, Instant AsOf, string? CountryCode, int? HashesOf)
{
    private const int CountryDigitsMax = 3;   // ITU-T E.164, 6.2.1

    private static readonly Duration AheadMax = Duration.FromMinutes(1);
    private static readonly Instant AsOfMin = Instant.FromUtc(1990, 1, 1, 0, 0);

    /// <summary>Hash of all that the import says of itself: what goes on must say the same.</summary>
    public string Content => Fingerprint.Of(
        "import",
        List,
        Fingerprint.Number((int)Mode),
        Fingerprint.Number(AsOf),
        CountryCode,
        Fingerprint.Number(HashesOf is null ? 0 : 1));

    /// <exception cref="RequestException">It makes no sense.</exception>
    public static ImportPlan Read(ImportDraft draft, IdentityHasher hasher, RequestClock clock)
    {
        Problems problems = new();
        Instant called = clock.Read(draft.At, problems);
        CheckList(draft.List, problems);
        problems.CheckId(draft.ImportId, "import.import_id", RequestBounds.RequestIdLengthMax);
        problems.Require(
            draft.AsOf is not null,
            ProblemReason.FieldMissing,
            "import.as_of",
            "import.as_of is missing: when was the list what the file says?");
        problems.Require(
            draft.AsOf is null || (draft.AsOf >= AsOfMin && draft.AsOf <= called + AheadMax),
            ProblemReason.TimeOutOfRange,
            "import.as_of",
            "import.as_of must not be in the future, nor before 1990.");
        bool hasCode = !string.IsNullOrEmpty(draft.CountryCode);
        problems.Require(
            !hasCode || IsCountryCode(draft.CountryCode!),
            ProblemReason.IdMalformed,
            "import.country_code",
            "import.country_code must be + and 1 to 3 digits, such as +1.");
        problems.ThrowIfAny();
        int? hashesOf = ReadKey(draft.KeyId, hasher);

        string id = string.IsNullOrEmpty(draft.ImportId) ? Guid.CreateVersion7().ToString("N") : draft.ImportId;
        return new ImportPlan(
            LayerOf(draft.List, id, hasher),
            draft.List!,
            draft.Mode,
            draft.AsOf!.Value,
            hasCode ? draft.CountryCode : null,
            hashesOf);
    }

    /// <summary>Names an import in the store.</summary>
    /// <exception cref="RequestException">There can be none.</exception>
    public static string LayerOf(string? list, string? importId, IdentityHasher hasher)
    {
        Problems problems = new();
        CheckList(list, problems);
        problems.RequireId(importId, "import_id", RequestBounds.RequestIdLengthMax);
        problems.ThrowIfAny();
        return hasher.Request($"import\0{list}\0{importId}");
    }

    public static void CheckList(string? name, Problems problems) => problems.Require(
        name is not null && ListName.IsValid(name),
        ProblemReason.IdMalformed,
        "list",
        "list must be the name of a list: 1 to 64 letters, digits, points, hyphens and underscores.");

    private static bool IsCountryCode(string code) =>
        code[0] is '+'
        && code.Length - 1 is >= 1 and <= CountryDigitsMax
        && code.Skip(1).All(char.IsAsciiDigit);

    /// <summary>An export of before a rotation may be imported, too.</summary>
    private static int? ReadKey(string? keyId, IdentityHasher hasher) => string.IsNullOrEmpty(keyId)
        ? null
        : hasher.GenerationOf(keyId) ?? throw new RequestException(
            ProblemReason.IdentityKeyDiffers,
            "import.key_id",
            "The hashes were made with another identity key, so no address here has one of them. Import the "
            + "addresses instead.");
}
