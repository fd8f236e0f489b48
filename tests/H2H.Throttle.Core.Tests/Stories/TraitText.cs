using H2H.Throttle.Core.Contacts;

namespace H2H.Throttle.Core.Tests.Stories;

/// <summary>Shows a contact in the report of a failure.</summary>
internal static class TraitText
{
    public static string Of(ContactTraits traits) =>
        $"{traits.Channel}/{traits.Purpose}/{traits.Direction} brand {traits.Brand} campaign {traits.Campaign} "
        + $"subjects [{string.Join(',', traits.Subjects)}] labels [{string.Join(',', traits.Labels)}]";
}
