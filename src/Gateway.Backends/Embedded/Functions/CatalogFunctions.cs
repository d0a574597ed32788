using Gateway.Catalog;
using Gateway.Types;

namespace Gateway.Backends.Embedded.Functions;

/// <summary>Functions that clients call over the catalogs: definitions, visibility, roles, what the gateway has none of.</summary>
internal static class CatalogFunctions
{
    public static void AddTo(FunctionTable f)
    {
        Definitions(f);
        Comments(f);
        Visibility(f);
        Privileges(f);
        Servers(f);
        Sets(f);
        IndexProperties.AddTo(f);
    }

    private static void Definitions(FunctionTable f)
    {
        f.Stable("pg_get_constraintdef", 1, c => c.Return(c.Host.Names.Definitions.Constraint(c.Oid(0), pretty: false)));
        f.Stable("pg_get_constraintdef_ext", 2, c => c.Return(c.Host.Names.Definitions.Constraint(c.Oid(0), c.Bool(1))));
        f.Stable("pg_get_indexdef", 1, c => c.Return(c.Host.Names.Definitions.Index(c.Oid(0), 0, pretty: false)));
        f.Stable("pg_get_indexdef_ext", 3, c => Text(c, c.Host.Names.Definitions.Index(c.Oid(0), (int)c.Int(1), c.Bool(2))));
        f.Stable("pg_get_viewdef", 1, c => c.Return(c.Host.Names.Definitions.View(c.Oid(0), pretty: false)));
        f.Stable("pg_get_viewdef_ext", 2, c => c.Return(c.Host.Names.Definitions.View(c.Oid(0), c.Bool(1))));
        f.Stable("pg_get_viewdef_wrap", 2, c => c.Return(c.Host.Names.Definitions.View(c.Oid(0), pretty: true)));
        f.Stable("pg_get_viewdef_name", 1, c => c.Return(c.Host.Names.Definitions.View(c.Host.Names.Find(Oids.RegClass, c.Text(0)), pretty: false)));
        f.Stable("pg_get_viewdef_name_ext", 2, c => c.Return(c.Host.Names.Definitions.View(c.Host.Names.Find(Oids.RegClass, c.Text(0)), c.Bool(1))));
        f.Stable("pg_get_ruledef", 1, c => Rule(c, false));
        f.Stable("pg_get_ruledef_ext", 2, c => Rule(c, c.Bool(1)));
        f.Stable("pg_get_expr", 2, c => c.Return(c.Host.Names.Definitions.Expression(c.Text(0), pretty: false)));
        f.Stable("pg_get_expr_ext", 3, c => c.Return(c.Host.Names.Definitions.Expression(c.Text(0), c.Bool(2))));
        f.Stable("pg_get_serial_sequence", 2, c =>
        {
            var relation = c.Host.Names.Image.FindRelation(c.Host.Names.Find(Oids.RegClass, c.Text(0)));
            if (relation is null) return;
            var column = relation.FindColumn(c.Text(1))
                ?? throw new PgException(SqlStates.UndefinedColumn, $"column \"{c.Text(1)}\" of relation \"{relation.Name}\" does not exist");
            if (column.Sequence?.Split('.', 2) is [var schema, var name])
                c.Return($"{Sql.Parsing.Identifiers.Quote(schema)}.{Sql.Parsing.Identifiers.Quote(name)}");
        });
        f.Stable("pg_get_function_arguments", 1, c => Text(c, FunctionSignatures.Arguments(c.Oid(0), identity: false)));
        f.Stable("pg_get_function_identity_arguments", 1, c => Text(c, FunctionSignatures.Arguments(c.Oid(0), identity: true)));
        f.Stable("pg_get_function_result", 1, c => c.Return(FunctionSignatures.Result(c.Oid(0))));
        f.Stable("pg_get_functiondef", 1, c => c.Return(FunctionSignatures.Definition(c.Oid(0))));
        f.Stable("oidvectortypes", 1, c => Text(c, string.Join(", ", PgArray.Argument(c, 0).Items.Select(item =>
            TypeNames.Format((uint)Datum.FromBinary(Oids.Oid, item).Int)))));

        // There are no such objects, so nothing can be said of one.
        foreach (var name in (ReadOnlySpan<string>)["pg_get_partkeydef", "pg_get_partition_constraintdef", "pg_get_statisticsobjdef",
            "pg_get_statisticsobjdef_columns", "pg_get_statisticsobjdef_expressions", "pg_get_triggerdef", "pg_get_function_sqlbody",
            "pg_partition_root"]) f.Stable(name, 1, _ => { });
        f.Stable("pg_get_triggerdef_ext", 2, _ => { });
        f.Stable("pg_get_function_arg_default", 2, _ => { });
    }

    private static void Text(Call c, string? text)
    {
        if (text is { Length: 0 }) c.ReturnText(default);
        else c.Return(text);
    }

    private static void Rule(Call c, bool pretty)
    {
        foreach (var relation in c.Host.Names.Image.Schema.Relations)
            if (SystemCatalog.RuleOf(relation) == c.Oid(0))
            {
                var names = c.Host.Names;
                c.Return($"CREATE RULE \"_RETURN\" AS\n    ON SELECT TO {(pretty ? names.Definitions.Name(relation) : Catalog.Definitions.QualifiedName(relation))} DO INSTEAD {names.Definitions.View(relation.Oid, pretty)}");
                return;
            }
    }

    private static void Comments(FunctionTable f)
    {
        f.Stable("obj_description", 1, c => c.Return(c.Host.Names.Comment(c.Oid(0), 0)));
        f.Stable("obj_description", 2, c => c.Return(CatalogOid(c, c.Text(1)) is { } catalog ? c.Host.Names.Comment(c.Oid(0), catalog) : null));
        f.Stable("col_description", 2, c => c.Return(c.Int(1) == 0 ? null : c.Host.Names.Comment(c.Oid(0), 1259, c.Int(1))));
        f.Stable("shobj_description", 2, _ => { });
    }

    private static uint? CatalogOid(Call c, string name) => c.Host.Names.Image.Schema.Find(SystemCatalog.Schema, name)?.Oid;

    private static void Visibility(FunctionTable f)
    {
        f.Stable("pg_table_is_visible", 1, c =>
        {
            if (c.Host.Names.IsVisible(c.Oid(0)) is { } visible) c.Return(visible);
        });
        f.Stable("pg_type_is_visible", 1, c =>
        {
            if (c.Host.Names.IsTypeVisible(c.Oid(0)) is { } visible) c.Return(visible);
        });
        foreach (var (name, catalog) in (ReadOnlySpan<(string, string)>)[("function", "pg_proc"), ("operator", "pg_operator"),
            ("opclass", "pg_opclass"), ("opfamily", "pg_opfamily"), ("collation", "pg_collation"), ("conversion", "pg_conversion"),
            ("ts_config", "pg_ts_config"), ("ts_dict", "pg_ts_dict"), ("ts_parser", "pg_ts_parser"), ("ts_template", "pg_ts_template"), ("statistics_obj", "pg_statistic_ext")])
        {
            // All of them are PostgreSQL's own, in pg_catalog, which is always on the path, or pgvector's.
            var relation = SystemCatalog.Table(catalog);
            f.Stable($"pg_{name}_is_visible", 1, c =>
            {
                if (!c.Host.Names.Image.Rows(relation, null).Find(0, c.Int(0)).IsEmpty) c.Return(true);
            });
        }
    }

    private static void Privileges(FunctionTable f)
    {
        // Access is decided in front of the engine: whoever reached it may.
        foreach (var kind in (ReadOnlySpan<string>)["any_column", "database", "foreign_data_wrapper", "function", "language", "schema",
            "sequence", "server", "table", "tablespace", "type", "parameter"])
        {
            f.Add($"has_{kind}_privilege_id", 2, c => c.Return(true));
            f.Add($"has_{kind}_privilege_name", 2, c => c.Return(true));
            foreach (var form in (ReadOnlySpan<string>)["id_id", "id_name", "name_id", "name_name"])
                f.Add($"has_{kind}_privilege_{form}", 3, c => c.Return(true));
        }

        foreach (var form in (ReadOnlySpan<string>)["id", "name"])
        {
            foreach (var column in (ReadOnlySpan<string>)["attnum", "name"])
            {
                f.Add($"has_column_privilege_{form}_{column}", 3, c => c.Return(true));
                foreach (var table in (ReadOnlySpan<string>)["id", "name"])
                    f.Add($"has_column_privilege_{form}_{table}_{column}", 4, c => c.Return(true));
            }

            f.Add($"pg_has_role_{form}", 2, c => c.Return(true));
            foreach (var role in (ReadOnlySpan<string>)["id", "name"]) f.Add($"pg_has_role_{form}_{role}", 3, c => c.Return(true));
        }
    }

    private static void Servers(FunctionTable f)
    {
        f.Stable("pg_get_userbyid", 1, c => c.Return(c.Int(0) == SystemCatalog.Owner ? c.Session.User
            : SystemCatalog.RoleName(c.Oid(0)) ?? $"unknown (OID={c.Int(0)})"));
        f.Stable("pg_relation_is_publishable", 1, c => c.Return(c.Host.Names.Image.FindRelation(c.Oid(0)) is { Kind: Sql.Schema.RelationKind.Table, Temporary: false } table && !SystemCatalog.IsSystem(table.Schema)));

        // Views cannot be written to; bits: UPDATE 4, INSERT 8, DELETE 16.
        f.Stable("pg_relation_is_updatable", 2, c => c.Return(c.Host.Names.Image.FindRelation(c.Oid(0)) is { Kind: Sql.Schema.RelationKind.Table } ? 28L : 0L));
        f.Stable("pg_column_is_updatable", 3, c => c.Return(c.Host.Names.Image.FindRelation(c.Oid(0)) is { Kind: Sql.Schema.RelationKind.Table } && c.Int(1) > 0));
        f.Stable("pg_tablespace_location", 1, c => c.ReturnText(default));
        f.Stable("pg_jit_available", 0, c => c.Return(false));
        f.Stable("pg_is_other_temp_schema", 1, c => c.Return(false));
        f.Stable("pg_blocking_pids", 1, c => PgArray.Vector(Oids.Int4, [.. (c.Host.Database?.Blocking((int)c.Int(0)) ?? []).Select(pid => PgArray.Binary(Oids.Int4, Datum.Of(pid)))]).Return(c));
        f.Stable("pg_export_snapshot", 0, _ => throw PgException.Unsupported("pg_export_snapshot is not supported"));
        f.Stable("pg_current_xact_id_if_assigned", 0, _ => { });
        f.Stable("xid_age", 1, c => c.Return(c.Int(0) <= 2 ? int.MaxValue : 0L));
        f.Stable("pg_relation_filenode", 1, c => c.Return((long)c.Oid(0)));
        f.Stable("pg_get_replica_identity_index", 1, c =>
        {
            if (c.Host.Names.Image.FindRelation(c.Oid(0))?.Indexes.FirstOrDefault(index => index.Primary) is { } index) c.Return((long)index.Oid);
        });
        f.Stable("pg_cancel_backend", 1, c => c.Return(Signal(c, directory => directory.Cancel((int)c.Int(0)))));
        f.Stable("pg_terminate_backend", 2, c => c.Return(Signal(c, directory => directory.Terminate((int)c.Int(0)))));
        f.Stable("pg_reload_conf", 0, c => c.Return(
            (c.Session.Directory ?? throw PgException.Unsupported("pg_reload_conf is not supported here")).Reload()));
        f.Stable("acldefault_sql", 2, c =>
        {
            var acl = DefaultAcl(c.Text(0)) ?? throw new PgException(SqlStates.InternalError, $"unrecognized object type abbreviation: {c.Text(0)}");
            var owner = c.Int(1) == SystemCatalog.Owner ? c.Session.User : SystemCatalog.RoleName(c.Oid(1)) ?? c.Int(1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            PgArray.Vector(1033, [.. acl.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item =>
                System.Text.Encoding.UTF8.GetBytes((item[0] == 'o' ? owner + item[1..] : item) + "/" + owner))]).Return(c);
        });
    }

    /// <summary>Each privilege of <c>grantee=letters/grantor</c>; a star behind a letter is WITH GRANT OPTION.</summary>
    private static IEnumerable<Datum[]> Acl(PgArray acl)
    {
        foreach (var item in acl.Items)
        {
            if (item is null) continue;
            var text = System.Text.Encoding.UTF8.GetString(item);
            var (equals, slash) = (text.IndexOf('=', StringComparison.Ordinal), text.IndexOf('/', StringComparison.Ordinal));
            for (var i = equals + 1; i < slash; i++)
            {
                if (Privilege(text[i]) is not { } privilege) continue;
                yield return [Datum.Of(SystemCatalog.RoleOid(text[(slash + 1)..])), Datum.Of(equals == 0 ? 0 : SystemCatalog.RoleOid(text[..equals])), Datum.Of(privilege), Datum.Of(i + 1 < slash && text[i + 1] == '*' ? 1 : 0)];
            }
        }
    }

    /// <summary>What an object's owner and everyone may do before any GRANT: pairs of grantee (empty for PUBLIC, o for the owner) and letters.</summary>
    private static string? DefaultAcl(string kind) => kind switch
    {
        "r" => "o=arwdDxt",
        "s" => "o=rwU",
        "d" => "=Tc o=CTc",
        "f" => "=X o=X",
        "l" or "T" => "=U o=U",
        "n" => "o=UC",
        "t" => "o=C",
        "L" => "o=rw",
        "F" or "S" => "o=U",
        "p" => "o=sA",
        "c" => "",
        _ => null,
    };

    private static string? Privilege(char letter) => letter switch
    {
        'r' => "SELECT",
        'a' => "INSERT",
        'w' => "UPDATE",
        'd' => "DELETE",
        'D' => "TRUNCATE",
        'x' => "REFERENCES",
        't' => "TRIGGER",
        'X' => "EXECUTE",
        'U' => "USAGE",
        'C' => "CREATE",
        'T' => "TEMPORARY",
        'c' => "CONNECT",
        _ => null,
    };

    private static IEnumerable<Datum[]> Rows(CatalogRows rows, int columns)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var line = new Datum[columns];
            for (var column = 0; column < columns; column++) line[column] = Of(rows.Value(row, column));
            yield return line;
        }
    }

    private static Datum Of(CatalogValue value) => value.IsNull ? Datum.Null : value.Carrier switch
    {
        Carrier.Int64 => Datum.Of(value.Int64),
        Carrier.Float64 => Datum.Of(value.Float64),
        Carrier.Text => Datum.Of(value.Text),
        var carrier => new Datum(carrier, false, 0, 0, value.Bytes),
    };

    private static bool Signal(Call c, Func<ISessionDirectory, bool> signal)
    {
        var directory = c.Session.Directory ?? throw PgException.Unsupported("signals to other sessions are not supported here");
        if (signal(directory)) return true;
        c.Session.Notify(new Notice("WARNING", "01000", $"PID {c.Int(0)} is not a PostgreSQL server process"));
        return false;
    }

    private static void Sets(FunctionTable f)
    {
        f.Stable("pg_options_to_table", 1, c => SetResult.Pairs(c, PgArray.Argument(c, 0).Items.Select(item =>
        {
            var pair = System.Text.Encoding.UTF8.GetString(item!).Split('=', 2);
            return (pair[0], pair.Length > 1 ? pair[1] : null);
        })));

        f.Add("_pg_expandarray", 1, c =>
        {
            var array = PgArray.Argument(c, 0);
            SetResult.Rows(c, array.Items.Select((item, i) => new[] { item is null ? Datum.Null : Datum.FromBinary(array.Element, item), Datum.Of(i + 1L) }));
        });
        f.Stable("ts_token_type_byid", 1, c => SetResult.Rows(c, SystemCatalog.TokenTypes.Select((line, i) => new[] { Datum.Of(i + 1L), Datum.Of(line[0]!), Datum.Of(line[1]!) })));
        f.Stable("aclexplode", 1, c => SetResult.Rows(c, Acl(PgArray.Argument(c, 0))));

        // What PostgreSQL's views of the same kind are made of.
        foreach (var (function, relation) in (ReadOnlySpan<(string, string)>)[("show_all_settings", "pg_settings"), ("pg_timezone_names", "pg_timezone_names"),
            ("pg_timezone_abbrevs", "pg_timezone_abbrevs"), ("pg_cursor", "pg_cursors"), ("pg_prepared_statement", "pg_prepared_statements"), ("pg_lock_status", "pg_locks")])
        {
            var table = SystemCatalog.Table(relation);
            f.Stable(function, 0, c => SetResult.Rows(c, Rows(table.Rows(c.Host.Names.Image, c.Session), table.Info.Columns.Length)));
        }

        // A relation that is no part of a tree has nothing above it.
        f.Stable("pg_partition_ancestors", 1, c => SetResult.Ints(c, []));
        f.Stable("pg_get_keywords", 0, c => SetResult.Rows(c, SystemCatalog.Keywords.Select(line => new[]
        {
            Datum.Of(line[0]!), Datum.Of(line[1]!), Datum.Of(line[2] == "t" ? 1 : 0), Datum.Of(line[3]!), Datum.Of(line[4]!),
        })));
    }
}
