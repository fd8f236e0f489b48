using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server;

/// <summary>Checks the ranges that <see cref="ServerOptions"/> declares.</summary>
[OptionsValidator]
public sealed partial class ServerOptionsValidator : IValidateOptions<ServerOptions>;
