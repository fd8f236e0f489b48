using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace H2H.Throttle.Mutation.Trials;

/// <summary>Runs the tests of an assembly as often as it is asked to, each time with another fault.</summary>
/// <remarks>
/// Is asked by lines on the standard input and answers by lines on the standard output that begin with
/// <see cref="Sign"/>; whatever else is written there comes from the tests.
/// </remarks>
internal sealed class Host
{
    public const string Sign = "@@ ";

    private readonly List<ITestCase> cases = [];
    private readonly ITestFramework framework;
    private readonly Assembly tests;
    private readonly HostOptions options = new();

    public Host(string testAssembly)
    {
        tests = Assembly.Load(new AssemblyName(testAssembly));
        TestContext.SetForInitialization(null, diagnosticMessages: false, internalDiagnosticMessages: false);
        framework = ExtensibilityPointFactory.GetTestFramework(tests);
    }

    /// <param name="fault">The fault that is there from the start; null: none.</param>
    public async Task ServeAsync(int? fault)
    {
        Switch.Active = fault ?? -1;
        await framework.GetDiscoverer(tests).Find(
            found =>
            {
                cases.Add(found);
                return ValueTask.FromResult(true);
            },
            options);
        cases.Sort(static (one, other) => string.CompareOrdinal(NameOf(one), NameOf(other)));
        Tell($"ready {cases.Count}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["survey"]:
                    await SurveyAsync();
                    break;
                case ["try", var number, var order]:
                    await TryAsync(Number(number), order.Split(',', StringSplitOptions.RemoveEmptyEntries));
                    break;
            }
        }
    }

    /// <summary>Runs each test by itself, without a fault, and tells what code it comes to.</summary>
    /// <remarks>To be asked twice: what is only come to the first time is built once a process.</remarks>
    private async Task SurveyAsync()
    {
        for (int number = 0; number < cases.Count; number++)
        {
            bool[] reached = Switch.Watch();
            long started = Stopwatch.GetTimestamp();
            string? failure = await FailureOfAsync(cases[number], long.MaxValue);
            int ms = (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            IEnumerable<int> places = Enumerable.Range(0, reached.Length).Where(place => reached[place]);
            Tell(failure is null
                ? $"passed {number} {ms} {Switch.Calls} {string.Join(',', places)} {NameOf(cases[number])}"
                : $"failed {NameOf(cases[number])}: {failure}");
        }

        Switch.WatchNothing();
        Tell("done");
    }

    /// <summary>Runs tests with a fault until one fails.</summary>
    /// <param name="fault">Its number; less than zero: none.</param>
    /// <param name="order">Of each test its number, a colon, and how often it may come to faults.</param>
    private async Task TryAsync(int fault, string[] order)
    {
        Switch.Active = fault;
        string verdict = "alive";
        foreach (string test in order)
        {
            int colon = test.IndexOf(':', StringComparison.Ordinal);
            int number = Number(test[..colon]);
            long callsMax = long.Parse(test.AsSpan(colon + 1), CultureInfo.InvariantCulture);
            Tell($"at {number}");
            if (await FailureOfAsync(cases[number], callsMax) is not null)
            {
                verdict = (Switch.Calls > callsMax ? "hung " : "noticed ") + number;
                break;
            }
        }

        Switch.Active = -1;
        Tell(verdict);
    }

    private async Task<string?> FailureOfAsync(ITestCase one, long callsMax)
    {
        CaseSink sink = new();
        Switch.Allow(callsMax);
        await framework.GetExecutor(tests).RunTestCases([one], sink, options);
        return sink.Failure;
    }

    private static string NameOf(ITestCase one) => one.TestCaseDisplayName.ReplaceLineEndings(" ");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Tell(string answer) => Console.Out.WriteLine(Sign + answer);
}
