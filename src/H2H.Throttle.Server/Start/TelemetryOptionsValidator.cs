using H2H.Throttle.Server.Telemetry;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Checks what <see cref="TelemetryOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class TelemetryOptionsValidator : IValidateOptions<TelemetryOptions>;
