using H2H.Throttle.Server.Dialers;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Checks the ranges that <see cref="DialerOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class DialerOptionsValidator : IValidateOptions<DialerOptions>;
