using H2H.Throttle.Core.Policies;
using H2H.Throttle.Engine.Merging;
using H2H.Throttle.Engine.Requests;

namespace H2H.Throttle.Engine.Identity;

/// <summary>Reads what callers call people by: ids of their own, and addresses.</summary>
/// <remarks>
/// An address is written with what it is before it: <c>email:ann@example.org</c>, <c>tel:+39…</c>, <c>device:…</c>.
/// Anything else is an id.
/// </remarks>
internal sealed class PersonNames(IdentityHasher hasher, MailboxRules mailboxes)
{
    /// <summary>Null: something is wrong with it, which was added.</summary>
    public PersonName? Read(string? text, string field, Problems problems)
    {
        if (AddressText.IsAddress(text))
        {
            return ReadAddress(text, field, problems);
        }

        return problems.RequirePersonId(text, field) ? new PersonName(hasher.Person(text!), AliasKind.Id) : null;
    }

    /// <summary>The same, where only an address will do: what it is need not stand before it.</summary>
    public PersonName? ReadAddress(string? text, string field, Problems problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            problems.Add(ProblemReason.IdEmpty, field, $"{field} is empty; give email:…, tel:+… or device:….");
            return null;
        }

        AddressReading read = AddressText.Read(text, mailboxes);
        if (read.Fault is { } fault)
        {
            problems.Add(ProblemReason.AddressMalformed, field, $"{field} {fault}");
            return null;
        }

        return new PersonName(hasher.PersonAt(read.Form), read.Kind);
    }
}
