using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace H2H.Throttle.Cli.Tests.Running;

/// <summary><c>h2h</c> while it runs, as a process of its own.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly StringBuilder said = new();
    private readonly StringBuilder complaint = new();
    private volatile TaskCompletionSource saying = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningCommand(Process process)
    {
        this.process = process;
        output = ListenAsync();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="arguments">The command line.</param>
    /// <param name="variables">Environment variables beside those of this process; null takes one away.</param>
    /// <param name="input">What stands on standard input.</param>
    public static RunningCommand Start(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, string input = "")
    {
        RunningCommand command = StartListening(arguments, variables);
        command.process.StandardInput.Write(input);
        command.process.StandardInput.Close();
        return command;
    }

    /// <summary>The same, with a standard input that goes on: see <see cref="TellAsync"/>.</summary>
    public static RunningCommand StartListening(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? variables = null)
    {
        ProcessStartInfo start = BuiltProgram.Cli();
        start.Environment.Remove("H2H_SERVER");
        start.Environment["TZ"] = "UTC";
        foreach ((string name, string? value) in variables ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new RunningCommand(Process.Start(start)!);
    }

    /// <summary>Writes more to standard input.</summary>
    public async Task TellAsync(string text)
    {
        await process.StandardInput.WriteAsync(text);
        await process.StandardInput.FlushAsync(Cancellation);
    }

    /// <summary>Standard input ends.</summary>
    public void TellNoMore() => process.StandardInput.Close();

    /// <summary>Waits until standard output has this text.</summary>
    public async Task SaysAsync(string text)
    {
        while (true)
        {
            Task more = saying.Task;   // taken before the look: what is said in between is not missed
            string now = Said();
            if (now.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.False(output.IsCompleted, $"It ended without saying '{text}':\n{now}");
            await Task.WhenAny(more, output);
        }
    }

    /// <summary>Waits until standard error has a line with this text.</summary>
    public async Task ComplainsAsync(string text)
    {
        while (await process.StandardError.ReadLineAsync(Cancellation) is { } line)
        {
            complaint.AppendLine(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"It ended without saying '{text}':\n{complaint}\n{await output}");
    }

    /// <summary>What Ctrl-C does.</summary>
    public async Task InterruptAsync()
    {
        string id = process.Id.ToString(CultureInfo.InvariantCulture);
        using Process kill = Process.Start("kill", ["-INT", id]);
        await kill.WaitForExitAsync(Cancellation);
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<Ended> EndAsync()
    {
        complaint.Append(await process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return new Ended(process.ExitCode, await output, complaint.ToString());
    }

    private string Said()
    {
        lock (said)
        {
            return said.ToString();
        }
    }

    private async Task<string> ListenAsync()
    {
        char[] heard = new char[4096];
        int count;
        while ((count = await process.StandardOutput.ReadAsync(heard.AsMemory(), Cancellation)) > 0)
        {
            lock (said)
            {
                said.Append(heard, 0, count);
            }

            TaskCompletionSource before = saying;
            saying = new(TaskCreationOptions.RunContinuationsAsynchronously);
            before.SetResult();
        }

        return Said();
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
