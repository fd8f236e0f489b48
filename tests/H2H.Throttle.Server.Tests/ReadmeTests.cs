using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using H2H.Throttle.Engine;
using H2H.Throttle.Redis;
using H2H.Throttle.Server.Access;
using H2H.Throttle.Server.Dialers;
using H2H.Throttle.Server.PublicPages;
using H2H.Throttle.Server.Telemetry;
using H2H.Throttle.Server.Webhooks;
using H2H.Throttle.Sqlite;
using H2H.Throttle.Testing;

namespace H2H.Throttle.Server.Tests;

/// <summary>The server's README lists what can be set, and nothing else.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task Every_setting_is_in_the_readme_with_its_default()
    {
        IEnumerable<string> settings =
        [
            .. Rows(ServerOptions.Section, new ServerOptions()),
            .. Rows(AccessOptions.Section, new AccessOptions()),
            .. Rows(TlsOptions.Section, new TlsOptions()),
            .. Rows(TelemetryOptions.Section, new TelemetryOptions()),
            .. Rows(WebhookOptions.Section, new WebhookOptions()),
            .. Rows(PublicOptions.Section, new PublicOptions()),
            .. Rows(SqliteOptions.Section, new SqliteOptions()),
            .. Rows(RedisOptions.Section, new RedisOptions()),
            .. Rows(ThrottleOptions.Section, new ThrottleOptions()),
            .. Rows($"{DialerOptions.Section}:NAME", new DialerOptions()),
        ];

        string readme = await File.ReadAllTextAsync(
            Path.Combine(RepositoryFolder.Of("src", "H2H.Throttle.Server"), "README.md"),
            TestContext.Current.CancellationToken);

        Assert.Equal(settings, SettingRow().Matches(readme).Select(static match => match.Value));
    }

    private static IEnumerable<string> Rows<TOptions>(string section, TOptions options) =>
        typeof(TOptions).GetProperties().Select(property =>
            $"| `{section}:{property.Name}` | {Text(property.GetValue(options))} |");

    private static string Text(object? value) => value switch
    {
        "" or IDictionary { Count: 0 } => "",
        bool flag => flag ? "`true`" : "`false`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    [GeneratedRegex(@"^\| `[A-Z]\w+(?::NAME)?:\w+` \|[^|]*\|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
