"""The checks that psycopg 2 and psycopg 3 share: what the Python DB-API and libpq make visible."""

import datetime as dt
import re
import threading
import time
import uuid
from decimal import Decimal

from checks import DATABASE, HOST, LONG_QUERY, PORT, USER, check, equal, within


class Driver:
    """What differs between the two: how to connect, how a parameter status is read, how JSON is passed."""

    name = ""
    module = None

    def connect(self, autocommit=True, **options):
        options = {"application_name": f"checks of {self.name}", **options}
        connection = self.module.connect(host=HOST, port=PORT, dbname=DATABASE, user=USER, connect_timeout=10, **options)
        connection.autocommit = autocommit
        return connection

    def parameter_status(self, connection, name):
        raise NotImplementedError

    def json(self, document):
        raise NotImplementedError


def one(connection, statement, parameters=None):
    cursor = connection.cursor()
    cursor.execute(statement, parameters)
    return cursor.fetchone()[0]


def rows(connection, statement, parameters=None):
    cursor = connection.cursor()
    cursor.execute(statement, parameters)
    return cursor.fetchall()


def count(connection, statement, parameters=None):
    cursor = connection.cursor()
    cursor.execute(statement, parameters)
    return cursor.rowcount


def register(driver):
    table = f"{driver.name}_things"
    Error = driver.module.Error

    def failure(connection, statement, sqlstate, parameters=None):
        try:
            connection.cursor().execute(statement, parameters)
        except Error as error:
            equal(error.diag.sqlstate, sqlstate, "SQLSTATE")
            equal(error.diag.severity_nonlocalized, "ERROR", "severity")
            return error
        raise AssertionError(f"{statement} did not fail")

    def fresh_table(connection, columns="id int PRIMARY KEY, name text"):
        connection.cursor().execute(f"DROP TABLE IF EXISTS {table}")
        connection.cursor().execute(f"CREATE TABLE {table} ({columns})")

    @check("an enum is a parameter, a result, an array and an order; a wrong label is refused")
    def _():
        connection = driver.connect()
        cursor = connection.cursor()
        kind = f"{driver.name}_mood"
        cursor.execute(f"DROP TYPE IF EXISTS {kind} CASCADE")
        cursor.execute(f"CREATE TYPE {kind} AS ENUM ('low', 'middling', 'high')")
        try:
            fresh_table(connection, f"id int PRIMARY KEY, mood {kind}, past {kind}[]")
            for row in ((1, "high", ["low", "high"]), (2, "low", [])):
                cursor.execute(f"INSERT INTO {table} VALUES (%s, %s, %s::{kind}[])", row)
            equal(rows(connection, f"SELECT mood FROM {table} WHERE mood < %s ORDER BY mood", ["high"]), [("low",)])
            equal(one(connection, f"SELECT past::text[] FROM {table} WHERE mood = %s", ["high"]), ["low", "high"])
            cursor.execute(f"SELECT mood FROM {table}")
            equal(cursor.description[0][1], one(connection, "SELECT oid::int FROM pg_type WHERE typname = %s", [kind]), "type")
            failure(connection, f"INSERT INTO {table} VALUES (3, %s)", "22P02", ["none"])
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
            cursor.execute(f"DROP TYPE {kind}")

    def drop_table():
        connection = driver.connect()
        connection.cursor().execute(f"DROP TABLE IF EXISTS {table}")
        connection.close()

    @check("connecting carries the application name and options")
    def _():
        connection = driver.connect(options="-c statement_timeout=54321")
        equal(one(connection, "SHOW application_name"), f"checks of {driver.name}")
        equal(one(connection, "SELECT current_setting('application_name')"), f"checks of {driver.name}")
        equal(one(connection, "SHOW statement_timeout"), "54321ms")
        equal(one(connection, "SELECT current_database()"), DATABASE)

    @check("the server version is visible")
    def _():
        connection = driver.connect()
        reported = connection.info.server_version
        assert reported >= 120000, reported
        equal(str(reported), one(connection, "SHOW server_version_num"))
        assert re.match(r"\d+\.\d+", driver.parameter_status(connection, "server_version"))
        assert one(connection, "SELECT version()").startswith("PostgreSQL ")

    @check("a simple query returns its row")
    def _():
        equal(rows(driver.connect(), "SELECT 1 AS one, 'two' AS two, NULL AS three"), [(1, "two", None)])

    @check("result columns have names and types")
    def _():
        cursor = driver.connect().cursor()
        cursor.execute("SELECT 1::int2 AS a, 'x'::text AS \"B c\", now() AS t, 1.5::numeric(8,2) AS n")
        equal([column[0] for column in cursor.description], ["a", "B c", "t", "n"], "names")
        equal([column[1] for column in cursor.description], [21, 25, 1184, 1700], "type OIDs")

    @check("a thousand rows arrive in order")
    def _():
        connection = driver.connect()
        got = rows(connection, "SELECT i FROM generate_series(1, 1000) AS g(i)")
        equal(len(got), 1000)
        equal([i for (i,) in got], list(range(1, 1001)))
        equal(one(connection, "SELECT sum(i) FROM generate_series(1, 1000) AS g(i)"), 500500)

    @check("a table keeps exact values of many types")
    def _():
        connection = driver.connect()
        fresh_table(
            connection,
            "id int PRIMARY KEY, small smallint, big bigint, name text NOT NULL, code varchar(8), price numeric(10,2),"
            " ratio double precision, active boolean, born date, seen timestamptz, at timestamp, payload bytea,"
            " key uuid, tags text[], doc jsonb",
        )
        first = (
            1, -7, 2**62, "zażółć", "abc", Decimal("12.50"), 0.1, True, dt.date(1999, 12, 31),
            dt.datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=dt.timezone.utc), dt.datetime(2024, 2, 29, 12, 0),
            b"\x00\xff", uuid.UUID("6f1d2c3b-4a59-4876-9abc-def012345678"), ["x", None, "y z"],
        )  # fmt: skip
        second = (2, None, None, "", None, None, None, None, None, None, None, None, None, None)
        insert = f"INSERT INTO {table} VALUES ({', '.join(['%s'] * 15)})"
        equal(count(connection, insert, first + (driver.json({"k": [1, None]}),)), 1, "inserted")
        returned = rows(connection, insert + " RETURNING id, name, price", second + (None,))
        equal(returned, [(2, "", None)], "RETURNING")
        got = rows(connection, f"SELECT * FROM {table} ORDER BY id")
        payload = got[0][11]
        equal(got[0][:11] + (bytes(payload),) + tuple(got[0][12:14]), first, "first row")
        equal(got[0][14], {"k": [1, None]}, "jsonb")
        equal(got[1], second + (None,), "second row")
        drop_table()

    @check("numeric columns round to their scale")
    def _():
        connection = driver.connect()
        fresh_table(connection, "id int PRIMARY KEY, price numeric(10,2)")
        equal(one(connection, f"INSERT INTO {table} VALUES (1, %s) RETURNING price", [Decimal("1.005")]), Decimal("1.01"))
        failure(connection, f"INSERT INTO {table} VALUES (2, %s)", "22003", [Decimal("123456789.00")])
        drop_table()

    @check("update and delete report how many rows they changed")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        equal(count(connection, f"INSERT INTO {table} VALUES (1, 'a'), (2, 'b'), (3, 'c')"), 3, "inserted")
        equal(count(connection, f"UPDATE {table} SET name = name || '!' WHERE id >= %s", [2]), 2, "updated")
        equal(count(connection, f"UPDATE {table} SET name = 'x' WHERE id = %s", [99]), 0, "updated")
        equal(rows(connection, f"SELECT id, name FROM {table} ORDER BY id"), [(1, "a"), (2, "b!"), (3, "c!")])
        equal(rows(connection, f"DELETE FROM {table} WHERE id = %s RETURNING name", [2]), [("b!",)])
        equal(count(connection, f"DELETE FROM {table}"), 2, "deleted")
        drop_table()
        failure(connection, f"SELECT * FROM {table}", "42P01")

    @check("executemany inserts every row")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        connection.cursor().executemany(f"INSERT INTO {table} VALUES (%s, %s)", [(i, f"n{i}") for i in range(200)])
        equal(rows(connection, f"SELECT count(*), min(name), sum(id) FROM {table}"), [(200, "n0", 19900)])
        drop_table()

    @check("a commit is seen by others, and not before")
    def _():
        writer, reader = driver.connect(autocommit=False), driver.connect()
        fresh_table(reader)
        writer.cursor().execute(f"INSERT INTO {table} VALUES (1, 'a')")
        equal(one(reader, f"SELECT count(*) FROM {table}"), 0, "before")
        writer.commit()
        equal(one(reader, f"SELECT count(*) FROM {table}"), 1, "after")
        writer.close()
        drop_table()

    @check("a rollback undoes")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        connection.autocommit = False
        connection.cursor().execute(f"INSERT INTO {table} VALUES (1, 'a')")
        connection.rollback()
        equal(one(connection, f"SELECT count(*) FROM {table}"), 0)
        connection.rollback()
        drop_table()

    @check("closing a connection undoes its open transaction")
    def _():
        reader, writer = driver.connect(), driver.connect(autocommit=False)
        fresh_table(reader)
        writer.cursor().execute(f"INSERT INTO {table} VALUES (1, 'a')")
        writer.close()
        equal(one(reader, f"SELECT count(*) FROM {table}"), 0)
        drop_table()

    @check("after a failed statement a transaction refuses more until rollback")
    def _():
        connection = driver.connect(autocommit=False)
        equal(connection.info.transaction_status, 0, "idle")
        equal(one(connection, "SELECT 1"), 1)
        equal(connection.info.transaction_status, 2, "in transaction")
        failure(connection, "SELECT 1 / 0", "22012")
        equal(connection.info.transaction_status, 3, "in failed transaction")
        failure(connection, "SELECT 1", "25P02")
        failure(connection, "SELECT %s", "25P02", [1])
        connection.rollback()
        equal(connection.info.transaction_status, 0, "idle again")
        equal(one(connection, "SELECT 1"), 1)

    @check("commit of a failed transaction rolls back")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        connection.cursor().execute("BEGIN")
        connection.cursor().execute(f"INSERT INTO {table} VALUES (1, 'a')")
        failure(connection, "SELECT 1 / 0", "22012")
        cursor = connection.cursor()
        cursor.execute("COMMIT")
        equal(cursor.statusmessage, "ROLLBACK", "command tag")
        equal(one(connection, f"SELECT count(*) FROM {table}"), 0)
        drop_table()

    @check("a savepoint brings back what was before it")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        connection.autocommit = False
        connection.cursor().execute(f"INSERT INTO {table} VALUES (1, 'kept')")
        connection.cursor().execute('SAVEPOINT "My point"')
        connection.cursor().execute(f"INSERT INTO {table} VALUES (2, 'undone')")
        failure(connection, f"INSERT INTO {table} VALUES (1, 'again')", "23505")
        failure(connection, "SELECT 1", "25P02")
        connection.cursor().execute('ROLLBACK TO SAVEPOINT "My point"')
        equal(one(connection, f"SELECT count(*) FROM {table}"), 1)
        connection.cursor().execute('RELEASE SAVEPOINT "My point"')
        failure(connection, 'ROLLBACK TO SAVEPOINT "My point"', "3B001")
        connection.rollback()
        drop_table()

    @check("division by zero is 22012")
    def _():
        error = failure(driver.connect(), "SELECT 1 / 0", "22012")
        equal(error.diag.message_primary, "division by zero", "message")
        assert isinstance(error, driver.module.errors.DivisionByZero), type(error)

    @check("an undefined table is 42P01 with its position")
    def _():
        error = failure(driver.connect(), "SELECT * FROM no_such_table", "42P01")
        equal(error.diag.message_primary, 'relation "no_such_table" does not exist', "message")
        equal(error.diag.statement_position, "15", "position")

    @check("an undefined column is 42703")
    def _():
        error = failure(driver.connect(), "SELECT nope FROM generate_series(1, 2) AS g(i)", "42703")
        equal(error.diag.message_primary, 'column "nope" does not exist', "message")

    @check("a syntax error is 42601 with its position")
    def _():
        error = failure(driver.connect(), "SELECT 1 FROM WHERE", "42601")
        equal(error.diag.statement_position, "15", "position")
        equal(error.diag.message_primary, 'syntax error at or near "WHERE"', "message")

    @check("a unique violation is 23505 with table and constraint")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        connection.cursor().execute(f"INSERT INTO {table} VALUES (1, 'a')")
        error = failure(connection, f"INSERT INTO {table} VALUES (%s, 'b')", "23505", [1])
        equal(error.diag.constraint_name, f"{table}_pkey", "constraint")
        equal(error.diag.table_name, table, "table")
        equal(error.diag.schema_name, "public", "schema")
        equal(error.diag.message_detail, "Key (id)=(1) already exists.", "detail")
        drop_table()

    @check("a null in a NOT NULL column is 23502 with the column")
    def _():
        connection = driver.connect()
        fresh_table(connection, "id int PRIMARY KEY, name text NOT NULL")
        error = failure(connection, f"INSERT INTO {table} VALUES (%s, %s)", "23502", [1, None])
        equal(error.diag.column_name, "name", "column")
        drop_table()

    @check("an unreadable number is 22P02")
    def _():
        error = failure(driver.connect(), "SELECT %s::int4", "22P02", ["abc"])
        equal(error.diag.message_primary, 'invalid input syntax for type integer: "abc"', "message")

    @check("several statements in one query are one transaction")
    def _():
        connection = driver.connect()
        fresh_table(connection)
        failure(connection, f"INSERT INTO {table} VALUES (1, 'a'); SELECT 1 / 0; SELECT 2", "22012")
        equal(one(connection, f"SELECT count(*) FROM {table}"), 0)
        drop_table()

    @check("a query cancelled from another thread is 57014 and the connection lives on")
    def _():
        connection = driver.connect()
        started = time.monotonic()
        threading.Timer(0.3, connection.cancel).start()
        error = failure(connection, LONG_QUERY, "57014")
        within(8, started)
        equal(error.diag.message_primary, "canceling statement due to user request", "message")
        equal(one(connection, "SELECT 1"), 1)

    @check("a statement timeout is 57014 and the connection lives on")
    def _():
        connection = driver.connect()
        started = time.monotonic()
        connection.cursor().execute("SET statement_timeout = '300ms'")
        error = failure(connection, LONG_QUERY, "57014")
        within(8, started)
        equal(error.diag.message_primary, "canceling statement due to statement timeout", "message")
        connection.cursor().execute("RESET statement_timeout")
        equal(one(connection, "SELECT 1"), 1)

    @check("a changed time zone is reported and used")
    def _():
        connection = driver.connect()
        connection.cursor().execute("SET TimeZone = 'Asia/Tokyo'")
        equal(driver.parameter_status(connection, "TimeZone"), "Asia/Tokyo")
        equal(one(connection, "SELECT '2024-01-01 00:00:00+00'::timestamptz::text"), "2024-01-01 09:00:00+09")
        got = one(connection, "SELECT '2024-01-01 00:00:00+00'::timestamptz")
        equal(got, dt.datetime(2024, 1, 1, tzinfo=dt.timezone.utc))
        equal(got.utcoffset(), dt.timedelta(hours=9), "offset")

    @check("a rolled back SET does not last")
    def _():
        connection = driver.connect()
        connection.cursor().execute("SET TimeZone = 'UTC'")
        connection.autocommit = False
        connection.cursor().execute("SET TimeZone = 'Asia/Tokyo'")
        connection.rollback()
        equal(one(connection, "SHOW TimeZone"), "UTC")
        equal(driver.parameter_status(connection, "TimeZone"), "UTC", "reported")
