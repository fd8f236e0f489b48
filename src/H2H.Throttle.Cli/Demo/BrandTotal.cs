namespace H2H.Throttle.Cli.Demo;

/// <summary>How many contacts one brand asked for, and what became of them.</summary>
internal sealed record BrandTotal(string Brand, int Asked, int Through, int TakenBack, int Refused);
