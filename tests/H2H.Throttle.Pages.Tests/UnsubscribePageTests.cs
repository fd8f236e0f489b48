using H2H.Throttle.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace H2H.Throttle.Pages.Tests;

public sealed class UnsubscribePageTests(PageServer server) : IClassFixture<PageServer>
{
    [Fact]
    public async Task Looking_does_nothing_and_one_press_unsubscribes()
    {
        string person = $"person-{Guid.NewGuid():N}";
        IPage page = await server.VisitAsync(await server.UnsubscribeUrlAsync(person));
        GetConsentResponse looked = await server.SaidAsync(person);

        await page.Keyboard.PressAsync("Tab");
        ILocator button = page.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You are unsubscribed");
        GetConsentResponse said = await server.SaidAsync(person);
        Assert.Empty(looked.History);
        Assert.Equal("North", Assert.Single(said.Consent.OptOuts).Scope.Brand);
    }

    [Fact]
    public async Task A_link_that_is_no_good_says_so()
    {
        string url = await server.UnsubscribeUrlAsync("somebody");

        IPage page = await server.VisitAsync(url[..^3], new() { Locale = "fr-FR" });

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Ce lien ne fonctionne pas");
    }
}
