namespace H2H.Throttle.Engine.Webhooks;

/// <summary>Brings events to receivers. Safe from any thread.</summary>
public interface IWebhookCarrier
{
    /// <summary>Sends one event, once; does not follow where it is sent elsewhere.</summary>
    /// <param name="url">To where.</param>
    /// <param name="message">What.</param>
    /// <param name="cancellation">Ends the try, whose outcome is unknown then.</param>
    /// <returns>How it went; every failure of the receiver, and of the way to it, is one.</returns>
    Task<Carried> CarryAsync(Uri url, SignedEvent message, CancellationToken cancellation);
}
