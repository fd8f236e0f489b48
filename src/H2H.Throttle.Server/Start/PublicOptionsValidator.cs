using H2H.Throttle.Server.PublicPages;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Checks the ranges that <see cref="PublicOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class PublicOptionsValidator : IValidateOptions<PublicOptions>;
