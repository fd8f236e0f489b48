namespace H2H.Throttle.Engine.People;

/// <summary>How long the content of a field is: the last three bits of its key (protobuf.dev, "Encoding").</summary>
internal enum WireType
{
    Number = 0,
    EightBytes = 1,

    /// <summary>It tells its length, as messages, texts and packed columns do.</summary>
    Counted = 2,

    FourBytes = 5,
}
