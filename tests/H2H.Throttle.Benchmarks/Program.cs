using H2H.Throttle.Benchmarks;
using H2H.Throttle.Benchmarks.Calls;
using H2H.Throttle.Benchmarks.Echo;
using H2H.Throttle.Benchmarks.Growth;
using H2H.Throttle.Benchmarks.Ratios;
using H2H.Throttle.Benchmarks.Reports;

// decisions                what a decision costs, and what not knowing a zone costs
// ratios FOLDER            the table of what is promised, into FOLDER
// smoke FOLDER             all of that in seconds: numbers that mean nothing, from everything that makes numbers
// growth FOLDER            how cost grows, as curves, into FOLDER
// call METHOD URL SECONDS  calls a server that runs already, for whoever looks into it with a profiler
// echo                     a bare gRPC service, for the others
switch (args)
{
    case ["echo"]:
        await EchoServer.RunAsync();
        break;
    case ["call", string method, string url, string seconds]:
        Console.WriteLine(await LoneCaller.RunAsync(method, new Uri(url), TimeSpan.FromSeconds(int.Parse(seconds))));
        break;
    case ["growth", string curves]:
        Console.WriteLine(await GrowthBenchmark.RunAsync(curves, TimeSpan.FromSeconds(0.5), isWhole: true));
        break;
    case ["ratios", string folder]:
        RatioReport ratios = await RatioBenchmark.RunAsync(Scale.Full);
        Console.WriteLine(await ratios.WriteAsync(folder));
        break;
    case ["smoke", string scratch]:
        return await SmokeTrial.RunAsync(scratch);
    default:
        DecisionBenchmark.Run();
        ZonesBenchmark.Run();
        break;
}

return 0;
