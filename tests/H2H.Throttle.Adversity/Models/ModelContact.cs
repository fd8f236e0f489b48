using NodaTime;

namespace H2H.Throttle.Adversity.Models;

/// <summary>A contact as the model knows it.</summary>
internal readonly record struct ModelContact(
    string Name, string Channel, Instant At, Instant Expires, ModelState State)
{
    /// <summary>The one channel on which what nobody confirmed no longer counts.</summary>
    public const string Released = "phone";

    public bool Counts(Instant now) => State switch
    {
        ModelState.Made => true,
        ModelState.Released => false,
        _ => now < Expires || Channel != Released,
    };

    /// <summary>Where it stands, in the words of the product.</summary>
    public string StandingAt(Instant now) => State switch
    {
        ModelState.Reserved when now < Expires => "Reserved",
        ModelState.Reserved => Counts(now) ? "Unconfirmed" : "Released",
        _ => State.ToString(),
    };
}
