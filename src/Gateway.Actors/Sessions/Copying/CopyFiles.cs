using Gateway.Actors.Copy;
using Gateway.Actors.Statements;
using Gateway.Protocol.Copy;
using Gateway.Sql.Analysis;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Actors.Sessions.Copying;

/// <summary>What COPY in both directions begins with.</summary>
internal static class CopyFiles
{
    /// <exception cref="PgException">42501: nobody has the privileges for the server's files and programs here.</exception>
    public static void Refuse(CopyStatement copy)
    {
        if (copy.File is null) return;
        var what = copy.Program ? "pg_execute_server_program role to COPY to or from an external program"
            : copy.From ? "pg_read_server_files role to COPY from a file"
            : "pg_write_server_files role to COPY to a file";
        throw new PgException(SqlStates.InsufficientPrivilege, $"must be superuser or have privileges of the {what}")
        {
            Hint = "Anyone can COPY to stdout or from stdin. psql's \\copy command also works for anyone.",
        };
    }

    public static BoundCopy Bind(ParsedStatement statement, CopyStatement copy, SchemaSnapshot schema, IReadOnlyList<string> searchPath)
    {
        try
        {
            return new Analyzer(schema, searchPath).BindCopy(copy);
        }
        catch (PgException error)
        {
            throw statement.InCharacters(error);
        }
    }

    public static Codec[] CodecsOf(BoundCopy bound)
    {
        using var scope = TypeScope.Enter(bound.Statement.Schema.Types, null);
        return [.. bound.Columns.Select(column => Codecs.Get(column.Type.Oid))];
    }

    public static FieldDecoder[] DecodersOf(BoundCopy bound)
    {
        using var scope = TypeScope.Enter(bound.Statement.Schema.Types, null);
        return [.. bound.Columns.Select(column => new FieldDecoder(column.Type))];
    }

    public static CopyOptions Options(ParsedStatement statement, CopyStatement copy, string[] columns)
    {
        try
        {
            return CopyOptionsReader.Read(copy, columns);
        }
        catch (PgException error)
        {
            throw statement.InCharacters(error);
        }
    }
}
