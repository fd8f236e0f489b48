using H2H.Throttle.Core.Consent;

namespace H2H.Throttle.Engine.People;

/// <summary>What people's words are about: four columns of texts.</summary>
internal ref struct ScopeColumns(
    NumberColumn channels, NumberColumn purposes, NumberColumn topics, NumberColumn brands)
{
    private NumberColumn channels = channels;
    private NumberColumn purposes = purposes;
    private NumberColumn topics = topics;
    private NumberColumn brands = brands;

    /// <exception cref="FormatException">There are fewer, or one names a text that is not there.</exception>
    public Scope Next(Texts texts) => new(
        texts[channels.Next()], texts[purposes.Next()], texts[topics.Next()], texts[brands.Next()]);

    /// <param name="columns">Where to.</param>
    /// <param name="fields">Of channels, purposes, topics and brands.</param>
    /// <param name="rows">One after the other.</param>
    /// <param name="symbols">Of the same record.</param>
    /// <param name="scopeOf">Tells what a row is about.</param>
    public static void Write<TRow>(
        ColumnWriter columns,
        (int Channels, int Purposes, int Topics, int Brands) fields,
        ReadOnlySpan<TRow> rows,
        Symbols symbols,
        Func<TRow, Scope> scopeOf)
    {
        (Symbols symbols, Func<TRow, Scope> scopeOf) all = (symbols, scopeOf);
        columns.Write(fields.Channels, rows, all, static (in row, by) => by.symbols[by.scopeOf(row).Channel]);
        columns.Write(fields.Purposes, rows, all, static (in row, by) => by.symbols[by.scopeOf(row).Purpose]);
        columns.Write(fields.Topics, rows, all, static (in row, by) => by.symbols[by.scopeOf(row).Topic]);
        columns.Write(fields.Brands, rows, all, static (in row, by) => by.symbols[by.scopeOf(row).Brand]);
    }
}
