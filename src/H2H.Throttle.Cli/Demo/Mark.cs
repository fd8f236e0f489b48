using Spectre.Console;

namespace H2H.Throttle.Cli.Demo;

/// <summary>The sign in the picture that says why: readable without its colour.</summary>
/// <param name="Sign">One column wide.</param>
/// <param name="Style">Its colour.</param>
internal sealed record Mark(char Sign, Style Style)
{
    private static readonly Mark Unknown = new('?', new Style(Color.Red));

    private static readonly Dictionary<string, Mark> OfRules = new()
    {
        ["opt-out"] = new Mark('✗', new Style(Color.Red)),
        ["two-a-day"] = new Mark('d', new Style(Color.Orange1)),
        ["eight-a-week"] = new Mark('w', new Style(Color.Orange3)),
        ["two-calls-a-week"] = new Mark('c', new Style(Color.Gold1)),
        ["breathing-space"] = new Mark('~', new Style(Color.SkyBlue1)),
        ["quiet-nights"] = new Mark('z', new Style(Color.MediumPurple1)),
    };

    public static Mark Through { get; } = new('✓', new Style(Color.Black, Color.Green3, Decoration.Bold));

    public static Mark TakenBack { get; } = new('↩', new Style(Color.White, Color.DarkRed));

    /// <summary>Of a refusal: that of the first rule in the way.</summary>
    public static Mark Of(DemoAnswer answer) => answer.Fate switch
    {
        Fate.Through => Through,
        Fate.TakenBack => TakenBack,
        _ => OfRule(answer.Rules[0]),
    };

    public static Mark OfRule(string rule) => OfRules.GetValueOrDefault(rule, Unknown);
}
