namespace Gateway.Backends.Ado;

/// <summary>Queries on PostgreSQL's catalogs, every column as text; {0} is the condition on the namespace n.</summary>
internal static class PostgresCatalogSql
{
    /// <summary>What a database defines, as its sessions see it: all but the system's schemas, and only this session's temporary tables.</summary>
    public const string Own = "n.nspname !~ '^pg_(catalog|toast|temp_|toast_temp_)' AND n.nspname <> 'information_schema' OR n.oid = pg_catalog.pg_my_temp_schema()";

    public const string System = "n.nspname IN ('pg_catalog', 'information_schema')";

    public const string Schemas = "SELECT nspname::text FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_(toast|temp_|toast_temp_)' ORDER BY 1";

    /// <summary>Types that are not built in: oid, schema, name, kind, what a domain is over, its modifier, an array's element.</summary>
    public const string Types = """
        SELECT t.oid::text, n.nspname::text, t.typname::text, t.typtype::text, t.typbasetype::text, t.typtypmod::text,
               CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END::text
        FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
        WHERE t.oid >= 13000 AND t.typtype <> 'c' AND NOT (t.typcategory = 'A' AND EXISTS (SELECT 1 FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typtype = 'c' AND e.typrelid <> 0))
        ORDER BY t.oid
        """;

    /// <summary>Labels of enums in their order: type, label, order, oid.</summary>
    public const string Labels = """
        SELECT enumtypid::text, enumlabel::text, enumsortorder::text, oid::text FROM pg_catalog.pg_enum ORDER BY enumtypid, enumsortorder
        """;

    /// <summary>oid, schema, name, kind, temporary, comment, a view's query.</summary>
    public const string Relations = """
        SELECT c.oid::text, CASE WHEN n.oid = pg_catalog.pg_my_temp_schema() THEN 'pg_temp' ELSE n.nspname END::text, c.relname::text,
               CASE c.relkind WHEN 'p' THEN 'r' WHEN 'f' THEN 'r' ELSE c.relkind END::text, (c.relpersistence = 't')::text,
               pg_catalog.obj_description(c.oid, 'pg_class')::text,
               CASE WHEN c.relkind IN ('v', 'm') AND c.oid >= 16384 THEN pg_catalog.pg_get_viewdef(c.oid) END::text
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'v', 'm', 'S', 'p', 'f') AND ({0})
        ORDER BY c.oid
        """;

    /// <summary>relation, number, name, type, modifier, not null, default, identity, generated, comment, sequence.</summary>
    public const string Columns = """
        SELECT a.attrelid::text, a.attnum::text, a.attname::text, a.atttypid::text, a.atttypmod::text, a.attnotnull::text,
               pg_catalog.pg_get_expr(d.adbin, d.adrelid)::text, a.attidentity::text, a.attgenerated::text,
               CASE WHEN c.oid >= 16384 THEN pg_catalog.col_description(a.attrelid, a.attnum) END::text,
               CASE WHEN a.attidentity <> '' THEN (SELECT s.relname FROM pg_catalog.pg_depend p JOIN pg_catalog.pg_class s ON s.oid = p.objid AND s.relkind = 'S'
                   WHERE p.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum AND p.deptype = 'i' LIMIT 1) END::text
        FROM pg_catalog.pg_attribute a
        JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'v', 'm', 'S', 'p', 'f') AND ({0})
        ORDER BY a.attrelid, a.attnum
        """;

    /// <summary>relation, oid, name, kind, columns, expression, other schema, other table, other columns, on delete, on update, deferrable, deferred.</summary>
    public const string Constraints = """
        SELECT o.conrelid::text, o.oid::text, o.conname::text, o.contype::text,
               pg_catalog.to_json(ARRAY(SELECT a.attname FROM pg_catalog.unnest(o.conkey) WITH ORDINALITY k(n, i)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = k.n ORDER BY k.i))::text,
               pg_catalog.pg_get_expr(o.conbin, o.conrelid)::text,
               fn.nspname::text, f.relname::text,
               pg_catalog.to_json(ARRAY(SELECT a.attname FROM pg_catalog.unnest(o.confkey) WITH ORDINALITY k(n, i)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = o.confrelid AND a.attnum = k.n ORDER BY k.i))::text,
               o.confdeltype::text, o.confupdtype::text, o.condeferrable::text, o.condeferred::text
        FROM pg_catalog.pg_constraint o
        JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_class f ON f.oid = o.confrelid
        LEFT JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
        WHERE o.contype IN ('p', 'u', 'c', 'f') AND ({0})
        ORDER BY o.conrelid, o.oid
        """;

    /// <summary>relation, oid, name, unique, primary, columns or expressions, method, predicate.</summary>
    public const string Indexes = """
        SELECT i.indrelid::text, i.indexrelid::text, x.relname::text, i.indisunique::text, i.indisprimary::text,
               pg_catalog.to_json(ARRAY(SELECT COALESCE(a.attname::text, '(' || pg_catalog.pg_get_indexdef(i.indexrelid, k.i, false) || ')')
                   FROM pg_catalog.generate_series(1, i.indnkeyatts) k(i)
                   LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.i - 1] AND a.attnum > 0 ORDER BY k.i))::text,
               m.amname::text, pg_catalog.pg_get_expr(i.indpred, i.indrelid)::text
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am m ON m.oid = x.relam
        JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE i.indisvalid AND ({0})
        ORDER BY i.indrelid, i.indexrelid
        """;
}
