using System.Collections.Immutable;
using System.Globalization;
using H2H.Throttle.Core.Consent;
using H2H.Throttle.Engine.Identity;
using H2H.Throttle.Engine.People;
using NodaTime;

namespace H2H.Throttle.Server.PublicPages;

/// <summary>What a person asks for by a form of their page.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="DoAsync">Does it for a person.</param>
internal sealed record OwnWish(string Name, Func<OwnDesk, PersonKey, CancellationToken, ValueTask> DoAsync)
{
    /// <summary>The form field that says what is asked for.</summary>
    public const string Field = "do";

    public const string Source = "own page";

    private const int NameLengthMax = 128;

    public static ImmutableArray<string> Names { get; } =
        ["off", "on", "stop", "back", "pause", "wake", "often", "quiet", "withdraw"];

    /// <summary>How often at most, by what the form calls it.</summary>
    public static ImmutableArray<(string Name, LimitDraft Limit)> Limits { get; } =
    [
        ("day", new LimitDraft(Scope.Everything, 1, "calendar day")),
        ("week", new LimitDraft(Scope.Everything, 1, "calendar week")),
        ("month", new LimitDraft(Scope.Everything, 1, "calendar month")),
    ];

    /// <summary>Null: it is none that the page offers.</summary>
    public static OwnWish? Read(IFormCollection form) => form[Field].ToString() switch
    {
        "off" when ScopeIn(form) is { } scope => new("off", (own, who, cancellation) =>
            own.OptOutAsync(who, scope, Source, cancellation)),
        "on" when ScopeIn(form) is { } scope => new("on", (own, who, cancellation) =>
            own.OptInAsync(who, scope, Source, cancellation)),
        "stop" => new("stop", static (own, who, cancellation) =>
            own.OptOutAsync(who, Scope.Everything, Source, cancellation)),
        "back" => new("back", static (own, who, cancellation) =>
            own.OptInAsync(who, Scope.Everything, Source, cancellation)),
        "pause" => new("pause", static (own, who, cancellation) =>
            own.SnoozeAsync(who, MonthAfter(own.Now), Source, cancellation)),
        "wake" => new("wake", static (own, who, cancellation) =>
            own.SnoozeAsync(who, null, Source, cancellation)),
        "often" => OftenIn(form),
        "quiet" => QuietIn(form),
        "withdraw" when TextIn(form, "consent") is { } consent => new("withdraw", (own, who, cancellation) =>
            own.WithdrawAsync(who, consent, Source, cancellation)),
        _ => null,
    };

    private static OwnWish? OftenIn(IFormCollection form)
    {
        string often = form["often"].ToString();
        LimitDraft? limit = Limits.FirstOrDefault(one => one.Name == often).Limit;
        return limit is null && often != "any"
            ? null
            : new("often", (own, who, cancellation) => own.LimitAsync(who, limit, cancellation));
    }

    private static OwnWish? QuietIn(IFormCollection form)
    {
        if (form["from"] == "" || form["to"] == "")
        {
            return new("quiet", static (own, who, cancellation) => own.QuietAsync(who, null, cancellation));
        }

        return HourIn(form, "from") is { } from && HourIn(form, "to") is { } to && from != to
            ? new("quiet", (own, who, cancellation) => own.QuietAsync(
                who, string.Create(CultureInfo.InvariantCulture, $"daily {from:00}:00-{to:00}:00"), cancellation))
            : null;
    }

    private static Instant MonthAfter(Instant now) => now.InUtc().LocalDateTime.PlusMonths(1).InUtc().ToInstant();

    private static int? HourIn(IFormCollection form, string field) =>
        int.TryParse(form[field], NumberStyles.None, CultureInfo.InvariantCulture, out int hour) && hour < 24
            ? hour
            : null;

    /// <summary>Null: it names nothing. What the policy does not know any more can be turned as well.</summary>
    private static Scope? ScopeIn(IFormCollection form)
    {
        Scope scope = new(
            TextIn(form, "channel"), TextIn(form, "purpose"), TextIn(form, "topic"), TextIn(form, "brand"));
        return scope == Scope.Everything ? null : scope;
    }

    private static string? TextIn(IFormCollection form, string field) =>
        form[field].ToString() is { Length: > 0 and <= NameLengthMax } text && !text.Any(char.IsControl) ? text : null;
}
