using System.Collections.Immutable;
using Gateway.Sql.Analysis;
using Gateway.Sql.Parsing;
using Gateway.Sql.Schema;
using Gateway.Sql.Tree;
using Gateway.Types;

namespace Gateway.Sql.Dialects.Sqlite;

internal sealed partial class SqliteWriter
{
    /// <summary>The statement, or what is left of it behind the steps it needs first; null when nothing is.</summary>
    private string? Dml(DmlStatement statement) => InScope(() =>
    {
        var with = statement.With is { } w ? With(w) : "";
        if (_changed.ContainsKey(statement.Relation!.Oid) && statement is not Insert { OnConflict: null or { DoUpdate: false } })
            throw Unsupported($"a second change of \"{statement.Relation.Name}\" in one statement");
        return statement switch
        {
            Insert insert => with + Insert(insert),
            Update update => ReturnsOthers(update, update.From) ? UpdateInSteps(update, with) : with + Update(update),
            Delete delete => ReturnsOthers(delete, delete.Using) ? DeleteInSteps(delete, with) : with + Delete(delete),
            Merge merge => Merge(merge, with),
            _ => throw Unsupported(statement.GetType().Name),
        };
    });

    private static RelationInfo Target(DmlStatement statement)
    {
        var relation = statement.Relation ?? throw Unsupported($"{statement.Table}");
        if (relation.Kind != RelationKind.Table)
            throw PgException.Unsupported($"cannot change \"{relation.Name}\": it is not a table");
        return relation;
    }

    private static string TargetName(DmlStatement statement) => statement.TableAlias ?? statement.Table.Last;

    private string Insert(Insert insert)
    {
        var relation = Target(insert);
        var alias = TargetName(insert);
        var sql = $"INSERT INTO {Changed(relation, ChangeKind.Insert)}";
        if (insert.TableAlias is not null) sql += $" AS {EmbeddedNames.Quote(alias)}";
        if (insert.Columns.Any(column => !column.Subscripts.IsDefaultOrEmpty || !column.Fields.IsDefaultOrEmpty))
            throw Unsupported("INSERT into a part of a column");
        sql += insert.Source is null ? " DEFAULT VALUES" : Source(insert, relation);
        if (insert.OnConflict is { } conflict) sql += Conflict(conflict, relation, alias);
        return sql + Returning(insert, alias);
    }

    private string Source(Insert insert, RelationInfo relation)
    {
        var names = insert.Columns.IsDefaultOrEmpty
            ? [.. relation.Columns.Select(column => column.Name)]
            : insert.Columns.Select(column => column.Column).ToList();
        if (insert.Source is Values { OrderBy.IsDefaultOrEmpty: true, Limit: null, Offset: null, With: null } values)
        {
            // A column that is DEFAULT in every row is left out; SQLite then applies the default.
            var width = values.Rows[0].Length;
            var own = Enumerable.Range(0, width).Where(i => IsOverridden(insert, relation, names[i])).ToList();
            if (own.Count > 0) values = values with { Rows = [.. values.Rows.Select(row => row.Select((value, i) => own.Contains(i) ? new DefaultValue() : value).ToImmutableArray())] };
            var kept = Enumerable.Range(0, width).Where(i => !values.Rows.All(row => row[i] is DefaultValue)).ToList();
            if (kept.Count == 0 && values.Rows.Length == 1) return " DEFAULT VALUES";
            if (kept.Count == 0) throw Unsupported("several rows of nothing but DEFAULT");
            var rows = InScope(() => values.Rows.Select(row => $"({string.Join(", ", kept.Select(i => Assigned(row[i], names[i], relation)))})").ToList());
            var columns = kept.Select(i => names[i]).ToList();
            var text = $"VALUES {string.Join(", ", rows)}";
            if (rows.Count > 1 && OnceKey(insert, relation, columns) is { } once)
                text = Once(columns, $"SELECT {string.Join(", ", columns.Select((name, i) => $"column{i + 1} AS {EmbeddedNames.Quote(name)}"))} FROM ({text})", once);
            return $" ({string.Join(", ", columns.Select(EmbeddedNames.Quote))}) {text}";
        }

        var outputs = OutputNames(insert.Source!).Count;
        var inserted = names.Take(outputs).ToList();
        if (inserted.Exists(name => IsOverridden(insert, relation, name))) throw Unsupported("OVERRIDING USER VALUE over a query");
        if (insert.Source is not Select { From.IsDefaultOrEmpty: true } && OnceKey(insert, relation, inserted) is { } key)
            return $" ({string.Join(", ", inserted.Select(EmbeddedNames.Quote))}) {Once(inserted, Query(insert.Source!, inserted), key)}";
        var query = Query(insert.Source!, null);

        // Without WHERE, SQLite reads ON CONFLICT as the join condition of the SELECT.
        if (insert.OnConflict is not null) query = $"SELECT * FROM ({query}) WHERE 1";
        return $" ({string.Join(", ", names.Take(outputs).Select(EmbeddedNames.Quote))}) {query}";
    }

    private static bool IsOverridden(Insert insert, RelationInfo relation, string column) =>
        insert.Overriding == "user" && relation.FindColumn(column) is { Identity: not '\0' };

    /// <summary>The key that no two rows of an upsert may share, as SQL over the inserted columns; null when there is nothing to look for.</summary>
    private static List<string>? OnceKey(Insert insert, RelationInfo relation, List<string> inserted)
    {
        if (insert.OnConflict is not { DoUpdate: true } conflict) return null;
        if (conflict.TargetWhere is not null || conflict.Target.Any(element => element.Value is not ColumnRef))
            throw Unsupported("ON CONFLICT over an expression or a partial index, for several rows,");
        IEnumerable<string> key = conflict.Constraint is { } name
            ? relation.Constraints.FirstOrDefault(c => c.Name == name)?.Columns ?? relation.Indexes.FirstOrDefault(i => i.Name == name)?.Columns ?? []
            : conflict.Target.Select(element => ((ColumnRef)element.Value).Column!.Name);

        // A key column that is left out has its default: mostly the next number of a sequence.
        return key.All(inserted.Contains) ? [.. key.Select(column => Orderings.Key(EmbeddedNames.Quote(column), relation.FindColumn(column)!.Type.Oid))] : null;
    }

    /// <summary>SQLite would update a row again that it has just inserted or updated; PostgreSQL refuses. The rows keep their order.</summary>
    private static string Once(List<string> columns, string query, List<string> key)
    {
        var list = string.Join(", ", columns.Select(EmbeddedNames.Quote));
        var isNull = string.Join(" OR ", key.Select(column => $"{column} IS NULL"));
        var number = $"CASE WHEN {isNull} THEN 1 ELSE row_number() OVER (PARTITION BY {string.Join(", ", key)} ORDER BY \"o:i\") END";

        // LIMIT keeps SQLite from looking at a later row before it has inserted an earlier one, which may fail for another reason.
        return $"SELECT {list} FROM (SELECT {list}, {number} AS \"o:n\" FROM (SELECT {list}, row_number() OVER () AS \"o:i\" FROM ({query})) ORDER BY \"o:i\" LIMIT -1) "
            + "WHERE CASE WHEN \"o:n\" > 1 THEN pg_raise('21000', 'ON CONFLICT DO UPDATE command cannot affect row a second time') ELSE 1 END";
    }

    private string KeyTerm(Expr value) =>
        value is ColumnRef { Column.Name: var name } && KeyColumns.HasSeveralForms(value.Type.Oid) ? KeyColumns.Term(name, value.Type.Oid) : Expression(value);

    private string Conflict(OnConflict conflict, RelationInfo relation, string alias)
    {
        var target = "";
        if (conflict.Constraint is { } name)
        {
            var columns = relation.Constraints.FirstOrDefault(c => c.Name == name)?.Columns
                ?? relation.Indexes.FirstOrDefault(i => i.Name == name && i.Unique)?.Columns
                ?? throw new PgException(SqlStates.UndefinedObject, $"constraint \"{name}\" for table \"{relation.Name}\" does not exist");
            target = $" ({string.Join(", ", columns.Select(column => KeyColumns.Term(column, relation.FindColumn(column)?.Type.Oid ?? 0)))})";
        }
        else if (!conflict.Target.IsDefaultOrEmpty)
        {
            target = Bare(() => $" ({string.Join(", ", conflict.Target.Select(element => KeyTerm(element.Value)))})"
                + (conflict.TargetWhere is { } where ? " WHERE " + Expression(where) : ""));
        }

        if (!conflict.DoUpdate) return $" ON CONFLICT{target} DO NOTHING";
        return InScope(() =>
        {
            _scope!.Add(new Source(alias));
            _scope.Add(new Source("excluded"));
            return $" ON CONFLICT{target} DO UPDATE SET {Assignments(conflict.Set, relation)}"
                + (conflict.Where is { } where ? " WHERE " + Expression(where) : "");
        });
    }

    private string Update(Update update)
    {
        var relation = Target(update);
        var alias = TargetName(update);
        return InScope(() =>
        {
            _scope!.Add(new Source(alias));
            var from = update.From.IsDefaultOrEmpty ? "" : " FROM " + string.Join(", ", update.From.Select(From));
            return $"UPDATE {Changed(relation, ChangeKind.Update)} AS {EmbeddedNames.Quote(alias)} SET {Assignments(update.Set, relation)}{from}"
                + (update.Where is { } where ? " WHERE " + Expression(where) : "");
        }) + Returning(update, alias);
    }

    private string Assigned(Expr value, string column, RelationInfo relation) =>
        value is DefaultValue ? Default(relation.FindColumn(column)!) : Expression(value);

    /// <summary>A column's default, where SQLite cannot be left to apply it.</summary>
    private string Default(ColumnInfo column)
    {
        if (column.Generated is not null || (column.Identity != '\0' && column.Sequence is null)) throw Unsupported($"DEFAULT for column \"{column.Name}\" in this place");
        if ((column.Identity != '\0' ? NextValue(column.Sequence!) : column.Default ?? Analysis.Domains.Chain(column.Type.Oid).LastOrDefault(domain => domain.Domain!.Default is not null)?.Domain!.Default) is not { } text) return "NULL";
        return Expression(new Analyzer(SchemaSnapshot.OnlyTypes, ["public"]).BindExpression(Parser.ParseExpression(text), null, column.Type, column.Name));
    }

    /// <param name="sequence">schema.name.</param>
    private static string NextValue(string sequence)
    {
        var dot = sequence.IndexOf('.', StringComparison.Ordinal);
        var name = string.Join('.', new[] { sequence[..dot], sequence[(dot + 1)..] }.Select(part => "\"" + part.Replace("\"", "\"\"") + "\""));
        return $"nextval({SqliteLiterals.Text(name)}::regclass)";
    }

    private string Assignments(ImmutableArray<Assignment> set, RelationInfo relation) => string.Join(", ", set.Select(assignment =>
    {
        if (assignment.Targets.Any(target => !target.Fields.IsDefaultOrEmpty)) throw Unsupported("assignment to a part of a column");
        if (assignment.Targets is [{ Subscripts.IsDefaultOrEmpty: false } part]) return PartOf(part, assignment.Value, relation, set);
        if (assignment.Targets.Any(target => !target.Subscripts.IsDefaultOrEmpty)) throw Unsupported("assignment to a part of a column in this place");
        if (assignment.Targets is [var single])
            return $"{EmbeddedNames.Quote(single.Column)} = {Assigned(assignment.Value is RowConstructor { Items: [var only] } ? only : assignment.Value, single.Column, relation)}";
        var names = assignment.Targets.Select(target => EmbeddedNames.Quote(target.Column)).ToList();
        return assignment.Value switch
        {
            RowConstructor row when row.Items.Length == names.Count => string.Join(", ", assignment.Targets.Zip(row.Items, (target, item) => $"{EmbeddedNames.Quote(target.Column)} = {Assigned(item, target.Column, relation)}")),
            ScalarSubquery subquery => $"({string.Join(", ", names)}) = {Scalar(subquery.Query)}",
            _ => throw Unsupported("assignment of a row"),
        };
    }));

    /// <summary>An element of an array, or a value inside jsonb: the whole column gets a new value.</summary>
    private string PartOf(AssignmentTarget target, Expr value, RelationInfo relation, ImmutableArray<Assignment> set)
    {
        var column = relation.FindColumn(target.Column)!;
        if (target.Subscripts.Any(item => item.IsSlice) || value is DefaultValue || set.Count(other => other.Targets.Any(t => t.Column == target.Column)) > 1)
            throw Unsupported("assignment to a slice, or to several parts of a column,");
        var name = EmbeddedNames.Quote(target.Column);
        var keys = string.Join(", ", target.Subscripts.Select(item => Expression(item.Lower!)));
        if (Analysis.Domains.Below(column.Type).Oid == Oids.Jsonb) return $"{name} = pg_jsonb_assign({name}, {Expression(value)}, {keys})";
        if (target.Subscripts.Length > 1) throw Unsupported("assignment to an element of an array of several dimensions");
        return $"{name} = pg_array_assign({name}, {PgTypes.Get(Analysis.Domains.Below(column.Type).Oid).ElementOid}, {Expression(value)}, {keys})";
    }

    private string Delete(Delete delete)
    {
        var relation = Target(delete);
        var alias = TargetName(delete);
        var table = $"{EmbeddedNames.Table(relation)} AS {EmbeddedNames.Quote(alias)}";
        var body = InScope(() =>
        {
            _scope!.Add(new Source(alias));
            if (delete.Using.IsDefaultOrEmpty)
                return $"DELETE FROM {Changing()}" + (delete.Where is { } where ? " WHERE " + Expression(where) : "");

            var key = RowKey(relation);
            var joined = string.Join(", ", delete.Using.Select(From));
            var condition = delete.Where is { } filter ? " WHERE " + Expression(filter) : "";
            return $"DELETE FROM {Changing()} WHERE {key} IN (SELECT {EmbeddedNames.Quote(alias)}.{key} FROM {table}, {joined}{condition})";
        });
        return body + Returning(delete, alias);

        string Changing() => $"{Changed(relation, ChangeKind.Delete)} AS {EmbeddedNames.Quote(alias)}";
    }

    /// <summary>What tells one row from another: a primary key of one integer, whose table has no rowid, else the rowid.</summary>
    private static string RowKey(RelationInfo relation) =>
        EmbeddedNames.ClusteredColumn(relation) is { } column
            ? EmbeddedNames.Quote(column)
            : EmbeddedNames.RowKey(relation) ?? throw Unsupported($"a table with columns rowid, _rowid_ and oid, {relation.Name},");

    /// <summary>The columns of RETURNING; one, packed, when a later step is to read them.</summary>
    private string Output(DmlStatement statement)
    {
        var values = statement.Returning.Select(item => Expression(item.Value)).ToList();
        if (_packing) return $"pg_pack({string.Join(", ", _packedKey is { } key ? [.. values, key] : values)})";
        var names = Unique([.. statement.Returning.Select(item => item.OutputName ?? item.Alias ?? "?column?")]);
        return string.Join(", ", values.Zip(names, (value, name) => $"{value} AS {EmbeddedNames.Quote(name)}"));
    }

    private string Returning(DmlStatement statement, string alias)
    {
        if (statement.Returning.IsDefaultOrEmpty && !_packing) return "";
        return Bare(() =>
        {
            // Further in, SQLite knows the table by its own name only.
            var name = EmbeddedNames.Plain(statement.Relation!.Temporary ? "pg_temp" : statement.Relation.Schema, statement.Relation.Name);
            _scope!.Add(new Source(alias) { Column = i => $"{EmbeddedNames.Quote(name)}.{EmbeddedNames.Quote(statement.Relation.Columns[i].Name)}", Table = name });
            return " RETURNING " + Output(statement);
        });
    }

    /// <summary>Writes columns without their table.</summary>
    private string Bare(Func<string> write) => InScope(() =>
    {
        _scope!.Unqualified = true;
        return write();
    });
}
