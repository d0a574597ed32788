/* libpq: every way to send a statement, both formats, pipelines, single-row mode, cancel. PGHOST and kin say where. */
#include "checks.h"
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <unistd.h>

#define TABLE "libpq_things"

static PGconn *c;
static char notices[4096];

static void keep_notice(void *unused, const char *message) {
    (void)unused;
    strncat(notices, message, sizeof notices - strlen(notices) - 1);
}

static PGconn *open_with(const char *options) {
    PGconn *connection = PQconnectdb(options);
    if (PQstatus(connection) != CONNECTION_OK) fail("%s", PQerrorMessage(connection));
    return connection;
}

/* A fresh connection per check: one that a failed check left in a strange state hurts nobody. */
static void reconnect(void) {
    if (c) PQfinish(c);
    c = NULL;
    c = open_with("application_name='checks of libpq' connect_timeout=10");
    notices[0] = 0;
    PQsetNoticeProcessor(c, keep_notice, NULL);
}

static PGresult *expect(PGresult *result, ExecStatusType status) {
    if (PQresultStatus(result) != status)
        fail("%s, expected %s: %s", PQresStatus(PQresultStatus(result)), PQresStatus(status), PQresultErrorMessage(result));
    return result;
}

static PGresult *rows(const char *sql) { return expect(PQexec(c, sql), PGRES_TUPLES_OK); }
static void run(const char *sql) { PQclear(expect(PQexec(c, sql), PGRES_COMMAND_OK)); }

static PGresult *with(const char *sql, int n, const char *const *values) {
    return expect(PQexecParams(c, sql, n, NULL, values, NULL, NULL, 0), PGRES_TUPLES_OK);
}

static const char *one(const char *sql) { return PQgetvalue(rows(sql), 0, 0); }

static PGresult *fails(PGresult *result, const char *state) {
    expect(result, PGRES_FATAL_ERROR);
    same(PQresultErrorField(result, PG_DIAG_SQLSTATE), state);
    same(PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED), "ERROR");
    return result;
}

static void fresh(const char *columns) {
    char sql[512];
    run("SET client_min_messages = warning");
    run("DROP TABLE IF EXISTS " TABLE);
    snprintf(sql, sizeof sql, "CREATE TABLE " TABLE " (%s)", columns);
    run(sql);
}

static void options_arrive(void) {
    reconnect();
    same(one("SHOW application_name"), "checks of libpq");
    PGconn *other = open_with("options='-c statement_timeout=54321 -c TimeZone=Asia/Tokyo'");
    same(PQgetvalue(PQexec(other, "SHOW statement_timeout"), 0, 0), "54321ms");
    same(PQparameterStatus(other, "TimeZone"), "Asia/Tokyo");
    PQfinish(other);
    other = open_with("postgresql:///?client_encoding=LATIN1");
    same(PQparameterStatus(other, "client_encoding"), "LATIN1");
    same(PQgetvalue(PQexec(other, "SELECT 'caf\xe9'"), 0, 0), "caf\xe9");
    PQfinish(other);
}

static void status_is_reported(void) {
    reconnect();
    if (PQserverVersion(c) < 120000) fail("version %d", PQserverVersion(c));
    equal(PQprotocolVersion(c), 3);
    same(PQparameterStatus(c, "server_encoding"), "UTF8");
    same(PQparameterStatus(c, "integer_datetimes"), "on");
    same(PQparameterStatus(c, "standard_conforming_strings"), "on");
    same(PQparameterStatus(c, "session_authorization"), PQuser(c));
    if (PQbackendPID(c) == 0) fail("no process id");
    same(one("SELECT current_database()"), PQdb(c));
    run("SET TimeZone = 'Asia/Tokyo'");
    same(PQparameterStatus(c, "TimeZone"), "Asia/Tokyo");
}

static void ping_and_connect_poll(void) {
    equal(PQping("connect_timeout=10"), PQPING_OK);
    PGconn *slow = PQconnectStart("application_name=poll");
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK) {
        if (state == PGRES_POLLING_FAILED) fail("%s", PQerrorMessage(slow));
        struct pollfd wait = {PQsocket(slow), state == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
        poll(&wait, 1, 5000);
        state = PQconnectPoll(slow);
    }
    PQfinish(slow);
}

static void unknown_database(void) {
    PGconn *lost = PQconnectdb("dbname=no_such_database");
    equal(PQstatus(lost), CONNECTION_BAD);
    if (!strstr(PQerrorMessage(lost), "FATAL:  database \"no_such_database\" does not exist")) fail("%s", PQerrorMessage(lost));
    PQfinish(lost);
}

static void simple_query(void) {
    PGresult *r = rows("SELECT 1 AS one, 'zażółć' AS \"Two\", NULL AS three");
    equal(PQntuples(r), 1);
    equal(PQnfields(r), 3);
    same(PQfname(r, 1), "Two");
    equal(PQfnumber(r, "\"Two\""), 1);
    equal(PQftype(r, 0), 23);
    equal(PQftype(r, 1), 25);
    equal(PQfsize(r, 0), 4);
    equal(PQfsize(r, 1), -1);
    same(PQgetvalue(r, 0, 1), "zażółć");
    equal(PQgetisnull(r, 0, 2), 1);
    same(PQcmdStatus(r), "SELECT 1");
}

static void describes_columns(void) {
    fresh("id int PRIMARY KEY, price numeric(10,2), code varchar(8)");
    PGresult *r = rows("SELECT price, code, id + 1 FROM " TABLE);
    if (PQftable(r, 0) == 0 || PQftable(r, 0) != PQftable(r, 1)) fail("table %u %u", PQftable(r, 0), PQftable(r, 1));
    equal(PQftablecol(r, 0), 2);
    equal(PQftablecol(r, 1), 3);
    equal(PQftable(r, 2), 0);
    equal(PQfmod(r, 0), (10 << 16 | 2) + 4);
    equal(PQfmod(r, 1), 12);
}

static void several_statements(void) {
    if (!PQsendQuery(c, "SELECT 1; SELECT 'b' WHERE false; SET TimeZone = 'UTC'; SELECT 3")) fail("%s", PQerrorMessage(c));
    same(PQgetvalue(expect(PQgetResult(c), PGRES_TUPLES_OK), 0, 0), "1");
    equal(PQntuples(expect(PQgetResult(c), PGRES_TUPLES_OK)), 0);
    same(PQcmdStatus(expect(PQgetResult(c), PGRES_COMMAND_OK)), "SET");
    same(PQgetvalue(expect(PQgetResult(c), PGRES_TUPLES_OK), 0, 0), "3");
    if (PQgetResult(c)) fail("one result too many");
    fails(PQexecParams(c, "SELECT 1; SELECT 2", 0, NULL, NULL, NULL, NULL, 0), "42601");
}

static void empty_queries(void) {
    expect(PQexec(c, ""), PGRES_EMPTY_QUERY);
    expect(PQexec(c, "-- nothing"), PGRES_EMPTY_QUERY);
    expect(PQexecParams(c, "", 0, NULL, NULL, NULL, NULL, 0), PGRES_EMPTY_QUERY);
    same(one("SELECT 1"), "1");
}

/* Text that PostgreSQL prints as it was written, per type. */
static const char *const VALUES[][2] = {
    {"bool", "t"}, {"int2", "-32768"}, {"int4", "-2147483648"}, {"int8", "9223372036854775807"}, {"float4", "1.5"}, {"float8", "5e-324"},
    {"float8", "-Infinity"}, {"numeric", "-12345678901234567890.123456789"}, {"numeric", "NaN"}, {"text", "zażółć 漢字"}, {"varchar", ""},
    {"bytea", "\\x0001ff"}, {"date", "2024-02-29"}, {"time", "23:59:59.999999"}, {"timetz", "12:30:15.25+02"},
    {"timestamp", "2024-02-29 12:30:15.123456"}, {"timestamp", "infinity"}, {"timestamptz", "2024-02-29 12:30:15.123456+00"},
    {"interval", "1 year 2 mons 3 days 04:00:05.5"}, {"uuid", "6f1d2c3b-4a59-4876-9abc-def012345678"}, {"json", "[1,  null]"},
    {"jsonb", "[1, null]"}, {"int4[]", "{{1,NULL},{3,4}}"}, {"text[]", "{a,NULL,\"NULL\",\"x y\",\"quo\\\"te\"}"}, {"oid", "4294967295"},
    {"name", "pg_class"}, {"money", "$12.50"}, {"inet", "192.168.0.1/24"}, {"cidr", "10.0.0.0/8"}, {"macaddr", "08:00:2b:01:02:03"},
    {"bit(4)", "1010"}, {"varbit", "101"}, {"point", "(1.5,-2)"}, {"int4range", "[1,10)"}, {"regclass", "pg_class"}, {"xml", "<a>b</a>"},
};
static int value;

static void value_round_trip(void) {
    const char *type = VALUES[value][0], *text = VALUES[value][1];
    char sql[256];
    reconnect();
    run("SET TimeZone = 'UTC'");
    snprintf(sql, sizeof sql, "SELECT $1::%s, $1::%s IS NULL", type, type);
    same(PQgetvalue(with(sql, 1, &text), 0, 0), text);
    const char *none = NULL;
    PGresult *r = with(sql, 1, &none);
    equal(PQgetisnull(r, 0, 0), 1);
    same(PQgetvalue(r, 0, 1), "t");
    /* The binary form of the answer, sent back as it came, is the same value. */
    r = expect(PQexecParams(c, sql, 1, NULL, &text, NULL, NULL, 1), PGRES_TUPLES_OK);
    const char *bytes = PQgetvalue(r, 0, 0);
    int length = PQgetlength(r, 0, 0), binary = 1;
    snprintf(sql, sizeof sql, "SELECT $1::%s", type);
    r = expect(PQexecParams(c, sql, 1, NULL, &bytes, &length, &binary, 0), PGRES_TUPLES_OK);
    same(PQgetvalue(r, 0, 0), text);
}

static void binary_integers(void) {
    uint32_t sum = htonl(40);
    const char *values[] = {(const char *)&sum, "2"};
    int lengths[] = {4, 0}, formats[] = {1, 0};
    Oid types[] = {23, 23};
    PGresult *r = expect(PQexecParams(c, "SELECT $1 + $2, 'x'::text", 2, types, values, lengths, formats, 1), PGRES_TUPLES_OK);
    equal(PQfformat(r, 0), 1);
    equal(PQgetlength(r, 0, 0), 4);
    equal(ntohl(*(uint32_t *)PQgetvalue(r, 0, 0)), 42);
    same(PQgetvalue(r, 0, 1), "x");
}

static void prepared_statement(void) {
    PQclear(expect(PQprepare(c, "p", "SELECT $1::int4 * 2 AS twice, $2::text AS t", 0, NULL), PGRES_COMMAND_OK));
    PGresult *d = expect(PQdescribePrepared(c, "p"), PGRES_COMMAND_OK);
    equal(PQnparams(d), 2);
    equal(PQparamtype(d, 0), 23);
    equal(PQparamtype(d, 1), 25);
    same(PQfname(d, 0), "twice");
    const char *values[] = {"21", "x"};
    for (int i = 0; i < 10; i++) same(PQgetvalue(expect(PQexecPrepared(c, "p", 2, values, NULL, NULL, 0), PGRES_TUPLES_OK), 0, 0), "42");
    fails(PQprepare(c, "p", "SELECT 1", 0, NULL), "42P05");
    run("DEALLOCATE p");
    fails(PQexecPrepared(c, "p", 2, values, NULL, NULL, 0), "26000");
}

static void counts(void) {
    fresh("id int PRIMARY KEY, name text");
    same(PQcmdTuples(expect(PQexec(c, "INSERT INTO " TABLE " VALUES (1, 'a'), (2, 'b'), (3, 'c')"), PGRES_COMMAND_OK)), "3");
    const char *values[] = {"x", "2"};
    same(PQcmdTuples(expect(PQexecParams(c, "UPDATE " TABLE " SET name = $1 WHERE id >= $2", 2, NULL, values, NULL, NULL, 0), PGRES_COMMAND_OK)), "2");
    PGresult *r = rows("DELETE FROM " TABLE " WHERE id = 1 RETURNING name");
    same(PQcmdStatus(r), "DELETE 1");
    same(PQgetvalue(r, 0, 0), "a");
}

static void transaction_status(void) {
    equal(PQtransactionStatus(c), PQTRANS_IDLE);
    run("BEGIN");
    equal(PQtransactionStatus(c), PQTRANS_INTRANS);
    fails(PQexec(c, "SELECT 1 / 0"), "22012");
    equal(PQtransactionStatus(c), PQTRANS_INERROR);
    fails(PQexec(c, "SELECT 1"), "25P02");
    same(PQcmdStatus(expect(PQexec(c, "COMMIT"), PGRES_COMMAND_OK)), "ROLLBACK");
    equal(PQtransactionStatus(c), PQTRANS_IDLE);
}

static void savepoints(void) {
    fresh("id int PRIMARY KEY");
    run("BEGIN");
    run("INSERT INTO " TABLE " VALUES (1)");
    run("SAVEPOINT a");
    run("INSERT INTO " TABLE " VALUES (2)");
    run("SAVEPOINT a");
    fails(PQexec(c, "INSERT INTO " TABLE " VALUES (1)"), "23505");
    run("ROLLBACK TO a");
    run("RELEASE a");
    run("ROLLBACK TO SAVEPOINT a");
    run("COMMIT");
    same(one("SELECT count(*) FROM " TABLE), "1");
}

static void isolation_between_connections(void) {
    fresh("id int PRIMARY KEY");
    PGconn *other = open_with("");
    run("BEGIN");
    run("INSERT INTO " TABLE " VALUES (1)");
    same(PQgetvalue(PQexec(other, "SELECT count(*) FROM " TABLE), 0, 0), "0");
    run("COMMIT");
    same(PQgetvalue(PQexec(other, "SELECT count(*) FROM " TABLE), 0, 0), "1");
    PQfinish(other);
}

static void error_fields(void) {
    PGresult *r = fails(PQexec(c, "SELECT * FROM no_such_table"), "42P01");
    same(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY), "relation \"no_such_table\" does not exist");
    same(PQresultErrorField(r, PG_DIAG_STATEMENT_POSITION), "15");
    same(PQresultVerboseErrorMessage(fails(PQexec(c, "SELECT 1 / 0"), "22012"), PQERRORS_SQLSTATE, PQSHOW_CONTEXT_NEVER), "ERROR:  22012\n");
    fresh("id int PRIMARY KEY, name text NOT NULL, CHECK (id < 100)");
    run("INSERT INTO " TABLE " VALUES (1, 'a')");
    r = fails(PQexec(c, "INSERT INTO " TABLE " VALUES (1, 'b')"), "23505");
    same(PQresultErrorField(r, PG_DIAG_SCHEMA_NAME), "public");
    same(PQresultErrorField(r, PG_DIAG_TABLE_NAME), TABLE);
    same(PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME), TABLE "_pkey");
    same(PQresultErrorField(r, PG_DIAG_MESSAGE_DETAIL), "Key (id)=(1) already exists.");
    r = fails(PQexec(c, "INSERT INTO " TABLE " VALUES (2, NULL)"), "23502");
    same(PQresultErrorField(r, PG_DIAG_COLUMN_NAME), "name");
    r = fails(PQexec(c, "INSERT INTO " TABLE " VALUES (200, 'x')"), "23514");
    same(PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME), TABLE "_id_check");
}

static void notice_arrives(void) {
    run("DROP TABLE IF EXISTS libpq_never_there");
    same(notices, "NOTICE:  table \"libpq_never_there\" does not exist, skipping\n");
}

static void single_rows(void) {
    if (!PQsendQuery(c, "SELECT i FROM generate_series(1, 1000) AS g(i)")) fail("%s", PQerrorMessage(c));
    equal(PQsetSingleRowMode(c), 1);
    PGresult *r;
    int seen = 0;
    while ((r = PQgetResult(c)) && PQresultStatus(r) == PGRES_SINGLE_TUPLE) {
        equal(atoi(PQgetvalue(r, 0, 0)), ++seen);
        PQclear(r);
    }
    expect(r, PGRES_TUPLES_OK);
    equal(seen, 1000);
    if (PQgetResult(c)) fail("one result too many");
}

static void pipeline(void) {
    fresh("id int PRIMARY KEY");
    equal(PQenterPipelineMode(c), 1);
    char text[12];
    const char *p = text;
    for (int i = 0; i < 100; i++) {
        snprintf(text, sizeof text, "%d", i);
        equal(PQsendQueryParams(c, "INSERT INTO " TABLE " VALUES ($1) RETURNING id", 1, NULL, &p, NULL, NULL, 0), 1);
    }
    equal(PQpipelineSync(c), 1);
    for (int i = 0; i < 100; i++) {
        equal(atoi(PQgetvalue(expect(PQgetResult(c), PGRES_TUPLES_OK), 0, 0)), i);
        if (PQgetResult(c)) fail("one result too many");
    }
    expect(PQgetResult(c), PGRES_PIPELINE_SYNC);
    equal(PQexitPipelineMode(c), 1);
    same(one("SELECT count(*) FROM " TABLE), "100");
}

static void pipeline_failure(void) {
    fresh("id int PRIMARY KEY");
    equal(PQenterPipelineMode(c), 1);
    PQsendQueryParams(c, "INSERT INTO " TABLE " VALUES (1)", 0, NULL, NULL, NULL, NULL, 0);
    PQsendQueryParams(c, "SELECT 1 / 0", 0, NULL, NULL, NULL, NULL, 0);
    PQsendQueryParams(c, "SELECT 3", 0, NULL, NULL, NULL, NULL, 0);
    PQpipelineSync(c);
    PQsendQueryParams(c, "SELECT count(*) FROM " TABLE, 0, NULL, NULL, NULL, NULL, 0);
    PQpipelineSync(c);
    expect(PQgetResult(c), PGRES_COMMAND_OK);
    PQgetResult(c);
    fails(PQgetResult(c), "22012");
    PQgetResult(c);
    expect(PQgetResult(c), PGRES_PIPELINE_ABORTED);
    PQgetResult(c);
    expect(PQgetResult(c), PGRES_PIPELINE_SYNC);
    same(PQgetvalue(expect(PQgetResult(c), PGRES_TUPLES_OK), 0, 0), "0");
    PQgetResult(c);
    expect(PQgetResult(c), PGRES_PIPELINE_SYNC);
    equal(PQexitPipelineMode(c), 1);
}

static void *cancel_soon(void *cancel) {
    char error[256];
    usleep(300000);
    PQcancel(cancel, error, sizeof error);
    return NULL;
}

static void cancelled(void) {
    pthread_t thread;
    PGcancel *cancel = PQgetCancel(c);
    pthread_create(&thread, NULL, cancel_soon, cancel);
    PGresult *r = PQexec(c, LONG_QUERY);
    pthread_join(thread, NULL);
    PQfreeCancel(cancel);
    fails(r, "57014");
    same(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY), "canceling statement due to user request");
    same(one("SELECT 1"), "1");
}

static void statement_timeout(void) {
    run("SET statement_timeout = '300ms'");
    fails(PQexec(c, LONG_QUERY), "57014");
    run("RESET statement_timeout");
    same(one("SELECT 1"), "1");
}

static void cursor_in_sql(void) {
    run("BEGIN");
    run("DECLARE k CURSOR FOR SELECT i FROM generate_series(1, 10) AS g(i)");
    equal(PQntuples(rows("FETCH 4 FROM k")), 4);
    same(PQgetvalue(rows("FETCH NEXT FROM k"), 0, 0), "5");
    equal(PQntuples(rows("FETCH ALL FROM k")), 5);
    equal(PQntuples(rows("FETCH FORWARD 1 FROM k")), 0);
    run("CLOSE k");
    run("COMMIT");
}

static void copy_in(void) {
    fresh("id int PRIMARY KEY, name text");
    expect(PQexec(c, "COPY " TABLE " FROM STDIN"), PGRES_COPY_IN);
    const char *lines = "1\tone\n2\t\\N\n3\ttab\\there\n";
    equal(PQputCopyData(c, lines, strlen(lines)), 1);
    equal(PQputCopyEnd(c, NULL), 1);
    same(PQcmdStatus(expect(PQgetResult(c), PGRES_COMMAND_OK)), "COPY 3");
    if (PQgetResult(c)) fail("one result too many");
    same(one("SELECT name FROM " TABLE " WHERE id = 3"), "tab\there");
}

static void copy_out(void) {
    PGresult *r = expect(PQexec(c, "COPY (SELECT i, NULLIF(i, 2) FROM generate_series(1, 3) AS g(i)) TO STDOUT WITH (FORMAT csv, HEADER)"), PGRES_COPY_OUT);
    equal(PQnfields(r), 2);
    char all[256] = "", *line;
    int length;
    while ((length = PQgetCopyData(c, &line, 0)) > 0) { strncat(all, line, length); PQfreemem(line); }
    equal(length, -1);
    same(all, "i,nullif\n1,1\n2,\n3,3\n");
    expect(PQgetResult(c), PGRES_COMMAND_OK);
    while (PQgetResult(c)) { }
}

static void copy_refused(void) {
    fresh("id int PRIMARY KEY");
    expect(PQexec(c, "COPY " TABLE " FROM STDIN"), PGRES_COPY_IN);
    equal(PQputCopyData(c, "1\nabc\n", 6), 1);
    equal(PQputCopyEnd(c, NULL), 1);
    fails(PQgetResult(c), "22P02");
    while (PQgetResult(c)) { }
    same(one("SELECT count(*) FROM " TABLE), "0");
}

static void notification(void) {
    PGconn *other = open_with("");
    run("LISTEN libpq_channel");
    PQclear(PQexec(other, "NOTIFY libpq_channel, 'hello'"));
    PGnotify *n = NULL;
    for (int i = 0; i < 50 && !n; i++) { usleep(100000); PQconsumeInput(c); n = PQnotifies(c); }
    if (!n) fail("nothing arrived");
    same(n->relname, "libpq_channel");
    same(n->extra, "hello");
    equal(n->be_pid, PQbackendPID(other));
    PQfinish(other);
}

static void escaping(void) {
    char sql[512], *literal = PQescapeLiteral(c, "it's \\ \"x\"", 10), *identifier = PQescapeIdentifier(c, "Odd \"name\"", 10);
    snprintf(sql, sizeof sql, "SELECT %s AS %s", literal, identifier);
    PGresult *r = rows(sql);
    same(PQgetvalue(r, 0, 0), "it's \\ \"x\"");
    same(PQfname(r, 0), "Odd \"name\"");
}

static void reset(void) {
    run("SET statement_timeout = 1234");
    run("DISCARD ALL");
    same(one("SHOW statement_timeout"), "0");
    PQreset(c);
    equal(PQstatus(c), CONNECTION_OK);
    same(one("SHOW application_name"), "checks of libpq");
}

static void large_values(void) {
    char *big = malloc(2000001);
    memset(big, 'x', 2000000);
    big[2000000] = 0;
    const char *p = big;
    PGresult *r = with("SELECT $1::text, length($1)", 1, &p);
    equal(PQgetlength(r, 0, 0), 2000000);
    same(PQgetvalue(r, 0, 1), "2000000");
    free(big);
}

#define CHECKS(X) \
    X("the application name, options and client encoding of the connection count", options_arrive) \
    X("the server reports its settings", status_is_reported) \
    X("a ping is answered and a connection can be made without blocking", ping_and_connect_poll) \
    X("an unknown database is refused by name", unknown_database) \
    X("a simple query returns its row", simple_query) \
    X("result columns name their table, column and modifier", describes_columns) \
    X("several statements in one query give several results", several_statements) \
    X("an empty query is answered", empty_queries) \
    X("binary and text parameters can be mixed", binary_integers) \
    X("a prepared statement is described, used often and deallocated", prepared_statement) \
    X("statements report how many rows they changed", counts) \
    X("the state of the transaction is reported", transaction_status) \
    X("savepoints of one name nest", savepoints) \
    X("a commit is seen by others, and not before", isolation_between_connections) \
    X("errors carry their fields", error_fields) \
    X("a notice arrives", notice_arrives) \
    X("single-row mode gives a thousand rows in order", single_rows) \
    X("a pipeline of a hundred inserts is answered in order", pipeline) \
    X("a failure in a pipeline skips what follows up to the sync", pipeline_failure) \
    X("a cancelled query is 57014 and the connection lives on", cancelled) \
    X("a statement timeout is 57014 and the connection lives on", statement_timeout) \
    X("a cursor declared in SQL reads in portions", cursor_in_sql) \
    X("COPY FROM STDIN loads rows", copy_in) \
    X("COPY TO STDOUT gives CSV", copy_out) \
    X("COPY of an unreadable row fails and loads nothing", copy_refused) \
    X("a notification reaches its listener", notification) \
    X("escaped literals and identifiers are read back", escaping) \
    X("a session can be reset", reset) \
    X("a parameter of two megabytes comes back", large_values)

int main(void) {
    int version = PQlibVersion();
    printf("# libpq %d.%d\n", version / 10000, version % 10000);
#define RUN(sentence, function) if (setjmp(check_end) == 0) reconnect(); check(sentence, function);
    CHECKS(RUN)
    for (value = 0; value < (int)(sizeof VALUES / sizeof *VALUES); value++) {
        char sentence[100];
        snprintf(sentence, sizeof sentence, "%s %s comes back in both formats", VALUES[value][0], *VALUES[value][1] ? VALUES[value][1] : "''");
        check(sentence, value_round_trip);
    }
    reconnect();
    run("SET client_min_messages = warning");
    run("DROP TABLE IF EXISTS " TABLE);
    return checks_failed ? 1 : 0;
}
