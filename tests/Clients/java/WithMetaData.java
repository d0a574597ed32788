import java.lang.reflect.*;
import java.nio.file.*;
import java.sql.*;
import java.util.*;
import java.util.stream.*;

/**
 * Every public method of java.sql.DatabaseMetaData over one schema: columns, order and values of its answer are compared as text with
 * java/metadata.txt, which PostgreSQL 15 wrote. METADATA=write, run against PostgreSQL, writes it anew.
 */
class WithMetaData {
    static final Path EXPECTED = Path.of("java", "metadata.txt");
    static final String CHILD = "meta_visits", PARENT = "meta_people", OURS = "meta\\_%";

    static final List<String> CLEAN = List.of("DROP VIEW IF EXISTS meta_adults", "DROP TABLE IF EXISTS meta_visits", "DROP TABLE IF EXISTS meta_people");
    static final List<String> SCHEMA = List.of(
        "CREATE TABLE meta_people (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL, born date,"
            + " weight numeric(6,2) DEFAULT 70.5, active boolean NOT NULL DEFAULT true, code char(3), photo bytea, notes text, tags text[],"
            + " seen timestamp(3), CONSTRAINT meta_people_code_key UNIQUE (code), CONSTRAINT meta_people_weight_check CHECK (weight > 0))",
        "CREATE TABLE meta_visits (person integer NOT NULL, number smallint NOT NULL, at timestamptz DEFAULT now(), length interval, price double precision,"
            + " detail jsonb, key uuid, clock time, PRIMARY KEY (person, number),"
            + " CONSTRAINT meta_visits_person_fkey FOREIGN KEY (person) REFERENCES meta_people (id) ON UPDATE CASCADE ON DELETE SET NULL)",
        "CREATE INDEX meta_people_name_idx ON meta_people (name, born DESC)",
        "CREATE VIEW meta_adults AS SELECT id, name FROM meta_people WHERE active",
        "COMMENT ON TABLE meta_people IS 'who there is'",
        "COMMENT ON COLUMN meta_people.name IS 'as in the passport'");

    /** What the methods with arguments are asked; one answer after the other. */
    static final Map<String, List<Object[]>> QUESTIONS = Map.ofEntries(
        ask("getTables", a(null, "public", OURS, null), a(null, null, OURS, new String[] {"VIEW"}), a(null, "pg_catalog", "pg_class", null), a(null, "public", "nothing", null)),
        ask("getColumns", a(null, "public", OURS, "%"), a(null, null, PARENT, "w%"), a(null, "pg_catalog", "pg_namespace", "%")),
        ask("getColumnPrivileges", a(null, "public", CHILD, "%")),
        ask("getTablePrivileges", a(null, "public", OURS)),
        ask("getBestRowIdentifier", a(null, "public", CHILD, DatabaseMetaData.bestRowSession, false)),
        ask("getVersionColumns", a(null, "public", CHILD)),
        ask("getPrimaryKeys", a(null, "public", PARENT), a(null, null, CHILD)),
        ask("getImportedKeys", a(null, "public", CHILD), a(null, null, PARENT)),
        ask("getExportedKeys", a(null, "public", PARENT)),
        ask("getCrossReference", a(null, "public", PARENT, null, "public", CHILD)),
        ask("getIndexInfo", a(null, "public", PARENT, false, true), a(null, "public", PARENT, true, true)),
        ask("getSchemas", a(null, "p%"), a(null, "nothing")),
        ask("getProcedures", a(null, "public", OURS)), ask("getProcedureColumns", a(null, "public", OURS, "%")),
        ask("getFunctions", a(null, "pg_catalog", "format\\_type"), a(null, "public", OURS)),
        ask("getFunctionColumns", a(null, "pg_catalog", "format\\_type", "%")),
        ask("getUDTs", a(null, "public", OURS, null)),
        ask("getSuperTypes", a(null, "public", OURS)), ask("getSuperTables", a(null, "public", OURS)),
        ask("getAttributes", a(null, "public", OURS, "%")), ask("getPseudoColumns", a(null, "public", OURS, "%")));

    /** Numbers that the methods of one or two of them are asked. */
    static final int[] NUMBERS = {-7, -5, 0, 1, 2, 4, 8, 12, 93, 1003, 1004, 1005, 1007, 1008, 2003};

    /** Names what belongs to the server rather than to its answer: the connection, the minor version, and the list of all databases. */
    static final Set<String> NOT_COMPARED = Set.of("getConnection", "getURL", "getDatabaseMinorVersion", "getDatabaseProductVersion", "getCatalogs");

    /** getTypeInfo has no order here: sorted. Left out: types outside pg_catalog, arrays of the catalog's relations, and pgvector's, which may be there or not. */
    static final String COMPARED_TYPES = "SELECT typname FROM pg_catalog.pg_type t WHERE typnamespace = 'pg_catalog'::regnamespace"
        + " AND typname !~ '^_?(vector|halfvec|sparsevec)$' AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_class c WHERE '_' || c.relname = t.typname)";

    static Map.Entry<String, List<Object[]>> ask(String method, Object[]... questions) { return Map.entry(method, List.of(questions)); }

    static Object[] a(Object... arguments) { return arguments; }

    static String env(String name, String fallback) { return System.getenv().getOrDefault(name, fallback); }

    static final String DATABASE = env("PGDATABASE", "scratch");

    public static void main(String[] arguments) throws Exception {
        var url = "jdbc:postgresql://" + env("PGHOST", "127.0.0.1") + ":" + env("PGPORT", "5432") + "/" + DATABASE;
        var answers = new TreeMap<String, String>();
        int failed = 0;
        try (var connection = DriverManager.getConnection(url, env("PGUSER", "postgres"), "")) {
            var data = connection.getMetaData();
            System.out.println("# pgjdbc-metadata " + data.getDriverVersion());
            run(connection, CLEAN);
            run(connection, SCHEMA);
            for (var method : DatabaseMetaData.class.getMethods()) {
                if (NOT_COMPARED.contains(method.getName())) continue;
                var answer = answer(data, method);
                answers.put(method.getName() + "/" + method.getParameterCount(), method.getName().equals("getTypeInfo") ? comparedTypes(connection, answer) : answer);
            }
            failed += check("the product is PostgreSQL 15 and the current database among its catalogs", isPostgres(data, url), "true");
            run(connection, CLEAN);
        }

        if (env("METADATA", "").equals("write"))
            Files.writeString(EXPECTED, answers.entrySet().stream().map(e -> "== " + e.getKey() + "\n" + e.getValue()).collect(Collectors.joining()));
        var expected = new HashMap<String, String>();
        for (var part : Files.readString(EXPECTED).substring(3).split("(?m)^== ")) expected.put(part.substring(0, part.indexOf('\n')), part.substring(part.indexOf('\n') + 1));
        for (var answer : answers.entrySet()) failed += check(answer.getKey() + " answers as PostgreSQL does", answer.getValue(), expected.getOrDefault(answer.getKey(), ""));
        System.exit(failed == 0 ? 0 : 1);
    }

    static String comparedTypes(Connection connection, String answer) throws SQLException {
        var names = new HashSet<String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(COMPARED_TYPES)) { while (rows.next()) names.add(rows.getString(1)); }
        return answer.lines().filter(line -> line.startsWith("TYPE_NAME ") || names.contains(line.substring(0, line.indexOf('|')))).sorted().collect(Collectors.joining("\n", "", "\n"));
    }

    static int check(String sentence, String actual, String expected) {
        if (actual.equals(expected)) {
            System.out.println("ok " + sentence);
            return 0;
        }
        List<String> got = actual.lines().toList(), wanted = expected.lines().toList();
        int at = 0;
        while (at < got.size() && at < wanted.size() && got.get(at).equals(wanted.get(at))) at++;
        System.out.println("not ok " + sentence + ": line " + (at + 1) + " of " + got.size() + " is [" + (at < got.size() ? got.get(at) : "") + "], expected ["
            + (at < wanted.size() ? wanted.get(at) : "") + "] of " + wanted.size());
        return 1;
    }

    static String isPostgres(DatabaseMetaData data, String url) throws SQLException {
        var catalogs = new ArrayList<String>();
        try (var rows = data.getCatalogs()) { while (rows.next()) catalogs.add(rows.getString("TABLE_CAT")); }
        var right = data.getDatabaseProductVersion().startsWith("15.") && data.getURL().startsWith(url) && catalogs.contains(DATABASE)
            && data.getDatabaseProductVersion().split(" ")[0].equals("15." + data.getDatabaseMinorVersion());
        return right ? "true" : data.getDatabaseProductVersion() + " " + data.getURL() + " " + catalogs;
    }

    static void run(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) { for (var sql : statements) statement.execute(sql); }
    }

    static String answer(DatabaseMetaData data, Method method) {
        var text = new StringBuilder();
        for (var question : questions(method)) {
            if (question.length > 0) text.append(Arrays.deepToString(question)).append('\n');
            try {
                var answer = method.invoke(data, question);
                text.append(answer instanceof ResultSet rows ? show(rows) : line(String.valueOf(answer)));
            } catch (InvocationTargetException e) {
                text.append(line(e.getCause() instanceof SQLException error ? error.getSQLState() + " " + error.getMessage() : e.getCause().toString()));
            } catch (IllegalAccessException | SQLException e) {
                text.append(line(e.toString()));
            }
        }

        return text.toString();
    }

    static List<Object[]> questions(Method method) {
        var types = method.getParameterTypes();
        if (types.length == 0) return List.<Object[]>of(a());
        if (types.length == 1 && types[0] == int.class) return IntStream.of(NUMBERS).<Object[]>mapToObj(n -> a(n)).toList();
        if (types.length == 2 && types[0] == int.class)
            return IntStream.of(NUMBERS).boxed().flatMap(n -> IntStream.of(NUMBERS).<Object[]>mapToObj(m -> a(n, m))).toList();
        if (types.length == 1 && types[0] == Class.class) return List.<Object[]>of(a(String.class));
        var questions = QUESTIONS.get(method.getName());
        if (questions == null) throw new IllegalStateException("no question for " + method);
        return questions;
    }

    static String show(ResultSet rows) throws SQLException {
        var text = new StringBuilder();
        try (rows) {
            var columns = rows.getMetaData();
            text.append(line(IntStream.rangeClosed(1, columns.getColumnCount()).mapToObj(i -> heading(columns, i)).collect(Collectors.joining("|"))));
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= columns.getColumnCount(); i++) row.add(Objects.requireNonNullElse(rows.getString(i), "<null>"));
                text.append(line(String.join("|", catalog(columns, row))));
            }
        }

        return text.toString();
    }

    /** The name of the database is the server's affair. */
    static List<String> catalog(ResultSetMetaData columns, List<String> row) throws SQLException {
        for (int i = 0; i < row.size(); i++)
            if (columns.getColumnLabel(i + 1).toUpperCase().endsWith("_CAT") && row.get(i).equals(DATABASE)) row.set(i, "<database>");
        return row;
    }

    static String heading(ResultSetMetaData columns, int i) {
        try { return columns.getColumnLabel(i) + " " + columns.getColumnTypeName(i); } catch (SQLException e) { return e.getMessage(); }
    }

    static String line(String text) { return text.replace("\n", "\\n").replace("\r", "") + "\n"; }
}
