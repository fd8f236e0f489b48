namespace H2H.Throttle.Adversity.Models;

/// <summary>How far a contact of the model has come.</summary>
internal enum ModelState
{
    Reserved,
    Made,
    Released,
    Revoked,
}
