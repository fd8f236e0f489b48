using H2H.Throttle.Tidy.Tests.Tree;

namespace H2H.Throttle.Tidy.Tests.Logs;

public sealed class EventIdRuleTests
{
    [Fact]
    public void Every_log_message_has_an_event_id_of_its_own() =>
        TidyAssert.Obeys(EventIdRule.Check(SourceTree.Repository));

    [Fact]
    public void An_event_id_that_is_missing_or_used_again_is_found()
    {
        SourceTree tree = SourceTree.Of(
            ("src/A/ALog.cs", """
                static partial class ALog
                {
                    [LoggerMessage(1, LogLevel.Information, "one")] void One();
                    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "two")] void Two();
                    [LoggerMessage(LogLevel.Information, "none")] void None();
                }
                """),
            ("src/B/BLog.cs", """
                static partial class BLog
                {
                    [LoggerMessage(2, LogLevel.Information, "two again")] void Two();
                    [LoggerMessage(3, LogLevel.Information, "three")] void Three();
                    [LoggerMessage(eventId: 1, LogLevel.Information, "one again")] void One();
                }
                """));

        TidyAssert.Finds(["src/A/ALog.cs:5", "src/B/BLog.cs:5", "src/B/BLog.cs:3"], EventIdRule.Check(tree));
    }
}
