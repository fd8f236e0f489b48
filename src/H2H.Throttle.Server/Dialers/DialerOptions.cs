using System.ComponentModel.DataAnnotations;

namespace H2H.Throttle.Server.Dialers;

/// <summary>
/// One dialer that asks record by record, under <c>Dialers:NAME</c>; its address is <c>/dialer/NAME</c>.
/// </summary>
/// <remarks>Set as <see cref="ServerOptions"/> are. Names are told apart without regard to case.</remarks>
public sealed class DialerOptions
{
    /// <summary>Above all of them.</summary>
    public const string Section = "Dialers";

    /// <summary>
    /// What an ask does: <c>reserve</c> takes the slot at once, so that no two dialers take the same; <c>check</c>
    /// takes nothing.
    /// </summary>
    [AllowedValues("reserve", "check", ErrorMessage = "Mode must be reserve or check.")]
    public string Mode { get; set; } = "reserve";

    /// <summary>Within how many milliseconds an ask is answered, decided or not.</summary>
    [Range(20, 60_000)]
    public int DeadlineMs { get; set; } = 1_000;

    /// <summary>
    /// The purposes for which the answer is to dial although nothing was decided in time, parted by commas; for every
    /// other purpose it is not to dial.
    /// </summary>
    public string OpenFor { get; set; } = "";

    /// <summary>The HTTP status that means: do not dial. 200 for dialers that take any other for a fault.</summary>
    [Range(200, 499)]
    public int DenyStatus { get; set; } = StatusCodes.Status409Conflict;

    /// <summary>
    /// Takes GET, too, for dialers that know nothing else: what they send is then in the logs on the way.
    /// </summary>
    public bool AllowGet { get; set; }

    /// <summary>
    /// How long after the ask the outcome may come before the contact counts as unconfirmed, in milliseconds.
    /// </summary>
    [Range(1_000, 604_800_000)]
    public int TimeToLiveMs { get; set; } = 900_000;

    /// <summary>
    /// Where the dialer has what is asked: <c>Fields:person_id=lead_id</c>. Several are joined: <c>lead_id+attempt</c>;
    /// those within an object are reached by dots: <c>lead.id</c>.
    /// </summary>
    public Dictionary<string, string> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What is always the same, or holds where the dialer sends nothing: <c>Constants:purpose=marketing</c>.
    /// </summary>
    public Dictionary<string, string> Constants { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What the dialer's dispositions mean: <c>Outcomes:NA=no_answer</c>; <c>release</c>: nobody was called; <c>*</c>:
    /// all others.
    /// </summary>
    public Dictionary<string, string> Outcomes { get; } = new(StringComparer.OrdinalIgnoreCase);
}
