"""psycopg 3: extended protocol, text and binary, pipelines, automatic preparation."""

import psycopg
from psycopg.types.json import Json, Jsonb

import dbapi
from checks import check, equal, run
from dbapi import one, rows
from values import ARRAYS, DOCUMENT, SCALARS


class Psycopg3(dbapi.Driver):
    name = "psycopg3"
    module = psycopg

    def parameter_status(self, connection, name):
        return connection.info.parameter_status(name)

    def json(self, document):
        return Jsonb(document)


driver = Psycopg3()
dbapi.register(driver)


def round_trip(type_name, value, wrap=lambda value: value):
    connection = driver.connect()
    for placeholder in ("%t", "%b"):
        for binary in (False, True):
            cursor = connection.cursor(binary=binary)
            cursor.execute(f"SELECT {placeholder}::{type_name}", [wrap(value)])
            got = cursor.fetchone()[0]
            equal(bytes(got) if isinstance(value, bytes) else got, value, f"{placeholder} binary={binary}")


for type_name, values in {**SCALARS, **ARRAYS}.items():

    @check(f"{type_name} parameters come back as they were sent, in text and binary")
    def _(type_name=type_name, values=values):
        for value in values:
            round_trip(type_name, value)


@check("json and jsonb parameters come back as they were sent, in text and binary")
def _():
    round_trip("json", DOCUMENT, Json)
    round_trip("jsonb", DOCUMENT, Jsonb)


@check("null parameters of every type are null")
def _():
    connection = driver.connect()
    for type_name in [*SCALARS, *ARRAYS, "json", "jsonb"]:
        for binary in (False, True):
            cursor = connection.execute(f"SELECT %s::{type_name}, %s::{type_name} IS NULL", [None, None], binary=binary)
            equal(cursor.fetchone(), (None, True), type_name)


@check("an enum of the server becomes one of Python")
def _():
    import enum

    from psycopg.types.enum import EnumInfo, register_enum

    connection = driver.connect()
    connection.execute("DROP TYPE IF EXISTS psycopg3_size")
    connection.execute("CREATE TYPE psycopg3_size AS ENUM ('small', 'large')")
    info = EnumInfo.fetch(connection, "psycopg3_size")
    equal(info.labels, ["small", "large"])
    size = enum.Enum("Size", "small large")
    register_enum(info, connection, size)
    for binary in (False, True):
        cursor = connection.cursor(binary=binary)
        cursor.execute("SELECT %s::psycopg3_size, %s::psycopg3_size[]", [size.large, [size.small, size.large]])
        equal(cursor.fetchone(), (size.large, [size.small, size.large]))
    connection.execute("DROP TYPE psycopg3_size")


@check("an empty query is answered as one")
def _():
    connection = driver.connect()
    for statement in ("", "  ", "-- nothing", ";", "/* a /* nested */ comment */"):
        equal(connection.execute(statement).pgresult.status, psycopg.pq.ExecStatus.EMPTY_QUERY, repr(statement))
    equal(one(connection, "SELECT 1"), 1)


@check("several statements in one query give several results")
def _():
    cursor = driver.connect().execute("SELECT 1; SELECT 'a', 'b'; SELECT 3 WHERE false")
    results = [cursor.fetchall()]
    while cursor.nextset():
        results.append(cursor.fetchall())
    equal(results, [[(1,)], [("a", "b")], []])


@check("several statements with parameters are 42601")
def _():
    try:
        driver.connect().execute("SELECT %s; SELECT 2", [1])
    except psycopg.errors.SyntaxError as error:
        equal(error.diag.message_primary, "cannot insert multiple commands into a prepared statement")
        return
    raise AssertionError("did not fail")


@check("prepared statements are reused past the threshold")
def _():
    connection = driver.connect()
    connection.prepare_threshold = 2
    for i in range(20):
        equal(one(connection, "SELECT %s::int4 * 2", [i]), i * 2)


@check("evicted prepared statements are deallocated")
def _():
    connection = driver.connect()
    connection.prepare_threshold = 0
    connection.prepared_max = 2
    for i in range(3):
        for j in range(5):
            equal(one(connection, f"SELECT %s::int4 + {j}", [i]), i + j)


@check("a prepared statement survives an error and a rollback")
def _():
    connection = driver.connect(autocommit=False)
    connection.prepare_threshold = 0
    statement = "SELECT 10 / %s::int4"
    equal(one(connection, statement, [5]), 2)
    try:
        one(connection, statement, [0])
        raise AssertionError("did not fail")
    except psycopg.errors.DivisionByZero:
        connection.rollback()
    equal(one(connection, statement, [2]), 5)


@check("a pipeline answers every statement in order")
def _():
    connection = driver.connect()
    with connection.pipeline():
        cursors = [connection.execute("SELECT %s::int4", [i]) for i in range(50)]
    equal([cursor.fetchone()[0] for cursor in cursors], list(range(50)))


@check("an error in a pipeline skips the rest up to the sync")
def _():
    connection = driver.connect()
    after = connection.cursor()
    try:
        # psycopg reads results as soon as they come, so the error may already be raised by the second statement.
        with connection.pipeline() as pipeline:
            connection.execute("SELECT 1 / %s::int4", [0])
            after.execute("SELECT 2")
            pipeline.sync()
        raise AssertionError("did not fail")
    except psycopg.errors.DivisionByZero:
        pass
    try:
        after.fetchone()
        raise AssertionError("the statement after the error was executed")
    except psycopg.Error:
        pass
    equal(one(connection, "SELECT 3"), 3)


@check("executemany returns every row")
def _():
    connection = driver.connect()
    connection.execute("DROP TABLE IF EXISTS psycopg3_many")
    connection.execute("CREATE TABLE psycopg3_many (id int PRIMARY KEY, name text)")
    cursor = connection.cursor()
    cursor.executemany(
        "INSERT INTO psycopg3_many VALUES (%s, %s) RETURNING id", [(i, str(i)) for i in range(5)], returning=True
    )
    got = [cursor.fetchone()[0]]
    while cursor.nextset():
        got.append(cursor.fetchone()[0])
    equal(got, list(range(5)))
    equal(cursor.rowcount, 1)
    connection.execute("DROP TABLE psycopg3_many")


@check("rows stream one at a time")
def _():
    connection = driver.connect()
    total = 0
    for (i,) in connection.cursor().stream("SELECT i FROM generate_series(1, 1000) AS g(i)"):
        total += i
    equal(total, 500500)


@check("transaction blocks nest through savepoints")
def _():
    connection = driver.connect()
    connection.execute("DROP TABLE IF EXISTS psycopg3_nested")
    connection.execute("CREATE TABLE psycopg3_nested (id int PRIMARY KEY)")
    with connection.transaction():
        connection.execute("INSERT INTO psycopg3_nested VALUES (1)")
        try:
            with connection.transaction():
                connection.execute("INSERT INTO psycopg3_nested VALUES (2)")
                connection.execute("INSERT INTO psycopg3_nested VALUES (1)")
        except psycopg.errors.UniqueViolation:
            pass
        connection.execute("INSERT INTO psycopg3_nested VALUES (3)")
    equal(rows(connection, "SELECT id FROM psycopg3_nested ORDER BY id"), [(1,), (3,)])
    connection.execute("DROP TABLE psycopg3_nested")


print(f"# psycopg {psycopg.__version__}")
run()
