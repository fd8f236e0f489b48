using Grpc.Net.Client;
using H2H.Throttle.Server;
using H2H.Throttle.Testing;
using H2H.Throttle.Wire;
using Microsoft.Playwright;

namespace H2H.Throttle.Pages.Tests;

/// <summary>A server, and a real browser to look at its pages with: Debian's Chromium.</summary>
public sealed class PageServer : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly TemporaryFolder folder = new();
    private ThrottleServer? server;
    private GrpcChannel? channel;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public ThrottleService.ThrottleServiceClient Throttle => new(channel);

    public ConsentService.ConsentServiceClient Consent => new(channel);

    public PersonService.PersonServiceClient People => new(channel);

    public async ValueTask InitializeAsync()
    {
        server = new ThrottleServer(
            ["--Server:GrpcPort=0", "--Server:HttpPort=0", $"--Sqlite:Path={folder.File("pages.db")}"]);
        await server.StartAsync(TestContext.Current.CancellationToken);
        channel = GrpcChannel.ForAddress(server.Addresses.Grpc);
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    /// <summary>A visitor without scripts, as all pages must work for.</summary>
    public async Task<IPage> VisitAsync(string address, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.JavaScriptEnabled ??= false;
        options.Locale ??= "en-GB";
        IBrowserContext context = await browser!.NewContextAsync(options);
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>What a person has said.</summary>
    public async Task<GetConsentResponse> SaidAsync(string person) => await Consent.GetConsentAsync(
        new GetConsentRequest { PersonId = person }, cancellationToken: TestContext.Current.CancellationToken);

    public async Task<string> PageUrlAsync(string person) =>
        (await Consent.CreatePageLinkAsync(new CreatePageLinkRequest { PersonId = person })).Url;

    public async Task<string> UnsubscribeUrlAsync(string person) =>
        (await Consent.CreateUnsubscribeLinkAsync(new CreateUnsubscribeLinkRequest
        {
            PersonId = person, Scope = new ConsentScope { Channel = "email", Brand = "North" },
        })).Url;

    /// <summary>Somebody who had contacts and said things, so that every part of the page is there.</summary>
    public async Task<string> SomebodyAsync()
    {
        string person = $"person-{Guid.NewGuid():N}";
        UpdatePersonRequest known = new() { Person = new Person { PersonId = person, Zone = "Europe/Rome" } };
        await People.UpdatePersonAsync(known);
        foreach (string brand in new[] { "North", "Südwind & Söhne", "نجمة الشرق", new string('W', 60) })
        {
            for (int i = 0; i < 3; i++)
            {
                await Throttle.ReserveAsync(new ReserveRequest
                {
                    RequestId = Guid.NewGuid().ToString(),
                    Contact = new Contact
                    {
                        PersonId = person, Channel = "email", Purpose = "marketing", Brand = brand, Topic = "shoes",
                    },
                });
            }
        }

        await Throttle.RecordAsync(new RecordRequest
        {
            Contact = new Contact { PersonId = person, Channel = "phone", Purpose = "service", Brand = "North" },
        });
        await Consent.GrantConsentAsync(new GrantConsentRequest { PersonId = person, Name = "calls" });
        await Consent.OptOutAsync(new OptOutRequest
        {
            PersonId = person,
            Scope = new ConsentScope { Channel = "sms", Brand = "North" },
            Source = "sms STOP",
        });
        return person;
    }

    public async ValueTask DisposeAsync()
    {
        await (browser?.DisposeAsync() ?? default);
        playwright?.Dispose();
        channel?.Dispose();
        await (server?.DisposeAsync() ?? default);
        folder.Dispose();
    }
}
