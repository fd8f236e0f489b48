using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Ledgers;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Rotation;

/// <summary>Brings hashes of one generation under the newest key.</summary>
/// <param name="hasher">Has all keys.</param>
/// <param name="generation">Of the hashes that come.</param>
internal sealed class HashRotation(IdentityHasher hasher, int generation)
{
    public string Of(string hash) => hasher.Advance(hash, generation);

    public ulong Of(ulong bits) => hasher.AdvanceBits(bits, generation);

    public PersonKey Of(PersonKey person) => hasher.Advance(person, generation);

    public PersonKey? Of(PersonKey? person) => person is { } key ? Of(key) : null;

    public LedgerContact Of(LedgerContact contact) => contact with { Traits = Of(contact.Traits) };

    public LedgerEvent Of(LedgerEvent happened) => happened with { Traits = Of(happened.Traits) };

    private ContactTraits Of(ContactTraits traits) =>
        traits.Address is { } address ? traits.At(Of(address)) : traits;
}
