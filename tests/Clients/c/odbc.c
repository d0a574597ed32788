/* psqlodbc through unixODBC: prepared statements, block cursors, the catalog functions, transactions, diagnostics. */
#include "checks.h"
#include <pthread.h>
#include <sql.h>
#include <sqlext.h>
#include <unistd.h>

#define TABLE "odbc_things"
#define OK(call) ok(call, #call)

static SQLHENV environment;
static SQLHDBC c;
static SQLHSTMT s;

static const char *diagnostics(SQLSMALLINT kind, SQLHANDLE handle, char state[6]) {
    static char message[1024];
    SQLINTEGER native;
    strcpy(state, "?????");
    strcpy(message, "no diagnostics");
    SQLGetDiagRec(kind, handle, 1, (SQLCHAR *)state, &native, (SQLCHAR *)message, sizeof message, NULL);
    return message;
}

static void ok(SQLRETURN code, const char *call) {
    if (SQL_SUCCEEDED(code)) return;
    char state[6];
    const char *message = s ? diagnostics(SQL_HANDLE_STMT, s, state) : diagnostics(SQL_HANDLE_DBC, c, state);
    fail("%s: %s %s", call, state, message);
}

static SQLHDBC open_with(const char *options) {
    char string[512], state[6];
    SQLHDBC connection;
    snprintf(string, sizeof string, "Driver={PostgreSQL Unicode};Server=%s;Port=%s;Database=%s;Uid=%s;%s", setting("PGHOST", "127.0.0.1"),
             setting("PGPORT", "5432"), setting("PGDATABASE", "scratch"), setting("PGUSER", "postgres"), options);
    SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection);
    if (!SQL_SUCCEEDED(SQLDriverConnect(connection, NULL, (SQLCHAR *)string, SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT)))
        fail("%s", diagnostics(SQL_HANDLE_DBC, connection, state));
    return connection;
}

static void fresh_statement(void) {
    if (s) SQLFreeHandle(SQL_HANDLE_STMT, s);
    s = NULL;
    OK(SQLAllocHandle(SQL_HANDLE_STMT, c, &s));
}

static void close_all(void) {
    if (s) SQLFreeHandle(SQL_HANDLE_STMT, s);
    s = NULL;
    if (c) { SQLEndTran(SQL_HANDLE_DBC, c, SQL_ROLLBACK); SQLDisconnect(c); SQLFreeHandle(SQL_HANDLE_DBC, c); }
    c = NULL;
}

static void reconnect(void) {
    close_all();
    c = open_with("");
    fresh_statement();
}

static void run(const char *sql) {
    fresh_statement();
    SQLRETURN code = SQLExecDirect(s, (SQLCHAR *)sql, SQL_NTS);
    if (code != SQL_NO_DATA) ok(code, sql);
}

/* Row and column of the current result as text; NULL for SQL NULL. */
static const char *column(int number) {
    static char texts[16][4096];
    SQLLEN length;
    OK(SQLGetData(s, number, SQL_C_CHAR, texts[number], sizeof texts[number], &length));
    return length == SQL_NULL_DATA ? NULL : texts[number];
}

static void next(void) { OK(SQLFetch(s)); }
static void end(void) { equal(SQLFetch(s), SQL_NO_DATA); }

static const char *one(const char *sql) {
    run(sql);
    next();
    return column(1);
}

static void fails(const char *sql, const char *expected) {
    char state[6];
    fresh_statement();
    if (SQL_SUCCEEDED(SQLExecDirect(s, (SQLCHAR *)sql, SQL_NTS))) fail("%s did not fail", sql);
    diagnostics(SQL_HANDLE_STMT, s, state);
    same(state, expected);
}

static void fresh_table(const char *columns) {
    char sql[512];
    run("DROP TABLE IF EXISTS odbc_lines, " TABLE);
    snprintf(sql, sizeof sql, "CREATE TABLE " TABLE " (%s)", columns);
    run(sql);
}

static SQLLEN null_length = SQL_NULL_DATA, text_length = SQL_NTS;

static void bind_text(int number, const char *text) {
    OK(SQLBindParameter(s, number, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 4000, 0, (void *)text, 0, text ? &text_length : &null_length));
}

static void bind_integer(int number, SQLINTEGER *value) {
    OK(SQLBindParameter(s, number, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_INTEGER, 0, 0, value, 0, NULL));
}

static void options_arrive(void) {
    SQLHDBC other = open_with("ConnSettings=SET statement_timeout TO 54321");
    SQLHSTMT statement;
    char text[100];
    SQLAllocHandle(SQL_HANDLE_STMT, other, &statement);
    SQLExecDirect(statement, (SQLCHAR *)"SHOW statement_timeout", SQL_NTS);
    SQLFetch(statement);
    SQLGetData(statement, 1, SQL_C_CHAR, text, sizeof text, NULL);
    SQLFreeHandle(SQL_HANDLE_STMT, statement);
    SQLDisconnect(other);
    SQLFreeHandle(SQL_HANDLE_DBC, other);
    same(text, "54321ms");
}

static void information(void) {
    char text[256];
    OK(SQLGetInfo(c, SQL_DBMS_NAME, text, sizeof text, NULL));
    same(text, "PostgreSQL");
    OK(SQLGetInfo(c, SQL_DBMS_VER, text, sizeof text, NULL));
    if (atoi(text) < 12) fail("version %s", text);
    OK(SQLGetInfo(c, SQL_DATABASE_NAME, text, sizeof text, NULL));
    same(text, setting("PGDATABASE", "scratch"));
}

static void simple_query(void) {
    SQLCHAR name[64];
    SQLSMALLINT columns, type;
    run("SELECT 1 AS one, 'zażółć' AS two, NULL AS three");
    OK(SQLNumResultCols(s, &columns));
    equal(columns, 3);
    OK(SQLDescribeCol(s, 1, name, sizeof name, NULL, &type, NULL, NULL, NULL));
    same((char *)name, "one");
    equal(type, SQL_INTEGER);
    next();
    same(column(1), "1");
    same(column(2), "zażółć");
    same(column(3), NULL);
    end();
}

static const char *const VALUES[][2] = {
    {"bool", "1"}, {"int2", "-32768"}, {"int4", "-2147483648"}, {"int8", "9223372036854775807"}, {"float4", "1.5"}, {"float8", "0.1"},
    {"numeric(30,9)", "-12345678901234567890.123456789"}, {"text", "it's \\ zażółć"}, {"varchar(20)", ""}, {"date", "2024-02-29"},
    {"time", "23:59:59"}, {"timestamp", "2024-02-29 12:30:15.123456"}, {"uuid", "6F1D2C3B-4A59-4876-9ABC-DEF012345678"},
    {"interval", "3 days 04:00:05"}, {"json", "{\"a\": [1,  null]}"}, {"jsonb", "{\"a\": [1, null]}"}, {"int4[]", "{1,NULL,3}"}, {"text[]", "{a,\"x y\"}"},
};
static int value;

static void value_round_trip(void) {
    char sql[128];
    fresh_statement();
    snprintf(sql, sizeof sql, "SELECT CAST(? AS %s)", VALUES[value][0]);
    OK(SQLPrepare(s, (SQLCHAR *)sql, SQL_NTS));
    bind_text(1, VALUES[value][1]);
    OK(SQLExecute(s));
    next();
    same(column(1), VALUES[value][1]);
    OK(SQLFreeStmt(s, SQL_CLOSE));
    bind_text(1, NULL);
    OK(SQLExecute(s));
    next();
    same(column(1), NULL);
}

static void native_types(void) {
    fresh_table("i int, b bigint, d double precision, n numeric(10,2), t timestamp, y bytea, u boolean");
    run("INSERT INTO " TABLE " VALUES (1, 4611686018427387904, 0.5, 12.5, '2024-02-29 12:30:15', '\\x00ff', true)");
    run("SELECT * FROM " TABLE);
    next();
    SQLINTEGER i; SQLBIGINT b; SQLDOUBLE d; SQL_TIMESTAMP_STRUCT t; unsigned char y[8]; SQLCHAR u; SQLLEN length;
    OK(SQLGetData(s, 1, SQL_C_SLONG, &i, 0, NULL)); equal(i, 1);
    OK(SQLGetData(s, 2, SQL_C_SBIGINT, &b, 0, NULL)); equal(b == 4611686018427387904, 1);
    OK(SQLGetData(s, 3, SQL_C_DOUBLE, &d, 0, NULL)); equal(d == 0.5, 1);
    same(column(4), "12.50");
    OK(SQLGetData(s, 5, SQL_C_TYPE_TIMESTAMP, &t, 0, NULL)); equal(t.year * 10000 + t.month * 100 + t.day, 20240229); equal(t.second, 15);
    OK(SQLGetData(s, 6, SQL_C_BINARY, y, sizeof y, &length)); equal(length, 2); equal(y[0] << 8 | y[1], 255);
    OK(SQLGetData(s, 7, SQL_C_BIT, &u, 0, NULL)); equal(u, 1);
}

static void prepared_statement(void) {
    SQLSMALLINT parameters;
    SQLINTEGER id;
    fresh_table("id int PRIMARY KEY, name varchar(20)");
    fresh_statement();
    OK(SQLPrepare(s, (SQLCHAR *)"INSERT INTO " TABLE " VALUES (?, ?)", SQL_NTS));
    OK(SQLNumParams(s, &parameters));
    equal(parameters, 2);
    bind_integer(1, &id);
    bind_text(2, "x");
    for (id = 1; id <= 20; id++) OK(SQLExecute(s));
    same(one("SELECT count(*) || ' ' || sum(id) FROM " TABLE), "20 210");
}

static void parameter_array(void) {
    SQLINTEGER ids[50];
    SQLULEN done = 0;
    fresh_table("id int PRIMARY KEY");
    fresh_statement();
    for (int i = 0; i < 50; i++) ids[i] = i;
    OK(SQLSetStmtAttr(s, SQL_ATTR_PARAMSET_SIZE, (SQLPOINTER)50, 0));
    OK(SQLSetStmtAttr(s, SQL_ATTR_PARAMS_PROCESSED_PTR, &done, 0));
    OK(SQLPrepare(s, (SQLCHAR *)"INSERT INTO " TABLE " VALUES (?)", SQL_NTS));
    bind_integer(1, ids);
    OK(SQLExecute(s));
    equal(done, 50);
    same(one("SELECT count(*) FROM " TABLE), "50");
}

static void counts(void) {
    SQLLEN count;
    fresh_table("id int PRIMARY KEY, name text");
    run("INSERT INTO " TABLE " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    OK(SQLRowCount(s, &count)); equal(count, 3);
    run("UPDATE " TABLE " SET name = 'x' WHERE id >= 2");
    OK(SQLRowCount(s, &count)); equal(count, 2);
    run("DELETE FROM " TABLE " WHERE id = 9");
    OK(SQLRowCount(s, &count)); equal(count, 0);
}

static void transactions(void) {
    fresh_table("id int PRIMARY KEY");
    OK(SQLSetConnectAttr(c, SQL_ATTR_AUTOCOMMIT, (SQLPOINTER)SQL_AUTOCOMMIT_OFF, 0));
    run("INSERT INTO " TABLE " VALUES (1)");
    OK(SQLEndTran(SQL_HANDLE_DBC, c, SQL_ROLLBACK));
    run("INSERT INTO " TABLE " VALUES (2)");
    OK(SQLEndTran(SQL_HANDLE_DBC, c, SQL_COMMIT));
    OK(SQLSetConnectAttr(c, SQL_ATTR_AUTOCOMMIT, (SQLPOINTER)SQL_AUTOCOMMIT_ON, 0));
    same(one("SELECT min(id) || ' ' || count(*) FROM " TABLE), "2 1");
}

/* Protocol 7.4-2: the driver keeps a savepoint per statement and goes back to it when one fails. */
static void statement_rollback(void) {
    close_all();
    c = open_with("Protocol=7.4-2");
    fresh_statement();
    fresh_table("id int PRIMARY KEY");
    OK(SQLSetConnectAttr(c, SQL_ATTR_AUTOCOMMIT, (SQLPOINTER)SQL_AUTOCOMMIT_OFF, 0));
    run("INSERT INTO " TABLE " VALUES (1)");
    fails("INSERT INTO " TABLE " VALUES (1)", "23505");
    run("INSERT INTO " TABLE " VALUES (2)");
    OK(SQLEndTran(SQL_HANDLE_DBC, c, SQL_COMMIT));
    same(one("SELECT count(*) FROM " TABLE), "2");
}

static void savepoints(void) {
    fresh_table("id int PRIMARY KEY");
    OK(SQLSetConnectAttr(c, SQL_ATTR_AUTOCOMMIT, (SQLPOINTER)SQL_AUTOCOMMIT_OFF, 0));
    run("INSERT INTO " TABLE " VALUES (1)");
    run("SAVEPOINT a");
    run("INSERT INTO " TABLE " VALUES (2)");
    run("ROLLBACK TO SAVEPOINT a");
    OK(SQLEndTran(SQL_HANDLE_DBC, c, SQL_COMMIT));
    same(one("SELECT count(*) FROM " TABLE), "1");
}

static void errors(void) {
    char state[6];
    fails("SELECT * FROM no_such_table", "42P01");
    if (!strstr(diagnostics(SQL_HANDLE_STMT, s, state), "relation \"no_such_table\" does not exist")) fail("%s", diagnostics(SQL_HANDLE_STMT, s, state));
    fails("SELECT 1 / 0", "22012");
    fails("SELECT 1 FROM WHERE", "42601");
    fresh_table("id int PRIMARY KEY, name text NOT NULL");
    run("INSERT INTO " TABLE " VALUES (1, 'a')");
    fails("INSERT INTO " TABLE " VALUES (1, 'a')", "23505");
    fails("INSERT INTO " TABLE " VALUES (2, NULL)", "23502");
    same(one("SELECT 1"), "1");
}

static void many_rows(void) {
    int seen = 0;
    run("SELECT i FROM generate_series(1, 1000) AS g(i)");
    while (SQLFetch(s) != SQL_NO_DATA) equal(atoi(column(1)), ++seen);
    equal(seen, 1000);
}

/* UseDeclareFetch: the driver declares a cursor WITH HOLD and fetches 100 rows at a time. */
static void declared_cursor(void) {
    int seen = 0;
    close_all();
    c = open_with("UseDeclareFetch=1;Fetch=100");
    fresh_statement();
    run("SELECT i FROM generate_series(1, 350) AS g(i)");
    while (SQL_SUCCEEDED(SQLFetch(s))) equal(atoi(column(1)), ++seen);
    equal(seen, 350);
}

static void scrolling(void) {
    fresh_statement();
    OK(SQLSetStmtAttr(s, SQL_ATTR_CURSOR_TYPE, (SQLPOINTER)SQL_CURSOR_STATIC, 0));
    OK(SQLExecDirect(s, (SQLCHAR *)"SELECT i FROM generate_series(1, 10) AS g(i)", SQL_NTS));
    OK(SQLFetchScroll(s, SQL_FETCH_LAST, 0)); same(column(1), "10");
    OK(SQLFetchScroll(s, SQL_FETCH_ABSOLUTE, 3)); same(column(1), "3");
    OK(SQLFetchScroll(s, SQL_FETCH_PRIOR, 0)); same(column(1), "2");
}

static void more_results(void) {
    run("SELECT 1; SELECT 'b'");
    next(); same(column(1), "1");
    OK(SQLMoreResults(s));
    next(); same(column(1), "b");
    equal(SQLMoreResults(s), SQL_NO_DATA);
}

static void *cancel_soon(void *statement) { usleep(500000); SQLCancel(statement); return NULL; }

static void cancelled(void) {
    pthread_t thread;
    char state[6];
    fresh_statement();
    pthread_create(&thread, NULL, cancel_soon, s);
    SQLRETURN code = SQLExecDirect(s, (SQLCHAR *)LONG_QUERY, SQL_NTS);
    pthread_join(thread, NULL);
    if (SQL_SUCCEEDED(code)) fail("was not cancelled");
    diagnostics(SQL_HANDLE_STMT, s, state);
    same(state, "57014");
    same(one("SELECT 1"), "1");
}

static void tables(void) {
    fresh_table("id int PRIMARY KEY, name varchar(20) NOT NULL, price numeric(10,2) DEFAULT 1.5");
    fresh_statement();
    OK(SQLTables(s, NULL, 0, (SQLCHAR *)"public", SQL_NTS, (SQLCHAR *)TABLE, SQL_NTS, (SQLCHAR *)"TABLE", SQL_NTS));
    next(); same(column(2), "public"); same(column(3), TABLE); same(column(4), "TABLE"); end();
}

static void columns(void) {
    fresh_table("id int PRIMARY KEY, name varchar(20) NOT NULL, price numeric(10,2) DEFAULT 1.5");
    fresh_statement();
    OK(SQLColumns(s, NULL, 0, (SQLCHAR *)"public", SQL_NTS, (SQLCHAR *)TABLE, SQL_NTS, NULL, 0));
    next(); same(column(4), "id"); same(column(6), "int4");
    next(); same(column(4), "name"); same(column(6), "varchar"); same(column(7), "20"); same(column(11), "0");
    next(); same(column(4), "price"); same(column(7), "10"); same(column(9), "2"); same(column(13), "1.5"); end();
}

static void keys(void) {
    fresh_table("id int PRIMARY KEY, name text");
    run("CREATE TABLE odbc_lines (id int PRIMARY KEY, thing int REFERENCES " TABLE " (id))");
    fresh_statement();
    OK(SQLPrimaryKeys(s, NULL, 0, (SQLCHAR *)"public", SQL_NTS, (SQLCHAR *)TABLE, SQL_NTS));
    next(); same(column(4), "id"); same(column(6), TABLE "_pkey"); end();
    fresh_statement();
    OK(SQLForeignKeys(s, NULL, 0, NULL, 0, NULL, 0, NULL, 0, (SQLCHAR *)"public", SQL_NTS, (SQLCHAR *)"odbc_lines", SQL_NTS));
    next(); same(column(3), TABLE); same(column(8), "thing"); end();
}

static void indexes(void) {
    fresh_table("id int PRIMARY KEY, name text");
    run("CREATE INDEX odbc_by_name ON " TABLE " (name)");
    fresh_statement();
    OK(SQLStatistics(s, NULL, 0, (SQLCHAR *)"public", SQL_NTS, (SQLCHAR *)TABLE, SQL_NTS, SQL_INDEX_ALL, SQL_QUICK));
    int seen = 0;
    while (SQL_SUCCEEDED(SQLFetch(s))) {
        const char *index = column(6);
        if (index && !strcmp(index, "odbc_by_name")) { seen++; same(column(4), "1"); same(column(9), "name"); }
        if (index && !strcmp(index, TABLE "_pkey")) { seen++; same(column(4), "0"); same(column(9), "id"); }
    }
    equal(seen, 2);
}

static void type_info(void) {
    fresh_statement();
    OK(SQLGetTypeInfo(s, SQL_INTEGER));
    next(); same(column(1), "int4");
}

static void isolation(void) {
    OK(SQLSetConnectAttr(c, SQL_ATTR_TXN_ISOLATION, (SQLPOINTER)SQL_TXN_SERIALIZABLE, 0));
    same(one("SHOW transaction_isolation"), "serializable");
}

#define CHECKS(X) \
    X("settings of the connection string are made", options_arrive) \
    X("name and version of the server are visible", information) \
    X("a simple query returns its row", simple_query) \
    X("columns come back as native types", native_types) \
    X("a prepared statement is used often", prepared_statement) \
    X("an array of parameters inserts every row", parameter_array) \
    X("statements report how many rows they changed", counts) \
    X("transactions commit and roll back", transactions) \
    X("with rollback per statement a failure leaves the transaction alive", statement_rollback) \
    X("a savepoint brings back what was before it", savepoints) \
    X("errors carry their SQLSTATE", errors) \
    X("a thousand rows arrive in order", many_rows) \
    X("a declared cursor reads in portions", declared_cursor) \
    X("a static cursor scrolls", scrolling) \
    X("several statements give several results", more_results) \
    X("a cancelled query is 57014 and the connection lives on", cancelled) \
    X("SQLTables finds a table", tables) \
    X("SQLColumns describes its columns", columns) \
    X("SQLPrimaryKeys and SQLForeignKeys find the keys", keys) \
    X("SQLStatistics finds the indexes", indexes) \
    X("SQLGetTypeInfo knows int4", type_info) \
    X("the isolation level can be set", isolation)

int main(void) {
    SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment);
    SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER)SQL_OV_ODBC3, 0);
    if (setjmp(check_end) != 0) { printf("not ok a connection is made: %s\n", check_reason); return 1; }
    reconnect();
    char version[64] = "";
    SQLGetInfo(c, SQL_DRIVER_VER, version, sizeof version, NULL);
    printf("# psqlodbc %s\n", version);
#define RUN(sentence, function) if (setjmp(check_end) == 0) reconnect(); check(sentence, function);
    CHECKS(RUN)
    if (setjmp(check_end) == 0) reconnect();
    for (value = 0; value < (int)(sizeof VALUES / sizeof *VALUES); value++) {
        char sentence[100];
        snprintf(sentence, sizeof sentence, "%s parameters and nulls come back as they were sent", VALUES[value][0]);
        check(sentence, value_round_trip);
    }
    if (setjmp(check_end) == 0) { reconnect(); run("DROP TABLE IF EXISTS odbc_lines, " TABLE); }
    close_all();
    return checks_failed ? 1 : 0;
}
