using System.Text.RegularExpressions;

namespace Gateway.Backends.Iris.Schema;

/// <summary>IRIS does not undo DDL, so what a failed statement had added is taken away again, as far as one statement can.</summary>
internal static partial class DdlUndo
{
    private const string Name = "\"(?:[^\"]|\"\")+\"";
    private const string Table = Name + @"\." + Name;

    private static readonly (Regex Done, string Undone)[] Rules =
    [
        (CreateTable(), "DROP TABLE $1"),
        (CreateView(), "DROP VIEW $1"),
        (CreateIndex(), "DROP INDEX $1 ON TABLE $2"),
        (CreateSchema(), "DROP SCHEMA $1"),
        (AddColumn(), "ALTER TABLE $1 DROP COLUMN $2"),
        (AddConstraint(), "ALTER TABLE $1 DROP CONSTRAINT $2"),
        (RenameColumn(), "ALTER TABLE $1 ALTER COLUMN $3 RENAME $2"),
        (RenameTable(), "ALTER TABLE $1.$3 RENAME $2"),
    ];

    /// <summary>The statement that takes back another, or null.</summary>
    public static string? Of(string sql)
    {
        foreach (var (done, undone) in Rules)
            if (done.Match(sql) is { Success: true } match) return match.Result(undone);
        return null;
    }

    [GeneratedRegex($"^CREATE TABLE ({Table})")]
    private static partial Regex CreateTable();

    [GeneratedRegex($"^CREATE VIEW ({Table})")]
    private static partial Regex CreateView();

    [GeneratedRegex($@"^CREATE (?:UNIQUE )?INDEX ({Name}) ON TABLE ({Table})")]
    private static partial Regex CreateIndex();

    [GeneratedRegex($"^CREATE SCHEMA (?:IF NOT EXISTS )?({Name})")]
    private static partial Regex CreateSchema();

    [GeneratedRegex($@"^ALTER TABLE ({Table}) ADD COLUMN \(?({Name})")]
    private static partial Regex AddColumn();

    [GeneratedRegex($"^ALTER TABLE ({Table}) ADD CONSTRAINT ({Name})")]
    private static partial Regex AddConstraint();

    [GeneratedRegex($"^ALTER TABLE ({Table}) ALTER COLUMN ({Name}) RENAME ({Name})$")]
    private static partial Regex RenameColumn();

    [GeneratedRegex($@"^ALTER TABLE ({Name})\.({Name}) RENAME ({Name})$")]
    private static partial Regex RenameTable();
}
