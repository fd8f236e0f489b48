using H2H.Throttle.Wire;

namespace H2H.Throttle.Cli.Showing;

/// <summary>Shows by what else a person is found.</summary>
internal static class NameView
{
    public static void Show(Screen screen, IEnumerable<PersonName> names, TimeText times)
    {
        bool isAny = false;
        foreach (PersonName name in names)
        {
            isAny = true;
            string kind = name.Kind switch
            {
                PersonNameKind.Email => "an e-mail address",
                PersonNameKind.Phone => "a phone number",
                PersonNameKind.Device => "a device",
                _ => "another id",
            };
            screen.Line($"found by    {kind}, {(name.Merged ? "joined" : "linked")} {times.Write(name.Since)}");
        }

        if (!isAny)
        {
            screen.Line($"found by    nothing else");
        }
    }
}
