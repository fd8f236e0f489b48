using Grpc.Core;
using H2H.Throttle.Engine;
using H2H.Throttle.Engine.Simulations;
using H2H.Throttle.Server.Errors;
using H2H.Throttle.Server.Times;
using H2H.Throttle.Wire;
using NodaTime;

namespace H2H.Throttle.Server.Policies;

/// <summary>Simulations, with their progress.</summary>
internal sealed class SimulationCalls(ThrottleEngine engine, SimulationShare share, TimeProvider clock)
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromSeconds(1);

    public async Task SimulateAsync(
        SimulatePolicyRequest request,
        IServerStreamWriter<SimulatePolicyResponse> responses,
        CancellationToken cancellation)
    {
        Violations violations = new();
        PolicyWire.CheckLength(request.Document, violations);
        Instant? from = TimeWire.Read(request.From, "from", violations);
        Instant? until = TimeWire.Read(request.Until, "until", violations);
        violations.ThrowIfAny();
        PolicySimulation simulation = engine.Simulations.Prepare(
            request.Document,
            request.CandidateCase is SimulatePolicyRequest.CandidateOneofCase.Version ? request.Version : null,
            request.HasSamplePercent ? request.SamplePercent : 100,
            from,
            until,
            new SimulationPace(clock, () => share.Now));

        Task<SimulationReport> running = Task.Run(
            () => engine.Simulations.RunAsync(simulation, cancellation), cancellation);
        while (await Task.WhenAny(running, Task.Delay(ProgressPause, clock, cancellation)) != running)
        {
            if (cancellation.IsCancellationRequested)
            {
                break;
            }

            await responses.WriteAsync(
                new SimulatePolicyResponse { Progress = SimulationWire.Write(simulation.Progress) }, cancellation);
        }

        SimulationReport report = await running;
        await responses.WriteAsync(
            new SimulatePolicyResponse { Simulation = SimulationWire.Write(report) }, cancellation);
    }
}
