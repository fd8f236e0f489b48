using System.Buffers;
using System.Text;

namespace H2H.Throttle.Cli.Campaigns;

/// <summary>Writes CSV (RFC 4180), each record on one line whatever its fields hold.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\",\r\n");

    public static void AppendRecord(StringBuilder to, params ReadOnlySpan<string> fields)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                to.Append(',');
            }

            if (fields[i].AsSpan().ContainsAny(Special))
            {
                string flat = fields[i].ReplaceLineEndings(" ").Replace("\"", "\"\"", StringComparison.Ordinal);
                to.Append('"').Append(flat).Append('"');
            }
            else
            {
                to.Append(fields[i]);
            }
        }

        to.Append('\n');
    }
}
