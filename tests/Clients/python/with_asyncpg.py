"""asyncpg: binary only, every statement prepared, portals with row limits, reset on release."""

import asyncio
import datetime as dt
import json
import time
import uuid
from decimal import Decimal

import asyncpg

from checks import DATABASE, HOST, LONG_QUERY, PORT, USER, check, equal, run, within
from values import ARRAYS, DOCUMENT, SCALARS

TABLE = "asyncpg_things"
OPTIONS = dict(
    host=HOST, port=PORT, database=DATABASE, user=USER, timeout=10, server_settings={"application_name": "checks of asyncpg"}
)


class connected:
    """`async with connected() as connection`"""

    async def __aenter__(self):
        self.connection = await asyncpg.connect(**OPTIONS)
        return self.connection

    async def __aexit__(self, *_):
        await self.connection.close(timeout=5)


class table(connected):
    """A connection and an empty table, dropped afterwards."""

    def __init__(self, columns="id int PRIMARY KEY, name text"):
        self.columns = columns

    async def __aenter__(self):
        connection = await super().__aenter__()
        await connection.execute(f"DROP TABLE IF EXISTS {TABLE}")
        await connection.execute(f"CREATE TABLE {TABLE} ({self.columns})")
        return connection

    async def __aexit__(self, *_):
        await self.connection.close(timeout=5)
        async with connected() as connection:
            await connection.execute(f"DROP TABLE IF EXISTS {TABLE}")


async def fails(awaitable, sqlstate):
    try:
        await awaitable
    except asyncpg.PostgresError as error:
        equal(error.sqlstate, sqlstate, "SQLSTATE")
        return error
    raise AssertionError("did not fail")


@check("connecting carries the application name")
async def _():
    async with connected() as connection:
        equal(await connection.fetchval("SELECT current_setting('application_name')"), "checks of asyncpg")
        equal(await connection.fetchval("SELECT current_database()"), DATABASE)


@check("the server version is visible")
async def _():
    async with connected() as connection:
        assert connection.get_server_version().major >= 12, connection.get_server_version()
        assert (await connection.fetchval("SELECT version()")).startswith("PostgreSQL ")


@check("a simple query returns its row")
async def _():
    async with connected() as connection:
        row = await connection.fetchrow("SELECT 1 AS one, 'two' AS two, NULL AS three")
        equal(dict(row), {"one": 1, "two": "two", "three": None})


for type_name, values in {**SCALARS, **ARRAYS}.items():

    @check(f"{type_name} parameters come back as they were sent")
    async def _(type_name=type_name, values=values):
        async with connected() as connection:
            for value in values:
                equal(await connection.fetchval(f"SELECT $1::{type_name}", value), value)


@check("json and jsonb parameters come back as they were sent")
async def _():
    async with connected() as connection:
        for type_name in ("json", "jsonb"):
            got = await connection.fetchval(f"SELECT $1::{type_name}", json.dumps(DOCUMENT))
            equal(json.loads(got), DOCUMENT, type_name)


@check("null parameters of every type are null")
async def _():
    async with connected() as connection:
        for type_name in [*SCALARS, *ARRAYS, "json", "jsonb"]:
            row = await connection.fetchrow(f"SELECT $1::{type_name}, $1::{type_name} IS NULL", None)
            equal(tuple(row), (None, True), type_name)


@check("a prepared statement describes its parameters and columns")
async def _():
    async with connected() as connection:
        statement = await connection.prepare("SELECT $1::int4 AS a, $2::text AS b, $3::numeric(10,2) AS c")
        equal([p.name for p in statement.get_parameters()], ["int4", "text", "numeric"], "parameters")
        equal([(a.name, a.type.name) for a in statement.get_attributes()], [("a", "int4"), ("b", "text"), ("c", "numeric")])
        for i in range(10):
            equal(tuple(await statement.fetchrow(i, str(i), Decimal(i))), (i, str(i), Decimal(i)))


@check("parameters take their types from the table")
async def _():
    async with table("id int PRIMARY KEY, name varchar(8), price numeric(10,2), born date") as connection:
        statement = await connection.prepare(f"INSERT INTO {TABLE} VALUES ($1, $2, $3, $4)")
        equal([p.name for p in statement.get_parameters()], ["int4", "varchar", "numeric", "date"])
        statement = await connection.prepare(f"SELECT name FROM {TABLE} WHERE id = $1 AND born > $2")
        equal([p.name for p in statement.get_parameters()], ["int4", "date"])


@check("a table keeps exact values of many types")
async def _():
    columns = (
        "id int PRIMARY KEY, small smallint, big bigint, name text NOT NULL, code varchar(8), price numeric(10,2),"
        " ratio double precision, active boolean, born date, seen timestamptz, payload bytea, key uuid, tags text[], doc jsonb"
    )
    async with table(columns) as connection:
        first = (
            1, -7, 2**62, "zażółć", "abc", Decimal("12.50"), 0.1, True, dt.date(1999, 12, 31),
            dt.datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=dt.timezone.utc),
            b"\x00\xff", uuid.UUID("6f1d2c3b-4a59-4876-9abc-def012345678"), ["x", None], '{"k": [1, null]}',
        )  # fmt: skip
        insert = f"INSERT INTO {TABLE} VALUES ({', '.join(f'${i}' for i in range(1, 15))})"
        equal(await connection.execute(insert, *first), "INSERT 0 1", "command tag")
        row = await connection.fetchrow(insert + " RETURNING id, name, price", 2, None, None, "", *[None] * 10)
        equal(tuple(row), (2, "", None), "RETURNING")
        got = await connection.fetch(f"SELECT * FROM {TABLE} ORDER BY id")
        equal([tuple(row) for row in got], [first, (2, None, None, "") + (None,) * 10])


@check("command tags say how many rows changed")
async def _():
    async with table() as connection:
        equal(await connection.execute(f"INSERT INTO {TABLE} VALUES (1, 'a'), (2, 'b'), (3, 'c')"), "INSERT 0 3")
        equal(await connection.execute(f"UPDATE {TABLE} SET name = $1 WHERE id >= $2", "x", 2), "UPDATE 2")
        equal(await connection.execute(f"DELETE FROM {TABLE} WHERE id = $1", 99), "DELETE 0")
        equal(await connection.execute(f"DELETE FROM {TABLE}"), "DELETE 3")
        equal(await connection.execute("SELECT 1"), "SELECT 1")


@check("executemany inserts every row or none")
async def _():
    async with table() as connection:
        await connection.executemany(f"INSERT INTO {TABLE} VALUES ($1, $2)", [(i, str(i)) for i in range(300)])
        equal(await connection.fetchval(f"SELECT count(*) FROM {TABLE}"), 300)
        again = [(i, "again") for i in (1000, 1001, 5)]
        await fails(connection.executemany(f"INSERT INTO {TABLE} VALUES ($1, $2)", again), "23505")
        equal(await connection.fetchval(f"SELECT count(*) FROM {TABLE}"), 300)


@check("a thousand rows arrive in order")
async def _():
    async with connected() as connection:
        got = await connection.fetch("SELECT i FROM generate_series(1, 1000) AS g(i)")
        equal([row[0] for row in got], list(range(1, 1001)))


@check("a cursor fetches in portions")
async def _():
    async with connected() as connection:
        async with connection.transaction():
            seen = [row[0] async for row in connection.cursor("SELECT i FROM generate_series(1, 1000) AS g(i)", prefetch=70)]
            equal(seen, list(range(1, 1001)))
            cursor = await connection.cursor("SELECT i FROM generate_series(1, $1) AS g(i)", 10)
            equal([row[0] for row in await cursor.fetch(4)], [1, 2, 3, 4])
            equal((await cursor.fetchrow())[0], 5)
            equal(await cursor.forward(2), 2, "skipped")
            equal([row[0] for row in await cursor.fetch(10)], [8, 9, 10])
            equal(await cursor.fetch(10), [])


@check("a commit is seen by others, and not before")
async def _():
    async with table() as writer, connected() as reader:
        async with writer.transaction():
            await writer.execute(f"INSERT INTO {TABLE} VALUES (1, 'a')")
            equal(await reader.fetchval(f"SELECT count(*) FROM {TABLE}"), 0, "before")
        equal(await reader.fetchval(f"SELECT count(*) FROM {TABLE}"), 1, "after")


@check("a rollback undoes, a failed block refuses more, a savepoint rescues")
async def _():
    async with table() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await connection.execute(f"INSERT INTO {TABLE} VALUES (1, 'a')")
        await fails(connection.execute("SELECT 1 / 0"), "22012")
        await fails(connection.execute("SELECT 1"), "25P02")
        await fails(connection.fetch("SELECT $1::int4", 1), "25P02")
        await transaction.rollback()
        equal(await connection.fetchval(f"SELECT count(*) FROM {TABLE}"), 0, "after rollback")

        async with connection.transaction():
            await connection.execute(f"INSERT INTO {TABLE} VALUES (1, 'kept')")
            savepoint = connection.transaction()
            await savepoint.start()
            await connection.execute(f"INSERT INTO {TABLE} VALUES (2, 'undone')")
            await fails(connection.execute(f"INSERT INTO {TABLE} VALUES (1, 'again')"), "23505")
            await savepoint.rollback()
        equal([tuple(r) for r in await connection.fetch(f"SELECT * FROM {TABLE}")], [(1, "kept")], "after savepoint")


@check("isolation levels are accepted and shown")
async def _():
    async with connected() as connection:
        async with connection.transaction(isolation="serializable", readonly=True):
            equal(await connection.fetchval("SHOW transaction_isolation"), "serializable")
            equal(await connection.fetchval("SHOW transaction_read_only"), "on")
        equal(await connection.fetchval("SHOW transaction_isolation"), "read committed")


@check("errors carry SQLSTATE, message, position and constraint")
async def _():
    async with table() as connection:
        error = await fails(connection.fetch("SELECT 1 / 0"), "22012")
        equal(error.message, "division by zero")
        error = await fails(connection.fetch("SELECT * FROM no_such_table"), "42P01")
        equal((error.message, error.position), ('relation "no_such_table" does not exist', "15"))
        error = await fails(connection.fetch("SELECT 1 FROM WHERE"), "42601")
        equal((error.message, error.position), ('syntax error at or near "WHERE"', "15"))
        await connection.execute(f"INSERT INTO {TABLE} VALUES (1, 'a')")
        error = await fails(connection.execute(f"INSERT INTO {TABLE} VALUES ($1, 'b')", 1), "23505")
        equal((error.constraint_name, error.table_name, error.schema_name), (f"{TABLE}_pkey", TABLE, "public"))
        equal(error.detail, "Key (id)=(1) already exists.")


@check("a query that takes too long is cancelled and the connection lives on")
async def _():
    async with connected() as connection:
        started = time.monotonic()
        try:
            await connection.fetch(LONG_QUERY, timeout=0.3)
            raise AssertionError("did not time out")
        except asyncio.TimeoutError:
            within(8, started)
        equal(await connection.fetchval("SELECT 1"), 1)


@check("a statement timeout is 57014 and the connection lives on")
async def _():
    async with connected() as connection:
        await connection.execute("SET statement_timeout = 300")
        error = await fails(connection.fetch(LONG_QUERY), "57014")
        equal(error.message, "canceling statement due to statement timeout")
        await connection.execute("RESET statement_timeout")
        equal(await connection.fetchval("SELECT 1"), 1)


@check("an empty query and several statements are answered")
async def _():
    async with connected() as connection:
        for statement in ("", "-- nothing"):
            equal(await connection.fetch(statement), [])
        equal(await connection.execute("SELECT 1; SELECT 2 WHERE false; SET TimeZone = 'UTC'"), "SET")
        equal(await connection.fetchval("SELECT 1"), 1)


@check("an enum and its array are looked up and travel both ways")
async def _():
    async with connected() as connection:
        await connection.execute("DROP TYPE IF EXISTS asyncpg_mood CASCADE")
        await connection.execute("CREATE TYPE asyncpg_mood AS ENUM ('low', 'high')")
        try:
            await connection.execute("CREATE TEMP TABLE moods (id int, mood asyncpg_mood, past asyncpg_mood[])")
            await connection.executemany("INSERT INTO moods VALUES ($1, $2, $3)", [(1, "high", ["low", "high"]), (2, "low", None)])
            got = await connection.fetch("SELECT mood, past FROM moods WHERE mood = ANY($1) ORDER BY mood", ["high", "low"])
            equal([tuple(row) for row in got], [("low", None), ("high", ["low", "high"])])
            await connection.copy_records_to_table("moods", records=[(3, "low", ["high"])])
            equal(await connection.fetchval("SELECT past FROM moods WHERE id = 3"), ["high"])
            try:
                await connection.execute("INSERT INTO moods VALUES (4, $1)", "none")
                raise AssertionError("it did not fail")
            except asyncpg.InvalidTextRepresentationError as error:
                equal(error.sqlstate, "22P02")
        finally:
            await connection.execute("DROP TABLE IF EXISTS moods")
            await connection.execute("DROP TYPE asyncpg_mood")


@check("a changed time zone is reported")
async def _():
    async with connected() as connection:
        await connection.execute("SET TimeZone = 'Asia/Tokyo'")
        equal(connection.get_settings().TimeZone, "Asia/Tokyo")


@check("a pooled connection is reset when it is given back")
async def _():
    async with asyncpg.create_pool(min_size=1, max_size=1, **OPTIONS) as pool:
        async with pool.acquire() as connection:
            pid = connection.get_server_pid()
            await connection.execute("SET statement_timeout = 12345")
            equal(await connection.fetchval("SHOW statement_timeout"), "12345ms")
        async with pool.acquire() as connection:
            equal(connection.get_server_pid(), pid, "process")
            equal(await connection.fetchval("SHOW statement_timeout"), "0")


@check("many connections work at once")
async def _():
    async with asyncpg.create_pool(min_size=10, max_size=10, **OPTIONS) as pool:
        got = await asyncio.gather(*[pool.fetchval("SELECT $1::int4", i) for i in range(200)])
        equal(got, list(range(200)))


print(f"# asyncpg {asyncpg.__version__}")
run(asyncio.new_event_loop())
