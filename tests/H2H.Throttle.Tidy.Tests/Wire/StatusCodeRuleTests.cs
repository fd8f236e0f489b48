using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Wire;

public sealed class StatusCodeRuleTests
{
    [Fact]
    public void Status_codes_stay_at_the_wire() => TidyAssert.Obeys(StatusCodeRule.Check(SourceTree.Repository));

    [Fact]
    public void Status_codes_away_from_the_wire_are_found()
    {
        const string Code = """
            class Cap
            {
                object a = StatusCode.NotFound;
                Grpc.Core.StatusCode b;
                object c = new RpcException(d);
            }
            """;
        SourceTree tree = SourceTree.Of(
            ("src/H2H.Throttle.Engine/Cap.cs", Code),
            ("src/H2H.Throttle.Server/Start/Cap.cs", "class A(StatusCode b);"));

        TidyAssert.Finds(
            [
                "src/H2H.Throttle.Engine/Cap.cs:3", "src/H2H.Throttle.Engine/Cap.cs:4",
                "src/H2H.Throttle.Engine/Cap.cs:5", "src/H2H.Throttle.Server/Start/Cap.cs:1",
            ],
            StatusCodeRule.Check(tree));
    }

    [Fact]
    public void The_wire_itself_and_namesakes_are_fine()
    {
        const string Code = "class Cap { object a = StatusCode.NotFound; }";

        TidyAssert.Obeys(StatusCodeRule.Check(SourceTree.Of(
            ("src/H2H.Throttle.Server/Contacts/ContactWire.cs", Code),
            ("src/H2H.Throttle.Server/Contacts/ThrottleService.cs", Code),
            ("src/H2H.Throttle.Server/Errors/ErrorTable.cs", Code),
            ("src/H2H.Throttle.Client/ThrottleClient.cs", Code),
            ("src/standins/Grpc.Core.Api/Status.cs", Code),
            ("tests/H2H.Throttle.Engine.Tests/CapTests.cs", Code),
            ("src/H2H.Throttle.Server/Start/Page.cs",
                "class Page { void Run() { a.StatusCode = 404; b = new C { StatusCode = 1 }; d?.StatusCode(); } }"))));
    }
}
