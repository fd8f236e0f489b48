using System.Collections.Immutable;
using H2H.Throttle.Core.Contacts;
using H2H.Throttle.Core.Policies;
using H2H.Throttle.Core.Time;
using H2H.Throttle.Engine.Identity;

namespace H2H.Throttle.Engine.Requests;

/// <summary>
/// Checks a caller's description of a contact against the policy in force and the bounds of requests.
/// </summary>
internal sealed class ContactReader(IdentityHasher hasher)
{
    /// <summary>What the contact is; meaningless if a problem was added.</summary>
    public (PersonKey Person, ContactTraits Traits) Read(ContactDraft draft, Policy policy, Problems problems)
    {
        PersonName? person = ReadPerson(draft, policy, problems);
        RequireDeclared(draft.Channel, policy, problems);
        RequireDeclaredPurpose(draft.Purpose, policy, problems);
        problems.CheckText(draft.Brand, "contact.brand", RequestBounds.NameLengthMax);
        problems.CheckText(draft.Campaign, "contact.campaign", RequestBounds.NameLengthMax);
        problems.CheckText(draft.Topic, "contact.topic", RequestBounds.NameLengthMax);
        problems.CheckText(draft.Sender, "contact.sender", RequestBounds.NameLengthMax);
        problems.CheckText(draft.Address, "contact.address", RequestBounds.AddressLengthMax);
        CheckCountry(draft.Country, "contact.country", problems);
        CheckNumbers(draft, problems);
        problems.CheckSubjects(draft.Subjects, "contact.subjects");
        CheckLabels(draft.Labels, problems);
        problems.ThrowIfAny();

        return (person!.Key, new ContactTraits(draft.Channel!, draft.Purpose!)
        {
            Brand = NullIfEmpty(draft.Brand),
            Campaign = NullIfEmpty(draft.Campaign),
            Topic = NullIfEmpty(draft.Topic),
            Sender = NullIfEmpty(draft.Sender),
            Country = NullIfEmpty(draft.Country),
            Address = string.IsNullOrEmpty(draft.Address)
                ? null
                : hasher.Address(AddressForm.Reduced(AddressForm.Of(draft.Address), policy.Mailboxes)),
            Direction = draft.Direction,
            Priority = draft.Priority,
            Subjects = draft.Subjects,
            Labels = draft.Labels,
        });
    }

    /// <summary>Whom it is about: whoever is named, or else whose the address is.</summary>
    private PersonName? ReadPerson(ContactDraft draft, Policy policy, Problems problems)
    {
        PersonNames names = new(hasher, policy.Mailboxes);
        return string.IsNullOrEmpty(draft.PersonId) && !string.IsNullOrEmpty(draft.Address)
            ? names.ReadAddress(draft.Address, "contact.address", problems)
            : names.Read(draft.PersonId, "contact.person_id", problems);
    }

    public static void CheckCountry(string? country, string field, Problems problems) => problems.Require(
        string.IsNullOrEmpty(country) || CandidateZones.HasCountry(country),
        ProblemReason.CountryUnknown,
        field,
        $"{field} is no country; give ISO 3166-1 alpha-2 in capitals, such as IT.");

    private static void RequireDeclared(string? channel, Policy policy, Problems problems) => problems.RequireDeclared(
        channel is not null && policy.Channels.Contains(channel),
        channel,
        ProblemReason.ChannelUnknown,
        "contact.channel",
        $"contact.channel is not declared by the policy; it has {string.Join(", ", policy.Channels)}.");

    private static void RequireDeclaredPurpose(string? purpose, Policy policy, Problems problems) =>
        problems.RequireDeclared(
        purpose is not null && policy.Purposes.ContainsKey(purpose),
        purpose,
        ProblemReason.PurposeUnknown,
        "contact.purpose",
        $"contact.purpose is not declared by the policy; it has "
        + $"{string.Join(", ", policy.Purposes.Keys.Order(StringComparer.Ordinal))}.");

    private static void CheckNumbers(ContactDraft draft, Problems problems)
    {
        problems.Require(
            draft.Weight is >= 1 and <= Attempt.WeightMax,
            ProblemReason.WeightOutOfRange,
            "contact.weight",
            $"contact.weight is {draft.Weight}; it must be 1 to {Attempt.WeightMax}.");
        problems.Require(
            draft.Priority is >= 0 and <= ContactTraits.PriorityMax,
            ProblemReason.PriorityOutOfRange,
            "contact.priority",
            $"contact.priority is {draft.Priority}; it must be 0 to {ContactTraits.PriorityMax}.");
    }

    private static void CheckLabels(ImmutableSortedDictionary<string, string> labels, Problems problems) =>
        problems.Require(
        labels.Count <= ContactTraits.LabelsMax
            && labels.All(static label =>
                Checks.IsText(label.Key, RequestBounds.LabelNameLengthMax)
                    && label.Value.Length <= RequestBounds.NameLengthMax),
        ProblemReason.LabelsOutOfRange,
        "contact.labels",
        $"contact.labels must be at most {ContactTraits.LabelsMax} names of 1 to "
        + $"{RequestBounds.LabelNameLengthMax} characters with values of at most {RequestBounds.NameLengthMax}.");

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
