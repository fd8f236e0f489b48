using H2H.Throttle.Engine;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Checks the ranges that <see cref="ThrottleOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class ThrottleOptionsValidator : IValidateOptions<ThrottleOptions>;
