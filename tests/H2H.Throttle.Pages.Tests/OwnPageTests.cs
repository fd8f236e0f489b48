using H2H.Throttle.Wire;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace H2H.Throttle.Pages.Tests;

public sealed class OwnPageTests(PageServer server) : IClassFixture<PageServer>
{
    [Fact]
    public async Task Everything_works_by_keyboard_alone_and_without_scripts()
    {
        string person = await server.SomebodyAsync();
        IPage page = await server.VisitAsync(await server.PageUrlAsync(person));

        await PressUntilAsync(page, "Tab", page.GetByRole(AriaRole.Switch, new() { Name = "E-mail" }));
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Turned off");
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "E-mail" }))
            .ToHaveAttributeAsync("aria-checked", "false");

        await PressUntilAsync(page, "Tab", page.GetByRole(AriaRole.Radio, new() { Checked = true }));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("How often: saved");
        await Expect(page.GetByLabel("At most once a week")).ToBeCheckedAsync();

        await PressUntilAsync(page, "Tab", page.GetByRole(AriaRole.Button, new() { Name = "Stop everything" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Everything is stopped" })).ToBeVisibleAsync();

        GetConsentResponse said = await server.SaidAsync(person);
        Assert.Contains(said.Consent.OptOuts, static no => no.Scope.Equals(new ConsentScope()));
    }

    [Fact]
    public async Task What_has_the_focus_can_be_seen()
    {
        IPage page = await server.VisitAsync(
            await server.PageUrlAsync(await server.SomebodyAsync()), new() { JavaScriptEnabled = true });

        for (int i = 0; i < 12; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            string outline = await page.EvaluateAsync<string>(
                "() => getComputedStyle(document.activeElement).outlineStyle + ' ' "
                + "+ getComputedStyle(document.activeElement).outlineWidth");

            Assert.Equal("solid 3px", outline);
        }
    }

    [Fact]
    public async Task Going_back_and_reloading_does_nothing_twice()
    {
        string person = await server.SomebodyAsync();
        IPage page = await server.VisitAsync(await server.PageUrlAsync(person));
        int before = (await server.SaidAsync(person)).History.Count;

        ILocator paused = page.GetByRole(AriaRole.Heading, new() { Name = "Paused" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause for a month" }).ClickAsync();
        await Expect(paused).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync();
        await page.ReloadAsync();
        await page.GoBackAsync();
        await page.GoForwardAsync();

        await Expect(paused).ToBeVisibleAsync();
        Assert.Equal(before + 1, (await server.SaidAsync(person)).History.Count);
    }

    [Theory]
    [InlineData("en-GB", "Who may contact you", "Stop everything")]
    [InlineData("it-IT", "Chi può contattarti", "Ferma tutto")]
    [InlineData("de-AT", "Wer Sie kontaktieren darf", "Alles stoppen")]
    [InlineData("fr-CA", "Qui peut vous contacter", "Tout arrêter")]
    public async Task It_speaks_the_browsers_language_and_keeps_it(string locale, string title, string stop)
    {
        IPage page = await server.VisitAsync(
            await server.PageUrlAsync(await server.SomebodyAsync()), new() { Locale = locale });

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await page.GetByRole(AriaRole.Button, new() { Name = stop }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await page.GetByRole(AriaRole.Link, new() { Name = "Deutsch" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Wer Sie kontaktieren darf");
    }

    [Theory]
    [InlineData(320)]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Nothing_sticks_out_of_the_screen_whatever_brands_are_called(int width)
    {
        IPage page = await server.VisitAsync(
            await server.PageUrlAsync(await server.SomebodyAsync()),
            new() { JavaScriptEnabled = true, ViewportSize = new() { Width = width, Height = 800 } });

        int scrolled = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");

        Assert.InRange(scrolled, 1, width);
    }

    [Fact]
    public async Task A_long_history_is_folded_and_unfolds_by_keyboard_without_scripts()
    {
        string person = await server.SomebodyAsync();
        for (int i = 0; i < 12; i++)
        {
            await server.Throttle.RecordAsync(
                new RecordRequest
                {
                    Contact = new Contact
                    {
                        PersonId = person, Channel = "phone", Purpose = "service", Brand = $"Shop {i}",
                    },
                },
                cancellationToken: TestContext.Current.CancellationToken);
        }

        IPage page = await server.VisitAsync(await server.PageUrlAsync(person), new() { Locale = "it-IT" });
        ILocator contacts = page.GetByRole(AriaRole.Region, new() { Name = "Chi ti ha contattato" });
        ILocator oldest = contacts.Locator("li").Last;
        await Expect(oldest).ToBeHiddenAsync();

        await PressUntilAsync(page, "Tab", contacts.Locator("summary"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(oldest).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_browser_has_nothing_to_complain_about()
    {
        List<string> complaints = [];
        IPage page = await server.VisitAsync("about:blank", new() { JavaScriptEnabled = true });
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync(await server.PageUrlAsync(await server.SomebodyAsync()));
        await page.GetByRole(AriaRole.Switch, new() { Name = "Text message" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        Assert.Empty(complaints);
    }

    private static async Task PressUntilAsync(IPage page, string key, ILocator wanted)
    {
        for (int presses = 0; presses < 120; presses++)
        {
            await page.Keyboard.PressAsync(key);
            if (await wanted.And(page.Locator(":focus")).CountAsync() > 0)
            {
                return;
            }
        }

        Assert.Fail($"{wanted} is not reached by {key}.");
    }
}
