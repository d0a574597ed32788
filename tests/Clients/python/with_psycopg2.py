"""psycopg 2: simple protocol only, parameters become literals in the client."""

import psycopg2
import psycopg2.errors
from psycopg2.extras import Json, execute_batch, execute_values, register_uuid

import dbapi
from checks import check, equal, run
from dbapi import one, rows
from values import ARRAYS, DOCUMENT, SCALARS

register_uuid()


class Psycopg2(dbapi.Driver):
    name = "psycopg2"
    module = psycopg2

    def parameter_status(self, connection, name):
        return connection.get_parameter_status(name)

    def json(self, document):
        return Json(document)


driver = Psycopg2()
dbapi.register(driver)


for type_name, values in {**SCALARS, **ARRAYS}.items():

    @check(f"{type_name} parameters come back as they were sent")
    def _(type_name=type_name, values=values):
        connection = driver.connect()
        for value in values:
            got = one(connection, f"SELECT CAST(%s AS {type_name})", [value])
            equal(bytes(got) if isinstance(value, bytes) else got, value)


@check("json and jsonb parameters come back as they were sent")
def _():
    connection = driver.connect()
    equal(rows(connection, "SELECT %s::json, %s::jsonb", [Json(DOCUMENT), Json(DOCUMENT)]), [(DOCUMENT, DOCUMENT)])


@check("null parameters of every type are null")
def _():
    connection = driver.connect()
    for type_name in [*SCALARS, *ARRAYS, "json", "jsonb"]:
        equal(rows(connection, f"SELECT %s::{type_name}, %s::{type_name} IS NULL", [None, None]), [(None, True)], type_name)


@check("an empty query leaves the connection usable")
def _():
    connection = driver.connect()
    for statement in (";", "-- nothing"):
        try:
            connection.cursor().execute(statement)
            raise AssertionError("did not fail")
        except psycopg2.ProgrammingError as error:
            equal(str(error), "can't execute an empty query")
    equal(one(connection, "SELECT 1"), 1)


@check("several statements in one query give the last result")
def _():
    equal(rows(driver.connect(), "SELECT 1; SELECT %s, 'b'", ["a"]), [("a", "b")])


@check("batches of statements and of values insert every row")
def _():
    connection = driver.connect()
    cursor = connection.cursor()
    cursor.execute("DROP TABLE IF EXISTS psycopg2_many")
    cursor.execute("CREATE TABLE psycopg2_many (id int PRIMARY KEY, name text)")
    execute_batch(cursor, "INSERT INTO psycopg2_many VALUES (%s, %s)", [(i, str(i)) for i in range(250)], page_size=100)
    execute_values(cursor, "INSERT INTO psycopg2_many VALUES %s", [(i, str(i)) for i in range(250, 500)], page_size=100)
    equal(rows(connection, "SELECT count(*), sum(id) FROM psycopg2_many"), [(500, 124750)])
    cursor.execute("DROP TABLE psycopg2_many")


@check("a session can be reset")
def _():
    connection = driver.connect()
    cursor = connection.cursor()
    cursor.execute("SET statement_timeout = 12345")
    connection.reset()
    connection.rollback()
    equal(one(connection, "SHOW statement_timeout"), "0")


print(f"# psycopg2 {psycopg2.__version__.split()[0]}")
run()
