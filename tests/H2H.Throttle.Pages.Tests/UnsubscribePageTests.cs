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

    [Theory]
    [InlineData("it-IT", "Annulla l’iscrizione", "La tua iscrizione è annullata", "E-mail, da North")]
    [InlineData("de-CH", "Abmelden", "Sie sind abgemeldet", "E-Mail, von North")]
    [InlineData("fr-BE", "Se désabonner", "Votre désabonnement est fait", "E-mail, expéditeur North")]
    public async Task It_is_one_press_in_every_language(string locale, string press, string done, string what)
    {
        string person = $"person-{Guid.NewGuid():N}";
        IPage page = await server.VisitAsync(
            await server.UnsubscribeUrlAsync(person),
            new()
            {
                Locale = locale,
                ColorScheme = ColorScheme.Dark,
                ViewportSize = new() { Width = 320, Height = 640 },
            });
        await Expect(page.GetByText(what)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = press }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync(done);
        await Expect(page.GetByText(what)).ToBeVisibleAsync();
        Assert.Single((await server.SaidAsync(person)).Consent.OptOuts);
    }

    [Fact]
    public async Task A_link_that_is_no_good_says_so()
    {
        string url = await server.UnsubscribeUrlAsync("somebody");

        IPage page = await server.VisitAsync(url[..^3], new() { Locale = "fr-FR" });

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Ce lien ne fonctionne pas");
    }
}
