namespace H2H.Throttle.Benchmarks.Calls;

/// <summary>Takes a frame that tells of a stream; its payload is gone afterwards.</summary>
internal delegate void FrameReceiver(byte type, byte flags, int stream, ReadOnlySpan<byte> payload);
