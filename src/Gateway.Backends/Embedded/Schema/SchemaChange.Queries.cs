using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Dialects;
using Gateway.Sql.Dialects.Postgres;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Schema;

internal sealed partial class SchemaChange
{
    private long SelectInto(Select select, ValueList parameters) => Create(
        new CreateTableAs
        {
            Name = select.Into!.Table,
            Temporary = select.Into.Temporary,
            Source = new QueryStatement(select with { Into = null }),
        },
        parameters);

    private long Create(CreateTableAs create, ValueList parameters)
    {
        if (create.MaterializedView) throw PgException.Unsupported("materialized views are not supported by the embedded engine");
        if (create.Source is not QueryStatement query) throw PgException.Unsupported("CREATE TABLE AS EXECUTE is not supported by the embedded engine");
        var schema = SchemaFor(create.Name, create.Temporary);
        RequireTemporary(create.OnCommit, schema);
        if (Exists(schema, create.Name.Last))
        {
            if (!create.IfNotExists) throw Duplicate(create.Name.Last);
            Skip(SqlStates.DuplicateTable, $"relation \"{create.Name.Last}\" already exists, skipping");
            return 0;
        }

        RequireNoType(schema, create.Name.Last);
        var bound = Bind(query, parameters);
        var columns = Columns(bound, create.Columns);
        var info = new RelationInfo(NextOid(), schema, create.Name.Last, RelationKind.Table, columns) { Temporary = schema == TemporarySchema };
        MakeTable(new StoredRelation(info) { NextNumber = (short)(columns.Length + 1), OnCommit = create.OnCommit });
        if (!create.WithData) return 0;

        var step = SingleStep(bound);
        var statement = connection.Prepare($"INSERT INTO {StorageNames.Sql(info)} {step.Sql}");
        try
        {
            for (var i = 0; i < step.Parameters.Length; i++) statement.Bind(i + 1, parameters, step.Parameters[i] - 1);
            while (connection.Step(statement))
            {
            }

            return Native.sqlite3_changes64(connection.RawHandle);
        }
        finally
        {
            connection.Return(statement);
        }
    }

    private void Create(CreateView create)
    {
        if (create.CheckOption is not null) throw PgException.Unsupported("WITH CHECK OPTION is not supported by the embedded engine");
        if (create.Recursive) throw PgException.Unsupported("CREATE RECURSIVE VIEW is not supported by the embedded engine");
        var schema = SchemaFor(create.Name, create.Temporary);
        var old = connection.Schema.Find(schema, create.Name.Last);
        if (old is not null && !create.OrReplace) throw Duplicate(create.Name.Last);
        RequireNoType(schema, create.Name.Last);
        if (old is not null && old.Kind != RelationKind.View) throw new PgException(SqlStates.WrongObjectType, $"\"{old.Name}\" is not a view");

        using var none = new ValueList();
        var bound = Bind(new QueryStatement(create.Query), none);
        if (bound.ParameterTypes.Length > 0) throw new PgException(SqlStates.UndefinedParameter, "there is no parameter $1");
        var columns = Columns(bound, create.Columns);
        var depends = new HashSet<uint>();
        var types = new HashSet<uint>();
        TreeWalk.Visit(bound.Tree, node =>
        {
            if (node is TableRef { Relation: { } relation } && connection.FindStored(relation.Oid) is not null) depends.Add(relation.Oid);
            if (node is not Expr value) return;
            if (value.Type.Oid >= UserTypes.FirstOid && PgTypes.Find(value.Type.Oid) is { } used) types.Add(used.IsArray ? used.ElementOid : used.Oid);
            if (Domains.Of(value) is not 0 and var domain) types.Add(domain);
        });
        var temporary = schema == TemporarySchema || depends.Any(oid => connection.FindStored(oid)!.Info.Temporary);
        if (temporary) schema = TemporarySchema;
        if (old is not null)
        {
            for (var i = 0; i < old.Columns.Length; i++)
            {
                if (i >= columns.Length) throw new PgException("42P16", "cannot drop columns from view");
                if (columns[i].Name != old.Columns[i].Name)
                    throw new PgException("42P16", $"cannot change name of view column \"{old.Columns[i].Name}\" to \"{columns[i].Name}\"");
                if (columns[i].Type != old.Columns[i].Type)
                    throw new PgException("42P16", $"cannot change data type of view column \"{old.Columns[i].Name}\"");
            }

            connection.Run($"DROP VIEW {StorageNames.Sql(old)}");
        }

        var info = new RelationInfo(old?.Oid ?? NextOid(), schema, create.Name.Last, RelationKind.View, columns)
        {
            Definition = Kept(create.QueryText),
            Comment = old?.Comment,
            Temporary = temporary,
        };
        connection.Run($"CREATE {(temporary ? "TEMP " : "")}VIEW {StorageNames.Quote(StorageNames.Of(info))} ({StorageNames.Columns(columns.Select(column => column.Name))}) AS {SingleStep(bound).Sql}");
        connection.Save(new StoredRelation(info) { DependsOn = [.. depends], UsesTypes = [.. types], NextNumber = (short)(columns.Length + 1) });
    }

    /// <summary>A view's query as it is kept.</summary>
    private static string Kept(string query)
    {
        if (TypeScope.Types.IsEmpty) return query;
        var names = new List<TypeName>();
        TreeWalk.Visit(Parser.ParseQuery(query), node =>
        {
            if (node is TypeName name) names.Add(name);
        });
        return KeptText.Of(query, names);
    }

    private BoundStatement Bind(QueryStatement query, ValueList parameters)
    {
        // The types of parameters were settled when the statement was described; their carriers are all that is left here.
        _ = parameters;
        return new Analyzer(connection.Schema, SearchPath).Bind(query, []);
    }

    private SqlStep SingleStep(BoundStatement bound) =>
        connection.Database.Dialect.Render(bound) is { Steps: [SqlStep step] }
            ? step
            : throw PgException.Unsupported("this query cannot be stored by the embedded engine");

    private static ImmutableArray<ColumnInfo> Columns(BoundStatement bound, ImmutableArray<string> names)
    {
        if (!names.IsDefaultOrEmpty && names.Length > bound.Columns.Length)
            throw PgException.Syntax("too many column names were specified");
        var columns = ImmutableArray.CreateBuilder<ColumnInfo>(bound.Columns.Length);
        for (var i = 0; i < bound.Columns.Length; i++)
        {
            var name = !names.IsDefaultOrEmpty && i < names.Length ? names[i] : bound.Columns[i].Name;
            if (columns.Any(column => column.Name == name))
                throw new PgException(SqlStates.DuplicateColumn, $"column \"{name}\" specified more than once");
            var type = bound.Columns[i].Domain is not 0 and var domain ? new TypeRef(domain) : bound.Columns[i].Type;
            columns.Add(new ColumnInfo(name, (short)(i + 1), type.IsUnknownLiteral ? new TypeRef(Oids.Text) : type, NotNull: false));
        }

        return columns.MoveToImmutable();
    }
}
