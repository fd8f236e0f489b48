using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>A process of its own in which a <see cref="Host"/> runs, because a fault may end it or never end.</summary>
internal sealed class HostProcess : IDisposable
{
    /// <summary>Longer than any one test takes on a busy machine.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromMinutes(4);

    private readonly Process process;

    private HostProcess(Process process) => this.process = process;

    /// <param name="folder">Where the tests lie beside the assembly with the faults.</param>
    /// <param name="tests">The name of the tests' assembly.</param>
    /// <param name="fault">Is there from the start; null: none.</param>
    /// <returns>Null if the tests cannot even be listed.</returns>
    public static async Task<HostProcess?> StartAsync(string folder, string tests, int? fault = null)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] arguments =
        [
            "exec", "--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile", $"{tests}.deps.json",
            $"{typeof(HostProcess).Assembly.GetName().Name}.dll", "host", tests, $"{fault}",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        HostProcess host = new(Process.Start(start)!);
        host.process.ErrorDataReceived += static (_, _) => { };
        host.process.BeginErrorReadLine();
        if (await host.HearAsync() is not null)
        {
            return host;
        }

        host.Dispose();
        return null;
    }

    /// <summary>Runs every test once, without a fault. The second time nothing is built that is built once.</summary>
    /// <param name="failed">Is told of a test that fails although nothing is wrong; it is left out.</param>
    public async Task<ImmutableArray<TestCase>> SurveyAsync(Action<string> failed)
    {
        ImmutableArray<TestCase>.Builder cases = ImmutableArray.CreateBuilder<TestCase>();
        await process.StandardInput.WriteLineAsync("survey");
        while (await HearAsync() is { } answer and not "done")
        {
            if (answer.Split(' ', 6) is ["passed", var number, var ms, var calls, var reached, var name])
            {
                long often = long.Parse(calls, CultureInfo.InvariantCulture);
                cases.Add(new TestCase(Number(number), name, Number(ms), often, Numbers(reached)));
            }
            else
            {
                failed(answer);
            }
        }

        return cases.ToImmutable();
    }

    /// <summary>Runs tests with a fault until one fails.</summary>
    /// <param name="fault">Its number; less than zero: none.</param>
    /// <param name="order">The tests, first to last.</param>
    public async Task<Verdict> TryAsync(int fault, IEnumerable<TestCase> order)
    {
        int at = -1;
        await process.StandardInput.WriteLineAsync(
            $"try {fault} {string.Join(',', order.Select(static test => $"{test.Number}:{test.CallsMax}"))}");
        while (await HearAsync() is { } answer)
        {
            switch (answer.Split(' '))
            {
                case ["at", var number]:
                    at = Number(number);
                    break;
                case ["alive"]:
                    return new Verdict(Outcome.Alive, null, IsOver: false);
                case ["noticed", var number]:
                    return new Verdict(Outcome.Noticed, Number(number), IsOver: false);
                case ["hung", var number]:
                    return new Verdict(Outcome.Hung, Number(number), IsOver: false);
            }
        }

        return new Verdict(process.HasExited ? Outcome.Noticed : Outcome.Hung, at, IsOver: true);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    /// <summary>Null: the process ended, or was silent for too long.</summary>
    private async Task<string?> HearAsync()
    {
        try
        {
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(SilenceMax) is { } line)
            {
                if (line.StartsWith(Host.Sign, StringComparison.Ordinal))
                {
                    return line[Host.Sign.Length..];
                }
            }

            await process.WaitForExitAsync();
        }
        catch (TimeoutException)
        {
            return null;
        }

        return null;
    }

    private static ImmutableHashSet<int> Numbers(string text) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
