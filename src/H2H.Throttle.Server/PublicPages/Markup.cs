namespace H2H.Throttle.Server.PublicPages;

/// <summary>HTML that is safe to send: written by us, with everything from elsewhere encoded.</summary>
internal readonly record struct Markup(string Text)
{
    public static Markup None { get; } = new("");

    /// <summary>As in <c>Markup.Of($"&lt;p&gt;{name}&lt;/p&gt;")</c>: texts in braces are encoded.</summary>
    public static Markup Of(MarkupWriter html) => html.ToMarkup();

    public static Markup All(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(static part => part.Text)));

    public override string ToString() => Text;
}
