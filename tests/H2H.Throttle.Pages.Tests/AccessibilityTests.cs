using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace H2H.Throttle.Pages.Tests;

/// <summary>
/// What axe-core finds against WCAG 2.2, levels A and AA, is a failure; so is what it calls best practice.
/// </summary>
public sealed class AccessibilityTests(PageServer server) : IClassFixture<PageServer>
{
    [Theory]
    [InlineData("en", ColorScheme.Light, 375)]
    [InlineData("it", ColorScheme.Dark, 1280)]
    [InlineData("de", ColorScheme.Light, 1280)]
    [InlineData("fr", ColorScheme.Dark, 375)]
    public async Task Pages_keep_nobody_out(string language, ColorScheme scheme, int width)
    {
        string person = await server.SomebodyAsync();
        foreach (string url in new[]
        {
            $"{await server.PageUrlAsync(person)}?lang={language}&done=off",
            $"{await server.UnsubscribeUrlAsync(person)}?lang={language}",
            $"{(await server.PageUrlAsync(person))[..^1]}?lang={language}",
        })
        {
            // The browser's own scripts check the page, so the page's rule against all scripts is set aside for them.
            IPage page = await server.VisitAsync(
                url,
                new()
                {
                    JavaScriptEnabled = true,
                    BypassCSP = true,
                    ColorScheme = scheme,
                    ViewportSize = new() { Width = width, Height = 800 },
                });

            AxeResult found = await page.RunAxe();

            string[] violations =
            [
                .. found.Violations.Select(static one =>
                    $"{one.Id}: {one.Help} {string.Join(' ', one.Nodes.Select(static node => node.Html))}"),
            ];
            Assert.True(violations.Length == 0, string.Join('\n', violations));
            Assert.NotEmpty(found.Passes);
            await page.Context.CloseAsync();
        }
    }
}
