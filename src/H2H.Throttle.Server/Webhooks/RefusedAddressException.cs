namespace H2H.Throttle.Server.Webhooks;

/// <summary>Nothing may be sent to where the name of a host points.</summary>
internal sealed class RefusedAddressException(string message) : IOException(message);
