using System.Diagnostics;

namespace H2H.Throttle.Benchmarks.Processes;

/// <summary>Programs that are run to their end.</summary>
internal static class Tool
{
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it complained of.</exception>
    public static Task<string> RunAsync(string program, params string[] arguments) =>
        RunInAsync(Environment.CurrentDirectory, program, arguments);

    /// <inheritdoc cref="RunAsync"/>
    public static async Task<string> RunInAsync(string folder, string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        })!;
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await complaints}{output}");
    }
}
