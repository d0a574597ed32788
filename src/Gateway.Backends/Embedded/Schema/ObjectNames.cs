using System.Text;

namespace Gateway.Backends.Embedded.Schema;

/// <summary>Names that PostgreSQL chooses: <c>t_pkey</c>, <c>t_a_key</c>, <c>t_a_fkey1</c>.</summary>
internal static class ObjectNames
{
    private const int MaxBytes = 63;

    public static string Choose(string table, IEnumerable<string> columns, string label, Func<string, bool> taken)
    {
        var middle = string.Join('_', columns);
        for (var pass = 0; ; pass++)
        {
            var name = Make(table, middle, pass == 0 ? label : $"{label}{pass}");
            if (!taken(name)) return name;
        }
    }

    // makeObjectName in PostgreSQL's indexcmds.c: the longer of the two names is cut until all fits.
    private static string Make(string table, string columns, string label)
    {
        while (true)
        {
            var name = columns.Length == 0 ? $"{table}_{label}" : $"{table}_{columns}_{label}";
            if (Encoding.UTF8.GetByteCount(name) <= MaxBytes) return name;
            if (Encoding.UTF8.GetByteCount(table) > Encoding.UTF8.GetByteCount(columns)) table = table[..^1];
            else columns = columns[..^1];
        }
    }
}
