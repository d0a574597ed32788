using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.Translation;

internal sealed partial class Translator
{
    private static Term Field(SourceColumn column) =>
        new(column.Sql, column.Type) { Order = column.Order, Field = true, Column = column };

    private static Term Column(ColumnReference reference, Scope scope)
    {
        for (var level = scope; level is not null; level = level.Outer)
        {
            if (reference.Table is { } table)
            {
                var source = level.Sources.Where(s => s.Is(table)).ToList();
                if (source.Count == 0) continue;
                if (source.Count > 1) throw Fail.With(-27, $"Field '{reference.Table}.{reference.Column}' is ambiguous among the applicable tables");
                var found = source[0].Columns.FirstOrDefault(c => c.Is(reference.Column))
                    ?? throw Fail.With(-29, $"Field '{reference.Table}.{reference.Column}' not found in the applicable tables");
                return Owned(Field(found), level, scope);
            }
            var matches = level.Sources.SelectMany(s => s.Columns).Where(c => !c.Shadowed && c.Is(reference.Column)).ToList();
            // A hidden RowID gives way to a field that was declared with the name.
            if (matches.Count > 1 && matches.Count(c => !c.Hidden) == 1) matches.RemoveAll(c => c.Hidden);
            if (matches.Count > 1) throw Fail.With(-27, $"Field '{reference.Column}' is ambiguous among the applicable tables");
            if (matches.Count == 1) return Owned(Field(matches[0]), level, scope);
        }
        if (reference.Table is { } missing)
            throw Fail.With(-23, $"Label '{missing}' is not listed among the applicable tables");
        throw Fail.With(-29, $"Field '{reference.Column}' not found in the applicable tables");
    }

    /// <summary>A field of an outer query is a constant for this one.</summary>
    private static Term Owned(Term field, Scope level, Scope scope)
    {
        if (level == scope) return field;
        level.Touched = true;
        return field with { Field = false };
    }

    /// <summary>A subquery of this query, and whether it depends on the row at hand.</summary>
    private (Relation Relation, bool Correlated) Inner(Query query, Scope scope)
    {
        var before = scope.Touched;
        scope.Touched = false;
        var relation = TranslateQuery(query, scope);
        var correlated = scope.Touched;
        scope.Touched |= before;
        return (relation, correlated);
    }

    private Term Pseudo(PseudoColumn pseudo, Scope scope)
    {
        for (var level = scope; level is not null; level = level.Outer)
        {
            var sources = level.Sources.Where(s => pseudo.Table is null ? pseudo.Kind == PseudoColumnKind.Vid || s.Table is not null : s.Is(pseudo.Table)).ToList();
            if (sources.Count == 0) continue;
            if (sources.Count > 1) throw Fail.With(-27, $"'%{pseudo.Kind}' is ambiguous among the applicable tables");
            var source = sources[0];
            switch (pseudo.Kind)
            {
                case PseudoColumnKind.Vid:
                    _vid = true;
                    return new Term($"{source.Alias}.vid", IrisType.Integer) { Field = true };
                case PseudoColumnKind.Id when source.Table is not null:
                    return Owned(new Term($"{source.Alias}.id", IrisType.BigInt) { Field = true }, level, scope);
                case PseudoColumnKind.TableName when source.Table is not null:
                    return Literal(source.Table.Name, IrisType.Text);
                case PseudoColumnKind.ClassName when source.Table is not null:
                    return Literal(ClassName(source.Table.Schema, source.Table.Name), IrisType.Text);
            }
        }
        throw Fail.With(-29, $"Field '%{pseudo.Kind.ToString().ToUpperInvariant()}' not found in the applicable tables");
    }

    public static string ClassName(string schema, string table) =>
        (schema.Equals(Storage.Catalog.DefaultSchema, StringComparison.OrdinalIgnoreCase) ? "User" : schema.Replace('_', '.')) + "." + table.Replace("_", "");

    /// <summary>Whether a %VID was met; then every derived table counts its rows.</summary>
    private bool _vid;
    public bool CountsRows { get; init; }
    public bool WantsCountedRows => _vid && !CountsRows;
}
