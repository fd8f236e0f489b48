using H2H.Throttle.Server.Webhooks;
using Microsoft.Extensions.Options;

namespace H2H.Throttle.Server.Start;

/// <summary>Checks the ranges that <see cref="WebhookOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;
