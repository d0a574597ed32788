using IrisSimulator.Engine.Storage;
using IrisSimulator.Engine.Translation;
using IrisSimulator.Engine.Types;
using IrisSimulator.Sql.Tree;

namespace IrisSimulator.Engine.InformationSchema;

/// <summary>The rows of INFORMATION_SCHEMA. Catalog columns are always NULL.</summary>
internal static class Describe
{
    private static Catalog Of(Session session) => session.Database.Catalog;
    private static string YesNo(bool value) => value ? "YES" : "NO";

    public static IEnumerable<object?[]> Schemata(Session session) =>
        Of(session).Schemas.Values.Append("INFORMATION_SCHEMA").Select(s => new object?[] { null, s, "_SYSTEM", null, null, null, null });

    public static IEnumerable<object?[]> Tables(Session session)
    {
        var catalog = Of(session);
        foreach (var table in catalog.Tables)
            yield return [null, table.Schema, table.Name, table.Temporary ? "GLOBAL TEMPORARY" : "BASE TABLE", null, null, null, null, null,
                "YES", "NO", Translator.ClassName(table.Schema, table.Name), table.Description, table.Owner, 0L];
        foreach (var view in catalog.Views)
            yield return [null, view.Schema, view.Name, "VIEW", null, null, null, null, null,
                "NO", "NO", Translator.ClassName(view.Schema, view.Name), null, view.Owner, 0L];
        foreach (var table in catalog.SystemTables)
            yield return [null, table.Schema, table.Name, "SYSTEM TABLE", null, null, null, null, null,
                "NO", "NO", "INFORMATION.SCHEMA." + table.Name, null, "_SYSTEM", 0L];
    }

    public static IEnumerable<object?[]> Columns(Session session)
    {
        var catalog = Of(session);
        foreach (var table in catalog.Tables.Concat(catalog.SystemTables))
        {
            var position = 0L;
            if (table is { PublicRowId: true, Identity: null })
                yield return Row(table.Schema, table.Name, table.RowIdName, ++position, IrisType.BigInt, false, null, null, true, true, false, false, false);
            foreach (var column in table.Columns.Where(c => !c.Private))
            {
                var unique = table.Keys.Any(k => !k.Primary && k.Columns is [var only] && only == column);
                var primary = table.PrimaryKey?.Columns.Contains(column) == true;
                yield return Row(table.Schema, table.Name, column.Name, ++position, column.Type, !column.NotNull, Default(column.Default), column.Description,
                    column.Identity, column.Identity || column.AutoIncrement || column.Serial, unique || column.Identity, primary,
                    !column.Identity && !column.RowVersion);
            }
        }
        foreach (var view in catalog.Views)
        {
            var position = 0L;
            Relation relation;
            try { relation = new Translator(session, []).TranslateQuery(view.Query, null); }
            catch (IrisError) { continue; }
            foreach (var column in relation.Columns)
                yield return Row(view.Schema, view.Name, view.Columns.Count > 0 ? view.Columns[(int)position].Text : column.Label, ++position,
                    column.Shown, column.Nullable, null, null, false, false, false, false, false);
        }
    }

    private static object?[] Row(string schema, string table, string name, long position, IrisType type, bool nullable, string? standard,
        string? description, bool identity, bool auto, bool unique, bool primary, bool updatable)
    {
        var length = type.Kind switch
        {
            IrisKind.Vector => 4096L,
            IrisKind.VarChar or IrisKind.VarBinary or IrisKind.Guid or IrisKind.List => (long?)(type.Length ?? 4096),
            IrisKind.LongVarChar or IrisKind.LongVarBinary => 2_147_483_647L,
            _ => null,
        };
        return [null, schema, table, name, position, null, null, null, null, standard, YesNo(nullable), null, YesNo(identity), null, null, null,
            null, null, null, "NO", null, YesNo(updatable), type.OdbcName, length, length, (long?)type.NumericPrecision,
            type.NumericPrecision is null ? null : 10L, (long?)type.NumericScale, null, null, null, null, null, null, null, description, YesNo(auto),
            YesNo(unique), YesNo(primary), name, null, "1", (long)type.OdbcCode];
    }

    /// <summary>The default as DDL wrote it.</summary>
    public static string? Default(DefaultSpec? spec) => spec switch
    {
        DefaultExpression { Value: NullLiteral } or null => null,
        DefaultExpression { Value: var value } => Text(value),
        DefaultCode code => code.ObjectScript,
        _ => null,
    };

    private static string Text(Expression value) => value switch
    {
        StringLiteral text => "'" + text.Value.Replace("'", "''") + "'",
        NumberLiteral number => number.Text,
        Unary { Operator: UnaryOperator.Minus } unary => "-" + Text(unary.Operand),
        Unary unary => Text(unary.Operand),
        SpecialValue { Precision: { } digits } special => $"{special.Name}({digits})",
        SpecialValue special => special.Name,
        FunctionCall call => $"{call.Name}({string.Join(',', call.Arguments.Select(Text))})",
        EscapeLiteral literal => "'" + literal.Text + "'",
        _ => value.ToString() ?? "",
    };

    public static IEnumerable<object?[]> Constraints(Session session)
    {
        foreach (var table in Of(session).Tables)
        {
            foreach (var key in table.Keys)
                yield return [null, table.Schema, key.Name, null, table.Schema, table.Name, key.Primary ? "PRIMARY KEY" : "UNIQUE", "NO", "NO"];
            foreach (var key in table.ForeignKeys)
                yield return [null, table.Schema, key.Name, null, table.Schema, table.Name, "FOREIGN KEY", "NO", "NO"];
        }
    }

    private static KeyDef? TargetKey(ForeignKeyDef key) =>
        key.Target.Keys.FirstOrDefault(k => k.Columns.Count == key.TargetColumns.Count && k.Columns.All(key.TargetColumns.Contains));

    public static IEnumerable<object?[]> KeyColumns(Session session)
    {
        foreach (var table in Of(session).Tables)
        {
            foreach (var key in table.Keys)
                for (var i = 0; i < key.Columns.Count; i++)
                    yield return [null, table.Schema, key.Name, null, table.Schema, table.Name, key.Columns[i].Name, i + 1L, null, null, null, null, null,
                        key.Primary ? "PRIMARY KEY" : "UNIQUE"];
            foreach (var key in table.ForeignKeys)
                for (var i = 0; i < key.Columns.Count; i++)
                    yield return [null, table.Schema, key.Name, null, table.Schema, table.Name, key.Columns[i].Name, i + 1L, i + 1L,
                        key.Target.Schema, key.Target.Name, TargetKey(key)?.Name, key.TargetColumns[i].Name, "FOREIGN KEY"];
        }
    }

    private static string Rule(ReferentialAction action) => action switch
    {
        ReferentialAction.Cascade => "CASCADE", ReferentialAction.SetNull => "SET NULL", ReferentialAction.SetDefault => "SET DEFAULT", _ => "NO ACTION",
    };

    public static IEnumerable<object?[]> References(Session session) =>
        Of(session).Tables.SelectMany(t => t.ForeignKeys).Select(k => new object?[]
        {
            null, k.Table.Schema, k.Table.Name, k.Name, null, k.Target.Schema, k.Target.Name, TargetKey(k)?.Name, "SIMPLE", Rule(k.OnUpdate), Rule(k.OnDelete),
        });

    public static IEnumerable<object?[]> Indexes(Session session)
    {
        foreach (var table in Of(session).Tables)
        {
            foreach (var key in table.Keys.Where(k => !k.FromIndex))
                for (var i = 0; i < key.Columns.Count; i++)
                    yield return [null, table.Schema, table.Name, 0L, null, table.Schema, key.Name, i + 1L, key.Columns[i].Name, "A", YesNo(key.Primary), "1", null];
            foreach (var index in table.Indexes)
                for (var i = 0; i < index.Columns.Count; i++)
                    yield return [null, table.Schema, table.Name, index.Unique ? 0L : 1L, null, table.Schema, index.Name, i + 1L,
                        index.Columns[i].Name, "A", "NO", "1",
                        index.Data.Count == 0 ? null : string.Join(',', index.Data.Select(d => d.Name))];
        }
    }

    public static IEnumerable<object?[]> Views(Session session) => Of(session).Views.Select(v => new object?[]
    {
        null, v.Schema, v.Name, v.Text, v.CheckOption == CheckOption.None ? "NONE" : v.CheckOption.ToString().ToUpperInvariant(), YesNo(!v.ReadOnly),
        "NO", "NO", "NO", null, null, null, Translator.ClassName(v.Schema, v.Name), v.Owner,
    });

    public static IEnumerable<object?[]> Statements(Session session) => session.Instance.Processes.Values.Where(p => p.Running is not null).Select(p => new object?[]
    {
        null, "1", session.Instance.Name, p.Job, null, p.User, "SQL", "SELECT", (long)p.TransactionLevel, null, p.Namespace, p.Running, null, 1L, 1L,
        Calendar.MicrosOf(p.RunningSince), Calendar.MicrosOf(p.RunningSince.ToUniversalTime()),
        (DateTime.Now - p.RunningSince).TotalSeconds, null, null, "Executing",
    });
}
