using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class OneTypeAFileRuleTests
{
    [Fact]
    public void Every_file_holds_the_one_type_that_it_is_named_for() =>
        TidyAssert.Obeys(OneTypeAFileRule.Check(SourceTree.Repository));

    [Fact]
    public void A_second_type_another_name_and_no_type_are_found()
    {
        SourceTree tree = SourceTree.Of(
            ("src/A/Cap.cs", "namespace A;\nclass Cap { class Inner; }\nenum Gap { None }\ndelegate void Run();\n"),
            ("src/A/Hours.cs", "namespace A;\n\nrecord Quiet;\n"),
            ("src/A/Nothing.cs", "namespace A;\n"),
            ("src/A/Start.cs", "Run();\n"));

        TidyAssert.Finds(
            ["src/A/Cap.cs:3", "src/A/Cap.cs:4", "src/A/Hours.cs:3", "src/A/Nothing.cs:1", "src/A/Start.cs:1"],
            OneTypeAFileRule.Check(tree));
    }

    [Fact]
    public void Parts_generic_twins_programs_and_assembly_wide_files_are_fine()
    {
        SourceTree tree = SourceTree.Of(
            ("src/A/Cap.Reading.cs", "namespace A;\npartial class Cap;\n"),
            ("src/A/CapOfT.cs", "namespace A;\nclass Cap<T>;\n"),
            ("src/A/Program.cs", "Run();\n"),
            ("src/A/Assembly.cs", "[assembly: CLSCompliant(false)]\n"),
            ("src/A/Usings.cs", "global using System;\n"));

        TidyAssert.Obeys(OneTypeAFileRule.Check(tree));
    }
}
