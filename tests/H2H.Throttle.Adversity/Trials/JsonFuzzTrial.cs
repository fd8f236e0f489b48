using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using H2H.Throttle.Adversity.Fuzzing;
using H2H.Throttle.Adversity.Servers;

namespace H2H.Throttle.Adversity.Trials;

/// <summary>Whatever is posted to the JSON port, the server answers in JSON, says what is wrong, and lives.</summary>
internal sealed class JsonFuzzTrial : ITrial
{
    private const int Clients = 8;
    private const long MemoryBytesMost = 1024L * 1024 * 1024;

    public string Name => "random, mutated and hostile JSON bodies to a server process";

    public async Task<TrialResult> RunAsync(Scale scale, CancellationToken cancellation)
    {
        await using ServiceProcess service = await ServiceProcess.StartAsync(cancellation);
        using HttpClient http = new() { BaseAddress = service.HttpAddress };
        ConcurrentBag<string> flaws = [];
        int refused = 0;
        int sent = 0;
        async Task PostAsync(string path, byte[] body)
        {
            (HttpStatusCode status, string? flaw) = await TryAsync(http, path, body, cancellation);
            Interlocked.Increment(ref sent);
            Interlocked.Add(ref refused, status == HttpStatusCode.OK ? 0 : 1);
            if (flaw is not null)
            {
                string start = Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(300, body.Length)));
                flaws.Add($"{flaw}\nfor {path} with {body.Length} bytes: {start}");
            }
        }

        foreach ((string path, _) in JsonBodies.Good)
        {
            await Task.WhenAll(JsonBodies.Hostile.Select(body => PostAsync(path, body)));
        }

        byte[][] originals = [.. JsonBodies.Good.Select(static call => call.Body)];
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                Mutator mutator = new((scale.Seed * 100) + client);
                for (int input = client; input < scale.Inputs && flaws.Count < 5; input += Clients)
                {
                    int call = input % originals.Length;
                    await PostAsync(JsonBodies.Good[call].Path, mutator.Next(originals[call..(call + 1)]));
                }
            },
            cancellation)));
        if (service.MemoryBytesMost > MemoryBytesMost)
        {
            flaws.Add($"The server took {service.MemoryBytesMost:N0} bytes of memory.");
        }

        return new TrialResult(
            $"{sent:N0} bodies to {originals.Length} calls",
            $"{refused:N0} refused, {sent - refused:N0} still made sense",
            $"every answer is JSON and names what is wrong; at most {service.MemoryBytesMost >> 20:N0} MiB in use",
            [.. flaws]);
    }

    private static async Task<(HttpStatusCode Status, string? Flaw)> TryAsync(
        HttpClient http, string path, byte[] body, CancellationToken cancellation)
    {
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using HttpResponseMessage response =
                await http.PostAsync(new Uri(path, UriKind.Relative), content, cancellation);
            string text = await response.Content.ReadAsStringAsync(cancellation);
            using JsonDocument answer = JsonDocument.Parse(text);
            bool isBug = (int)response.StatusCode >= 500
                || (response.StatusCode != HttpStatusCode.OK && !answer.RootElement.TryGetProperty("code", out _));
            return (response.StatusCode, isBug ? $"{(int)response.StatusCode} {text}" : null);
        }
        catch (Exception broken) when (broken is HttpRequestException or JsonException)
        {
            return (default, broken.Message);
        }
    }
}
