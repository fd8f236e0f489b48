using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Files;

public sealed class LinkRuleTests
{
    [Fact]
    public void Every_link_leads_somewhere() => TidyAssert.Obeys(LinkRule.Check(SourceTree.Repository));

    [Fact]
    public void Links_that_lead_nowhere_are_found()
    {
        SourceTree tree = SourceTree.Of(
            ("README.md", "## Who it is\n[a](src/A) [b](src/A/README.md#rules-here) [c](#who-it-is) [d](https://x.y)"),
            ("src/A/README.md", "### Rules, `here`\n[up](../../README.md) [w](./B.cs)\n[x](C.cs)\n[y](#no)\n[z](../B)"),
            ("src/A/B.cs", "[x](none.md)"));

        TidyAssert.Finds(
            ["src/A/README.md:3", "src/A/README.md:4", "src/A/README.md:5"], LinkRule.Check(tree));
    }
}
