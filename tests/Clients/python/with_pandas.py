"""pandas through SQLAlchemy: frames are written to tables and read back with their types."""

import datetime as dt

import pandas as pd
import sqlalchemy as sa

from checks import DATABASE, HOST, PORT, USER, check, equal, run

engine = sa.create_engine(sa.engine.URL.create("postgresql+psycopg2", USER, None, HOST, PORT, DATABASE))
FRAME = pd.DataFrame({
    "id": [1, 2, 3], "name": ["zażółć", None, "c"], "price": [1.5, None, -2.25], "active": [True, False, True],
    "seen": pd.to_datetime(["2024-02-29 12:30:15.123456", None, "2024-03-01"]),
})  # fmt: skip


def drop():
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS pandas_things"))


@check("read_sql gives columns with their types")
def _():
    got = pd.read_sql("SELECT i AS id, i * 0.5::float8 AS half, 'n' || i AS name, i > 1 AS big FROM generate_series(1, 3) AS g(i)", engine)
    equal([str(t) for t in got.dtypes], ["int64", "float64", "object", "bool"])
    equal(got.values.tolist(), [[1, 0.5, "n1", False], [2, 1.0, "n2", True], [3, 1.5, "n3", True]])


@check("read_sql fills in its values, parses dates and sets the index")
def _():
    got = pd.read_sql(sa.text("SELECT i AS id, DATE '2024-01-01' + i AS day FROM generate_series(1, :n) AS g(i)"), engine, params={"n": 2}, parse_dates=["day"], index_col="id")
    equal(list(got.index), [1, 2])
    equal(got["day"].tolist(), [pd.Timestamp("2024-01-02"), pd.Timestamp("2024-01-03")])


@check("read_sql reads in portions")
def _():
    portions = list(pd.read_sql("SELECT i FROM generate_series(1, 250) AS g(i)", engine, chunksize=100))
    equal([len(p) for p in portions], [100, 100, 50])


@check("a time with a zone is read in UTC")
def _():
    got = pd.read_sql("SELECT TIMESTAMPTZ '2024-02-29 12:30:15+02' AS t", engine)
    equal(got["t"][0], pd.Timestamp("2024-02-29 10:30:15", tz="UTC"))


@check("nulls are read as missing")
def _():
    got = pd.read_sql("SELECT NULL::int AS a, NULL::text AS b, NULL::timestamp AS c", engine)
    equal(got.isna().values.tolist(), [[True, True, True]])


@check("to_sql makes a table and read_sql_query gives the frame back")
def _():
    drop()
    equal(FRAME.to_sql("pandas_things", engine, index=False), 3)
    got = pd.read_sql_query("SELECT * FROM pandas_things ORDER BY id", engine)
    pd.testing.assert_frame_equal(got, FRAME)


@check("to_sql replaces, appends or fails")
def _():
    drop()
    FRAME.to_sql("pandas_things", engine, index=False)
    FRAME.to_sql("pandas_things", engine, index=False, if_exists="append")
    equal(pd.read_sql("SELECT count(*) AS n FROM pandas_things", engine)["n"][0], 6)
    FRAME.to_sql("pandas_things", engine, index=False, if_exists="replace")
    equal(pd.read_sql("SELECT count(*) AS n FROM pandas_things", engine)["n"][0], 3)
    try:
        FRAME.to_sql("pandas_things", engine, index=False)
        raise AssertionError("did not fail")
    except ValueError:
        pass


@check("to_sql writes many rows in one statement, with types of its own")
def _():
    drop()
    many = pd.DataFrame({"id": range(500), "day": [dt.date(2024, 1, 1)] * 500})
    many.to_sql("pandas_things", engine, index=False, method="multi", chunksize=200, dtype={"id": sa.BigInteger, "day": sa.Date})
    got = pd.read_sql("SELECT count(*) AS n, max(day) AS d, pg_typeof(max(id))::text AS t FROM pandas_things", engine)
    equal(got.values.tolist(), [[500, dt.date(2024, 1, 1), "bigint"]])


@check("to_sql writes the index")
def _():
    drop()
    FRAME.set_index("id").to_sql("pandas_things", engine, index_label="key")
    equal(pd.read_sql("SELECT key FROM pandas_things ORDER BY key", engine)["key"].tolist(), [1, 2, 3])


@check("read_sql_table reads a table by reflection")
def _():
    drop()
    FRAME.to_sql("pandas_things", engine, index=False)
    equal(pd.read_sql_table("pandas_things", engine, columns=["id", "name"]).sort_values("id").values.tolist(), [[1, "zażółć"], [2, None], [3, "c"]])


@check("what PostgreSQL grouped is what pandas groups")
def _():
    drop()
    FRAME.to_sql("pandas_things", engine, index=False)
    ours = pd.read_sql("SELECT active, sum(price) AS price FROM pandas_things GROUP BY active ORDER BY active", engine)
    equal(ours["price"].fillna(0).tolist(), FRAME.groupby("active")["price"].sum().tolist())


@check("everything is dropped again")
def _():
    drop()


print(f"# pandas {pd.__version__}")
run()
