namespace H2H.Throttle.Core.Rules;

/// <summary>A part of a contact that matchers and groups can name.</summary>
public enum TraitKey
{
    Channel,
    Purpose,
    Brand,
    Campaign,
    Topic,
    Sender,
    Subject,
    Country,
    Address,
    Direction,
}
