using System.Collections.Immutable;
using NodaTime;

namespace H2H.Throttle.Core.Decisions;

/// <summary>The answer to "may this person be contacted then?": yes, or no with every reason.</summary>
public abstract record Decision
{
    private Decision(ImmutableArray<Reason> warnings, ImmutableArray<Reason> shadows) =>
        (Warnings, Shadows) = (warnings, shadows);

    /// <summary>
    /// What rules had to leave open, about the contact or, if it is denied, about when it is next allowed; and, if it
    /// is allowed, rules that warn and were overridden.
    /// </summary>
    public ImmutableArray<Reason> Warnings { get; }

    /// <summary>Rules that only observe and are not met.</summary>
    public ImmutableArray<Reason> Shadows { get; }

    public sealed record Allowed : Decision
    {
        internal static readonly Allowed Plain = new([], []);

        public Allowed(ImmutableArray<Reason> warnings, ImmutableArray<Reason> shadows) : base(warnings, shadows) { }
    }

    public sealed record Denied : Decision
    {
        /// <exception cref="ArgumentOutOfRangeException">There is no reason.</exception>
        public Denied(
            ImmutableArray<Reason> reasons,
            ImmutableArray<Reason> warnings,
            ImmutableArray<Reason> shadows,
            Instant? nextAllowedAt,
            ImmutableArray<string> allowedChannels) : base(warnings, shadows)
        {
            ArgumentOutOfRangeException.ThrowIfZero(reasons.Length, nameof(reasons));
            (Reasons, NextAllowedAt, AllowedChannels) = (reasons, nextAllowedAt, allowedChannels);
        }

        /// <summary>
        /// All that is in the way: what the person said first, then rules in the policy's order. Never empty.
        /// </summary>
        public ImmutableArray<Reason> Reasons { get; }

        /// <summary>
        /// The first instant at which all rules together would allow it; null: waiting does not help.
        /// </summary>
        public Instant? NextAllowedAt { get; }

        /// <summary>Declared channels on which the same contact would be allowed at the same time.</summary>
        public ImmutableArray<string> AllowedChannels { get; }
    }
}
