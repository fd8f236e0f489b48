using System.Text;
using H2H.Throttle.Engine.Records;
using H2H.Throttle.Engine.Webhooks;
using Record = H2H.Throttle.Engine.Records.Record;

namespace H2H.Throttle.Engine.Tests.Webhooks;

/// <summary>What was stored once is read for ever, and written as it was.</summary>
public sealed class WebhookFormatTests
{
    private const string Shelf =
        """
        {"format":1,"Webhooks":[{"Id":"8f6d2c1b0a9e4d37","Name":"crm","Url":"https://crm.example/h2h",
        "Kinds":["opt_out"],"Brands":["north"],"Standing":"Paused","MadeAt":17638128000000000,"Secret":"c2VhbA==",
        "FormerSecret":"b2xk","FormerSecretUntil":17638992000000000}],"Changes":2,"Last":{"Number":2,
        "Kind":"webhook_changed","At":17638128010000000,"Webhook":{"Id":"8f6d2c1b0a9e4d37","Name":"crm",
        "Url":"https://crm.example/h2h","Kinds":["opt_out"],"Brands":["north"],"Standing":"Paused",
        "MadeAt":17638128000000000,"Secret":"c2VhbA==","FormerSecret":"b2xk","FormerSecretUntil":17638992000000000},
        "By":{"By":"key 3f1c9a07b2d4","Role":"Admin","Through":"UpdateWebhook"}}}
        """;

    private const string Progress =
        """
        {"format":1,"Holder":"one","Beats":7,"Position":1203,"Tries":2,"Failures":5,"FailingSince":17638128000000000,
        "NextTryAt":17638128160000000,"Why":"The receiver answered 500.","LastSentAt":17638127000000000}
        """;

    private const string Dead =
        """
        {"format":1,"Letters":[{"Position":1204,"Kind":"opt_out","HappenedAt":17638128000000000,
        "DiedAt":17638183000000000,"Tries":16,"Why":"The receiver cannot be reached."}],"Dropped":3}
        """;

    [Fact]
    public void Webhooks_are_read_and_written_as_they_were()
    {
        WebhookShelfRecord read = WebhookShelfRecord.Read(Of(Shelf));

        Assert.Equal(WebhookStanding.Paused, Assert.Single(read.Webhooks).State);
        Assert.Equal(Line(Shelf), Encoding.UTF8.GetString(read.Write()));
    }

    [Fact]
    public void How_far_one_is_is_read_and_written_as_it_was() =>
        Assert.Equal(Line(Progress), Encoding.UTF8.GetString(WebhookProgress.Read(Of(Progress)).Write()));

    [Fact]
    public void Dead_letters_are_read_and_written_as_they_were() =>
        Assert.Equal(Line(Dead), Encoding.UTF8.GetString(DeadLetterRecord.Read(Of(Dead)).Write()));

    [Theory]
    [InlineData("{\"format\":2}", StoreFailure.Newer)]
    [InlineData("{\"format\":", StoreFailure.Damaged)]
    [InlineData("null", StoreFailure.Damaged)]
    public void What_cannot_be_read_is_not_taken_for_nothing(string stored, StoreFailure failure)
    {
        Assert.Equal(failure, Assert.Throws<StoreException>(() => WebhookShelfRecord.Read(Of(stored))).Failure);
        Assert.Equal(failure, Assert.Throws<StoreException>(() => WebhookProgress.Read(Of(stored))).Failure);
        Assert.Equal(failure, Assert.Throws<StoreException>(() => DeadLetterRecord.Read(Of(stored))).Failure);
    }

    private static Record Of(string stored) => new(new RecordVersion(1), Encoding.UTF8.GetBytes(stored));

    private static string Line(string stored) => stored.Replace("\n", "", StringComparison.Ordinal);
}
