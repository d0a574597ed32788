import java.math.BigDecimal;
import java.sql.*;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import org.postgresql.PGConnection;
import org.postgresql.util.PGInterval;
import org.postgresql.util.PSQLException;

/** pgjdbc: extended protocol, named statements with binary results, portals with row limits, batches. Run with `java -cp postgresql.jar`. */
class WithPgjdbc {
    static final String TABLE = "pgjdbc_things";
    static final String LONG_QUERY = "SELECT count(*) FROM generate_series(1, 1000000000)";
    static int failed;

    interface Body { void run() throws Exception; }
    interface Use { void with(Connection connection) throws Exception; }

    static void check(String sentence, Body body) {
        try {
            body.run();
            System.out.println("ok " + sentence);
        } catch (Exception | AssertionError e) {
            failed++;
            System.out.println("not ok " + sentence + ": " + e.toString().replaceAll("\\s+", " "));
        }
    }

    static void equal(Object actual, Object expected) {
        if (!Objects.deepEquals(actual, expected))
            throw new AssertionError("got " + show(actual) + ", expected " + show(expected));
    }

    static String show(Object value) { return value instanceof Object[] a ? Arrays.deepToString(a) : String.valueOf(value); }

    static String env(String name, String fallback) { return System.getenv().getOrDefault(name, fallback); }

    static Connection connect(String... options) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", env("PGUSER", "postgres"));
        properties.setProperty("ApplicationName", "checks of pgjdbc");
        properties.setProperty("loginTimeout", "10");
        for (int i = 0; i < options.length; i += 2) properties.setProperty(options[i], options[i + 1]);
        return DriverManager.getConnection("jdbc:postgresql://" + env("PGHOST", "127.0.0.1") + ":" + env("PGPORT", "5432")
            + "/" + env("PGDATABASE", "scratch"), properties);
    }

    static void connected(Use use, String... options) throws Exception {
        try (var connection = connect(options)) { use.with(connection); }
    }

    static void table(String columns, Use use, String... options) throws Exception {
        connected(c -> { run(c, "DROP TABLE IF EXISTS " + TABLE); run(c, "CREATE TABLE " + TABLE + " (" + columns + ")"); });
        try { connected(use, options); } finally { connected(c -> run(c, "DROP TABLE IF EXISTS " + TABLE)); }
    }

    static int run(Connection c, String sql, Object... values) throws SQLException {
        try (var s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) s.setObject(i + 1, values[i]);
            return s.execute() ? -1 : s.getUpdateCount();
        }
    }

    static List<List<Object>> rows(Connection c, String sql, Object... values) throws SQLException {
        try (var s = c.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) s.setObject(i + 1, values[i]);
            var result = new ArrayList<List<Object>>();
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    var row = new ArrayList<Object>();
                    for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) row.add(r.getObject(i));
                    result.add(row);
                }
            }
            return result;
        }
    }

    static Object one(Connection c, String sql, Object... values) throws SQLException { return rows(c, sql, values).get(0).get(0); }

    static PSQLException fails(String sqlState, Body body) throws Exception {
        try {
            body.run();
        } catch (PSQLException e) {
            if (!sqlState.equals(e.getSQLState())) throw new AssertionError("SQLSTATE " + e.getSQLState() + ", expected " + sqlState + ": " + e.getMessage());
            return e;
        }
        throw new AssertionError("expected " + sqlState + ", but it did not fail");
    }

    static void within(long millis, long since) {
        if (System.currentTimeMillis() - since > millis) throw new AssertionError("took longer than " + millis + " ms");
    }

    /** Sends each value four times: from the third execution on the statement is named and its results are binary. */
    static void roundTrip(String type, Class<?> as, Object... values) {
        check(type + " parameters come back as they were sent", () -> {
            // In simple mode 42.5 writes bytea literals without the space that has to follow.
            for (String mode : as == byte[].class ? new String[] {"extended"} : new String[] {"extended", "simple"})
                connected(c -> {
                    try (var s = c.prepareStatement("SELECT CAST(? AS " + type + ")")) {
                        for (Object value : values)
                            for (int i = 0; i < 4; i++) {
                                if (as == String.class) s.setObject(1, value, Types.OTHER); else s.setObject(1, value);
                                try (var r = s.executeQuery()) {
                                    r.next();
                                    equal(as == String.class ? r.getString(1) : as == byte[].class ? r.getBytes(1) : r.getObject(1, as), value);
                                }
                            }
                    }
                }, "preferQueryMode", mode, "prepareThreshold", "2");
        });
    }

    static void arrayRoundTrip(String element, Object[]... values) {
        check(element + "[] parameters come back as they were sent", () -> connected(c -> {
            try (var s = c.prepareStatement("SELECT ?::" + element + "[]")) {
                for (Object[] value : values)
                    for (int i = 0; i < 4; i++) {
                        s.setArray(1, c.createArrayOf(element, value));
                        try (var r = s.executeQuery()) { r.next(); equal(r.getArray(1).getArray(), value); }
                    }
            }
        }, "prepareThreshold", "2"));
    }

    public static void main(String[] args) throws Exception {
        System.out.println("# pgjdbc " + org.postgresql.util.DriverInfo.DRIVER_VERSION);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        connecting();
        types();
        tables();
        transactions();
        errors();
        portions();
        interruptions();
        System.exit(failed > 0 ? 1 : 0);
    }

    static void connecting() {
        check("connecting carries the application name and options", () -> connected(c -> {
            equal(one(c, "SHOW application_name"), "checks of pgjdbc");
            equal(one(c, "SHOW statement_timeout"), "54321ms");
            equal(one(c, "SELECT current_database()"), env("PGDATABASE", "scratch"));
            equal(c.isValid(5), true);
        }, "options", "-c statement_timeout=54321"));
        check("the server version is visible", () -> connected(c -> {
            if (c.getMetaData().getDatabaseMajorVersion() < 12) throw new AssertionError(c.getMetaData().getDatabaseProductVersion());
            equal(c.getMetaData().getDatabaseProductName(), "PostgreSQL");
            equal(((String) one(c, "SELECT version()")).startsWith("PostgreSQL "), true);
        }));
        check("a simple query returns its row, in every query mode", () -> {
            for (String mode : new String[] {"simple", "extended", "extendedForPrepared", "extendedCacheEverything"})
                connected(c -> {
                    try (var s = c.createStatement(); var r = s.executeQuery("SELECT 1 AS one, 'two' AS two, NULL AS three")) {
                        equal(r.next(), true);
                        equal(r.getInt("one"), 1);
                        equal(r.getString("two"), "two");
                        equal(r.getObject("three"), null);
                        equal(r.next(), false);
                        equal(r.getMetaData().getColumnTypeName(1), "int4");
                    }
                }, "preferQueryMode", mode);
        });
        check("an empty query is answered", () -> connected(c -> {
            try (var s = c.createStatement()) {
                equal(s.execute(""), false);
                equal(s.execute("-- nothing"), false);
            }
            equal(one(c, "SELECT 1"), 1);
        }));
        check("several statements in one query give several results", () -> {
            for (String mode : new String[] {"simple", "extended"})
                connected(c -> {
                    try (var s = c.createStatement()) {
                        equal(s.execute("SELECT 1; SELECT 'a' WHERE false; SELECT 3"), true);
                        equal(s.getMoreResults(), true);
                        equal(s.getResultSet().next(), false);
                        equal(s.getMoreResults(), true);
                        s.getResultSet().next();
                        equal(s.getResultSet().getInt(1), 3);
                        equal(s.getMoreResults(), false);
                        equal(s.getUpdateCount(), -1);
                    }
                }, "preferQueryMode", mode);
        });
        check("a changed time zone is reported", () -> connected(c -> {
            run(c, "SET TimeZone = 'Asia/Tokyo'");
            equal(c.unwrap(PGConnection.class).getParameterStatus("TimeZone"), "Asia/Tokyo");
        }));
        check("a read-only connection refuses to write", () -> table("id int PRIMARY KEY", c -> {
            c.setReadOnly(true);
            fails("25006", () -> run(c, "INSERT INTO " + TABLE + " VALUES (1)"));
            c.setReadOnly(false);
            equal(run(c, "INSERT INTO " + TABLE + " VALUES (1)"), 1);
        }, "readOnlyMode", "always"));
    }

    static void types() {
        roundTrip("bool", Boolean.class, true, false);
        roundTrip("int2", Short.class, (short) 0, Short.MIN_VALUE, Short.MAX_VALUE);
        roundTrip("int4", Integer.class, 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
        roundTrip("int8", Long.class, 0L, Long.MIN_VALUE + 1, Long.MAX_VALUE);
        roundTrip("float4", Float.class, 0f, 1.5f, -0.1f, Float.POSITIVE_INFINITY, Float.NaN);
        roundTrip("float8", Double.class, 0d, 0.1, -1e308, 5e-324, Double.NEGATIVE_INFINITY, Double.NaN);
        roundTrip("numeric", BigDecimal.class, new BigDecimal("0"), new BigDecimal("1.10"), new BigDecimal("-12345678901234567890.123456789"));
        roundTrip("text", String.class, "", "plain", "it's", "back\\slash", "zażółć 漢字 🐘", "two\nlines");
        roundTrip("varchar", String.class, "", "plain", "漢字");
        roundTrip("bytea", byte[].class, new byte[0], new byte[] {0, 1, -1});
        roundTrip("date", LocalDate.class, LocalDate.of(2024, 2, 29), LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));
        roundTrip("time", LocalTime.class, LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999999000));
        roundTrip("timetz", OffsetTime.class, OffsetTime.of(12, 30, 15, 250000000, ZoneOffset.UTC));
        roundTrip("timestamp", LocalDateTime.class, LocalDateTime.of(2024, 2, 29, 12, 30, 15, 123456000), LocalDateTime.of(1969, 12, 31, 23, 59, 59));
        roundTrip("timestamptz", OffsetDateTime.class, OffsetDateTime.of(2024, 2, 29, 12, 30, 15, 123456000, ZoneOffset.UTC));
        roundTrip("uuid", UUID.class, UUID.fromString("6f1d2c3b-4a59-4876-9abc-def012345678"));
        roundTrip("json", String.class, "{\"a\": [1,  null]}");
        roundTrip("jsonb", String.class, "{\"a\": [1, null], \"b\": {\"c\": true}}");
        arrayRoundTrip("int4", new Integer[] {}, new Integer[] {1}, new Integer[] {1, null, -3});
        arrayRoundTrip("text", new String[] {}, new String[] {"", null, "NULL", "quo\"te", "com,ma", "{brace}", "back\\slash", "漢"});
        check("interval parameters come back as they were sent", () -> connected(c -> {
            for (PGInterval value : new PGInterval[] {new PGInterval(0, 0, 3, 4, 0, 5.5), new PGInterval(1, 2, 0, 0, 0, 0), new PGInterval(0, 0, -1, 0, 0, -30)})
                equal(one(c, "SELECT ?::interval", value), value);
        }));
        check("null parameters of every type are null", () -> connected(c -> {
            for (String type : "bool int2 int4 int8 float4 float8 numeric text varchar bytea date time timetz timestamp timestamptz interval uuid json jsonb int4[] text[]".split(" "))
                try (var s = c.prepareStatement("SELECT ?::" + type + ", ?::" + type + " IS NULL")) {
                    s.setNull(1, Types.NULL);
                    s.setNull(2, Types.OTHER);
                    try (var r = s.executeQuery()) {
                        r.next();
                        equal(r.getString(1), null);
                        equal(r.getBoolean(2), true);
                    }
                }
        }));
        check("a prepared statement describes its parameters before it runs", () -> connected(c -> {
            try (var s = c.prepareStatement("SELECT ?::int4, ?::text")) {
                equal(s.getParameterMetaData().getParameterCount(), 2);
                equal(s.getParameterMetaData().getParameterTypeName(1), "int4");
                equal(s.getMetaData().getColumnTypeName(2), "text");
            }
        }));
    }

    static void tables() {
        check("a table keeps exact values of many types", () -> table(
            "id int PRIMARY KEY, big bigint, name text NOT NULL, price numeric(10,2), ratio double precision, active boolean,"
            + " born date, seen timestamptz, payload bytea, key uuid, tags text[]", c -> {
            var sql = "INSERT INTO " + TABLE + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
            var seen = OffsetDateTime.of(2024, 2, 29, 12, 0, 0, 123456000, ZoneOffset.UTC);
            var key = UUID.fromString("6f1d2c3b-4a59-4876-9abc-def012345678");
            equal(run(c, sql, 1, 1L << 62, "zażółć", new BigDecimal("12.50"), 0.1, true, LocalDate.of(1999, 12, 31), seen,
                new byte[] {0, -1}, key, c.createArrayOf("text", new String[] {"x", null})), 1);
            equal(rows(c, sql + " RETURNING id, name, price", 2, null, "", null, null, null, null, null, null, null, null),
                List.of(Arrays.asList(2, "", null)));
            try (var s = c.createStatement(); var r = s.executeQuery("SELECT * FROM " + TABLE + " ORDER BY id")) {
                r.next();
                equal(r.getLong("big"), 1L << 62);
                equal(r.getString("name"), "zażółć");
                equal(r.getBigDecimal("price"), new BigDecimal("12.50"));
                equal(r.getDouble("ratio"), 0.1);
                equal(r.getBoolean("active"), true);
                equal(r.getObject("born", LocalDate.class), LocalDate.of(1999, 12, 31));
                equal(r.getObject("seen", OffsetDateTime.class), seen);
                equal(r.getBytes("payload"), new byte[] {0, -1});
                equal(r.getObject("key"), key);
                equal(r.getArray("tags").getArray(), new String[] {"x", null});
                equal(r.getMetaData().getPrecision(4), 10);
                equal(r.getMetaData().getScale(4), 2);
                r.next();
                for (int i = 4; i <= 11; i++) equal(r.getObject(i), null);
            }
        }));
        check("update and delete report how many rows they changed", () -> table("id int PRIMARY KEY, name text", c -> {
            equal(run(c, "INSERT INTO " + TABLE + " VALUES (1, 'a'), (2, 'b'), (3, 'c')"), 3);
            equal(run(c, "UPDATE " + TABLE + " SET name = ? WHERE id >= ?", "x", 2), 2);
            equal(run(c, "DELETE FROM " + TABLE + " WHERE id = ?", 99), 0);
            equal(run(c, "DELETE FROM " + TABLE), 3);
        }));
        check("generated keys come back", () -> table("id serial PRIMARY KEY, name text", c -> {
            try (var s = c.prepareStatement("INSERT INTO " + TABLE + " (name) VALUES (?)", new String[] {"id"})) {
                for (int i = 1; i <= 3; i++) {
                    s.setString(1, "n" + i);
                    equal(s.executeUpdate(), 1);
                    try (var keys = s.getGeneratedKeys()) { keys.next(); equal(keys.getInt(1), i); }
                }
            }
        }));
        for (String rewrite : new String[] {"false", "true"})
            check("batches insert every row" + (rewrite.equals("true") ? ", rewritten to many values" : ""), () -> table("id int PRIMARY KEY, name text", c -> {
                c.setAutoCommit(false);
                try (var s = c.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?)")) {
                    for (int i = 0; i < 500; i++) { s.setInt(1, i); s.setString(2, "n" + i); s.addBatch(); }
                    equal(s.executeBatch().length, 500);
                }
                c.commit();
                equal(rows(c, "SELECT count(*), sum(id) FROM " + TABLE), List.of(List.of(500L, 124750L)));
            }, "reWriteBatchedInserts", rewrite));
        check("a failing batch names the error", () -> table("id int PRIMARY KEY, name text", c -> {
            try (var s = c.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, 'x')")) {
                for (int i : new int[] {1, 2, 1, 3}) { s.setInt(1, i); s.addBatch(); }
                s.executeBatch();
                throw new AssertionError("did not fail");
            } catch (BatchUpdateException e) {
                equal(e.getSQLState(), "23505");
            }
            equal(one(c, "SELECT count(*) FROM " + TABLE), 0L);
        }));
    }

    static void transactions() {
        check("a commit is seen by others, and not before; a rollback undoes", () -> table("id int PRIMARY KEY", writer -> connected(reader -> {
            writer.setAutoCommit(false);
            run(writer, "INSERT INTO " + TABLE + " VALUES (1)");
            equal(one(reader, "SELECT count(*) FROM " + TABLE), 0L);
            writer.commit();
            equal(one(reader, "SELECT count(*) FROM " + TABLE), 1L);
            run(writer, "INSERT INTO " + TABLE + " VALUES (2)");
            writer.rollback();
            equal(one(reader, "SELECT count(*) FROM " + TABLE), 1L);
        })));
        check("after a failed statement a transaction refuses more until rollback", () -> connected(c -> {
            c.setAutoCommit(false);
            fails("22012", () -> one(c, "SELECT 1 / ?", 0));
            fails("25P02", () -> one(c, "SELECT 1"));
            c.rollback();
            equal(one(c, "SELECT 1"), 1);
        }));
        check("a savepoint brings back what was before it", () -> table("id int PRIMARY KEY", c -> {
            c.setAutoCommit(false);
            run(c, "INSERT INTO " + TABLE + " VALUES (1)");
            var unnamed = c.setSavepoint();
            var named = c.setSavepoint("My point");
            fails("23505", () -> run(c, "INSERT INTO " + TABLE + " VALUES (1)"));
            c.rollback(named);
            run(c, "INSERT INTO " + TABLE + " VALUES (2)");
            c.rollback(unnamed);
            c.releaseSavepoint(unnamed);
            c.commit();
            equal(rows(c, "SELECT id FROM " + TABLE), List.of(List.of(1)));
        }));
        check("isolation levels can be set and read", () -> connected(c -> {
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            equal(c.getTransactionIsolation(), Connection.TRANSACTION_SERIALIZABLE);
        }));
    }

    static void errors() {
        check("errors carry SQLSTATE, message, position and constraint", () -> table("id int PRIMARY KEY", c -> {
            equal(fails("22012", () -> one(c, "SELECT 1 / 0")).getServerErrorMessage().getMessage(), "division by zero");
            var undefined = fails("42P01", () -> one(c, "SELECT * FROM no_such_table")).getServerErrorMessage();
            equal(undefined.getMessage(), "relation \"no_such_table\" does not exist");
            equal(undefined.getPosition(), 15);
            equal(fails("42601", () -> one(c, "SELECT 1 FROM WHERE")).getServerErrorMessage().getPosition(), 15);
            run(c, "INSERT INTO " + TABLE + " VALUES (1)");
            var unique = fails("23505", () -> run(c, "INSERT INTO " + TABLE + " VALUES (?)", 1)).getServerErrorMessage();
            equal(unique.getConstraint(), TABLE + "_pkey");
            equal(unique.getTable(), TABLE);
            equal(unique.getDetail(), "Key (id)=(1) already exists.");
        }));
        check("an error in a named statement leaves it usable", () -> connected(c -> {
            try (var s = c.prepareStatement("SELECT 10 / ?")) {
                for (int i = 0; i < 5; i++) {
                    s.setInt(1, 0);
                    fails("22012", s::executeQuery);
                    s.setInt(1, 5);
                    try (var r = s.executeQuery()) { r.next(); equal(r.getInt(1), 2); }
                }
            }
        }, "prepareThreshold", "1"));
    }

    static void portions() {
        for (int fetchSize : new int[] {0, 1, 7, 100, 1000, 5000})
            check("a thousand rows arrive in order with fetch size " + fetchSize, () -> connected(c -> {
                c.setAutoCommit(false);
                try (var s = c.prepareStatement("SELECT i FROM generate_series(1, ?) AS g(i)")) {
                    s.setFetchSize(fetchSize);
                    s.setInt(1, 1000);
                    try (var r = s.executeQuery()) {
                        int last = 0;
                        while (r.next()) equal(r.getInt(1), ++last);
                        equal(last, 1000);
                    }
                }
            }));
        check("two portals can be read in turns, and left unfinished", () -> connected(c -> {
            c.setAutoCommit(false);
            try (var s = c.prepareStatement("SELECT i FROM generate_series(1, 100) AS g(i)");
                 var t = c.prepareStatement("SELECT -i FROM generate_series(1, 100) AS g(i)")) {
                s.setFetchSize(3);
                t.setFetchSize(3);
                var r = s.executeQuery();
                var q = t.executeQuery();
                for (int i = 1; i <= 10; i++) {
                    r.next();
                    q.next();
                    equal(r.getInt(1), i);
                    equal(q.getInt(1), -i);
                }
            }
            c.commit();
            equal(one(c, "SELECT 1"), 1);
        }));
        check("a maximum of rows is kept", () -> connected(c -> {
            try (var s = c.createStatement()) {
                s.setMaxRows(5);
                int count = 0;
                try (var r = s.executeQuery("SELECT i FROM generate_series(1, 1000) AS g(i)")) { while (r.next()) count++; }
                equal(count, 5);
            }
        }));
        check("a statement used often becomes a named one", () -> connected(c -> {
            try (var s = c.prepareStatement("SELECT ?::int4 * 2")) {
                for (int i = 0; i < 20; i++) {
                    s.setInt(1, i);
                    try (var r = s.executeQuery()) { r.next(); equal(r.getInt(1), i * 2); }
                }
            }
        }, "prepareThreshold", "5"));
    }

    static void interruptions() {
        check("a query cancelled from another thread is 57014 and the connection lives on", () -> connected(c -> {
            var timer = Executors.newSingleThreadScheduledExecutor();
            try (var s = c.createStatement()) {
                long started = System.currentTimeMillis();
                timer.schedule(() -> { s.cancel(); return null; }, 300, TimeUnit.MILLISECONDS);
                var error = fails("57014", () -> s.executeQuery(LONG_QUERY));
                equal(error.getServerErrorMessage().getMessage(), "canceling statement due to user request");
                within(8000, started);
            } finally {
                timer.shutdown();
            }
            equal(one(c, "SELECT 1"), 1);
        }));
        check("a query timeout of the driver is 57014", () -> connected(c -> {
            try (var s = c.createStatement()) {
                s.setQueryTimeout(1);
                fails("57014", () -> s.executeQuery(LONG_QUERY));
            }
            equal(one(c, "SELECT 1"), 1);
        }));
        check("a statement timeout is 57014 and the connection lives on", () -> connected(c -> {
            run(c, "SET statement_timeout = 300");
            var error = fails("57014", () -> one(c, LONG_QUERY));
            equal(error.getServerErrorMessage().getMessage(), "canceling statement due to statement timeout");
            run(c, "RESET statement_timeout");
            equal(one(c, "SELECT 1"), 1);
        }));
    }
}
