using H2H.Throttle.Mutation;
using H2H.Throttle.Mutation.Trials;

// mutation host TESTS [FAULT]       serves the other one
// mutation run REPOSITORY TESTS…    see tests/mutation.sh
switch (args)
{
    case ["host", var tests, .. var fault]:
        await new Host(tests).ServeAsync(fault is [{ Length: > 0 } number] ? int.Parse(number) : null);
        return 0;
    case ["run", var repository, var tests, .. var files]:
        return await Run.OfAsync(repository, tests, [.. files]);
    default:
        await Console.Error.WriteLineAsync("Use tests/mutation.sh.");
        return 2;
}
