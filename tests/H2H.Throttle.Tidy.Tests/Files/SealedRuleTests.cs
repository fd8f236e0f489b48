using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class SealedRuleTests
{
    [Fact]
    public void Every_class_says_whether_it_is_derived_from() =>
        TidyAssert.Obeys(SealedRule.Check(SourceTree.Repository));

    [Fact]
    public void Open_classes_and_records_are_found()
    {
        const string Code = """
            class Cap
            {
                record Inner;
            }
            sealed class A;
            abstract record B;
            static class C;
            record struct D;
            struct E;
            interface F;
            """;

        TidyAssert.Finds(
            ["src/A/Cap.cs:1", "src/A/Cap.cs:3"],
            SealedRule.Check(SourceTree.Of(("src/A/Cap.cs", Code), ("src/standins/B/Call.cs", "class Call;"))));
    }
}
