using H2H.Throttle.Benchmarks;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Echo;
using H2H.Throttle.Benchmarks.Growth;
using H2H.Throttle.Benchmarks.Ratios;
using H2H.Throttle.Benchmarks.Reports;
using H2H.Throttle.Benchmarks.Soak;

// decisions FOLDER         what deciding and the codec cost, into FOLDER, and what not knowing a zone costs
// ratios FOLDER            the table of what is promised, into FOLDER
// soak FOLDER              ten minutes at 80 % of the load at which it sheds, into FOLDER
// soak FOLDER WINDOWS      the same in so many windows of ten seconds: shorter, to see that it works
// smoke FOLDER             all of that in seconds: numbers that mean nothing, from everything that makes numbers
// growth FOLDER            how cost grows, as curves, into FOLDER
// hot ROUNDS               many callers about one person, so often
// call METHOD URL SECONDS  calls a server that runs already, for whoever looks into it with a profiler
// echo REDIS FILE          a bare gRPC service, for the others; REDIS as in 127.0.0.1:6379, FILE as large as a log
switch (args)
{
    case ["echo", string redis, string file]:
        await EchoServer.RunAsync(redis, file);
        break;
    case ["call", string method, string url, string seconds]:
        Console.WriteLine(await LoneCaller.RunAsync(method, new Uri(url), TimeSpan.FromSeconds(int.Parse(seconds))));
        break;
    case ["hot", string rounds]:
        HotPersonBenchmark hot = await HotPersonBenchmark.RunAsync(int.Parse(rounds));
        Console.WriteLine($"{string.Join('\n', hot.Targets)}\n{hot.Floor.ToMarkdown()}");
        break;
    case ["growth", string curves]:
        Console.WriteLine(await GrowthBenchmark.RunAsync(curves, TimeSpan.FromSeconds(0.5), isWhole: true));
        break;
    case ["soak", string soaked]:
        Console.WriteLine(await SoakBenchmark.RunAsync(soaked, TimeSpan.FromSeconds(10), windows: 60));
        break;
    case ["soak", string soaked, string windows]:
        Console.WriteLine(await SoakBenchmark.RunAsync(soaked, TimeSpan.FromSeconds(10), int.Parse(windows)));
        break;
    case ["ratios", string folder]:
        RatioReport ratios = await RatioBenchmark.RunAsync(Scale.Full);
        Console.WriteLine(await ratios.WriteAsync(folder));
        break;
    case ["smoke", string scratch]:
        return await SmokeTrial.RunAsync(scratch);
    case ["decisions", string costs]:
        Console.WriteLine(await CostReport.WriteAsync(costs, isWhole: true));
        DecisionBenchmark.Run();
        ZonesBenchmark.Run();
        break;
    default:
        Console.WriteLine("tests/benchmarks.sh tells what can be measured.");
        return 1;
}

return 0;
