using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Clock;

public sealed class ClockRuleTests
{
    [Fact]
    public void The_clock_is_handed_in() => TidyAssert.Obeys(ClockRule.Check(SourceTree.Repository));

    [Fact]
    public void Clocks_that_are_read_behind_the_back_are_found()
    {
        const string Code = """
            class Cap
            {
                object a = DateTime.UtcNow;
                object b = System.DateTimeOffset.Now.AddDays(1);
                object c = NodaTime.SystemClock.Instance;
                object d = Stopwatch.GetTimestamp();
                object e = TimeProvider.System;
            }
            """;

        TidyAssert.Finds(
            [
                "src/H2H.Throttle.Sqlite/Cap.cs:3", "src/H2H.Throttle.Sqlite/Cap.cs:4",
                "src/H2H.Throttle.Sqlite/Cap.cs:5", "src/H2H.Throttle.Sqlite/Cap.cs:6",
                "src/H2H.Throttle.Sqlite/Cap.cs:7",
            ],
            ClockRule.Check(SourceTree.Of(("src/H2H.Throttle.Sqlite/Cap.cs", Code))));
    }

    [Fact]
    public void A_clock_where_none_belongs_is_found()
    {
        SourceTree tree = SourceTree.Of(
            ("src/H2H.Throttle.Core/Cap.cs", "class Cap(TimeProvider clock);"),
            ("src/standins/Grpc.Core.Api/Call.cs", "class Call(IClock clock);"));

        TidyAssert.Finds(
            ["src/H2H.Throttle.Core/Cap.cs:1", "src/standins/Grpc.Core.Api/Call.cs:1"], ClockRule.Check(tree));
    }

    [Fact]
    public void A_clock_that_is_handed_in_a_composition_root_and_tests_are_fine()
    {
        TidyAssert.Obeys(ClockRule.Check(SourceTree.Of(
            ("src/H2H.Throttle.Engine/Cap.cs", "class Cap(TimeProvider clock) { object a = clock.GetUtcNow(); }"),
            ("src/H2H.Throttle.Server/Program.cs", "Run(TimeProvider.System);"),
            ("src/H2H.Throttle.Engine/Text.cs", """class Text { string a = "DateTime.Now"; }"""),
            ("tests/H2H.Throttle.Core.Tests/CapTests.cs", "class CapTests { object a = DateTime.UtcNow; }"))));
    }
}
