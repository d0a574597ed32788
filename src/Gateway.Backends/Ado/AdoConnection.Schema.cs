using System.Collections.Immutable;
using System.Data;
using Gateway.Sql.Dialects.Remote;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Ado;

public sealed partial class AdoConnection : IAdoSource
{
    private SchemaSnapshot? _schema;
    private bool _ownSchema;

    private bool HasTemporary { get; set; }

    /// <summary>The database's; its own while it holds uncommitted DDL or temporary tables.</summary>
    public SchemaSnapshot Schema
    {
        get
        {
            if (!_ownSchema) return _backend.Schema;
            if (_schema is { } known) return known;
            if (IsBroken) return _backend.Schema;
            PutReaderAside();
            return _schema = _backend.Read(this);
        }
    }

    /// <summary>For the codecs of what a statement takes and returns. Without a type of the database's own nothing needs them.</summary>
    private TypeScope EnterTypes(ImmutableArray<Input> inputs, ImmutableArray<TypeRef> types) => TypeScope.Enter(
        inputs.Any(input => input.Type.Oid >= UserTypes.FirstOid) || types.Any(type => type.Oid >= UserTypes.FirstOid) ? Schema.Types : UserTypes.Empty, null);

    /// <summary>Carries out a statement as it was written: the server knows best what it means.</summary>
    private long ChangeSchema(Statement statement)
    {
        var text = statement.Written
            ?? throw PgException.Unsupported($"{CommandTag.Of(statement).Name} is not supported inside another statement");
        var command = _commands.Get(text, 0, [], _transaction);
        var rows = Run(command, command =>
        {
            using var reader = command.ExecuteReader();
            while (reader.NextResult())
            {
            }

            return _backend.Adapter.RowsOf(reader);
        });
        _commands.Forget(command);
        if (statement is CallStatement or DoStatement or OpaqueStatement) _dirty = true;
        if (IsTemporary(statement)) HasTemporary = true;
        if (HasTemporary) Pin("temporary tables");
        else if (_dirty) Pin("what a routine may have set");
        ChangedSchema();
        return rows;
    }

    private bool _dirty;

    private void ChangedSchema()
    {
        _schema = null;
        _ownSchema = InTransaction || HasTemporary;
        if (!InTransaction) _backend.ForgetSchema();
        _commandsAreOld = true;
    }

    private static bool IsTemporary(Statement statement) => statement switch
    {
        CreateTable { Temporary: true } or CreateTableAs { Temporary: true } or CreateView { Temporary: true } or CreateSequence { Temporary: true } => true,
        CreateTable { Name.Schema: "pg_temp" } or CreateTableAs { Name.Schema: "pg_temp" } or CreateView { Name.Schema: "pg_temp" } => true,
        _ => false,
    };

    IReadOnlyList<string?[]> IAdoSource.Query(string sql)
    {
        try
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            command.Transaction = _transaction;
            using var reader = Call(static command => command.ExecuteReader(), command);
            var rows = new List<string?[]>();
            while (Call(static reader => reader.Read(), reader))
            {
                var row = new string?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
                rows.Add(row);
            }

            return rows;
        }
        catch (Exception error)
        {
            throw Failed(error);
        }
    }
}
