"""SQLAlchemy on psycopg 2: Core with its types, reflection and inspection, the ORM, transactions."""

import datetime as dt
import uuid
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, JSONB, UUID, insert
from sqlalchemy.orm import Session, declarative_base, relationship, selectinload

from checks import DATABASE, HOST, PORT, USER, check, equal, run

engine = sa.create_engine(
    sa.engine.URL.create("postgresql+psycopg2", USER, None, HOST, PORT, DATABASE),
    future=True, pool_size=3, connect_args={"application_name": "checks of SQLAlchemy", "connect_timeout": 10},
)  # fmt: skip
Base = declarative_base()


class Thing(Base):
    __tablename__ = "alchemy_things"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String(40), nullable=False, index=True)
    price = sa.Column(sa.Numeric(10, 2), server_default=sa.text("1.50"))
    active = sa.Column(sa.Boolean, nullable=False, server_default=sa.true())
    born = sa.Column(sa.Date)
    seen = sa.Column(sa.DateTime(timezone=True))
    span = sa.Column(sa.Interval)
    payload = sa.Column(BYTEA)
    doc = sa.Column(JSONB)
    ref = sa.Column(UUID(as_uuid=True))
    tags = sa.Column(ARRAY(sa.Text))
    lines = relationship("Line", back_populates="thing", cascade="all, delete-orphan", order_by="Line.id")


class Line(Base):
    __tablename__ = "alchemy_lines"
    __table_args__ = (sa.UniqueConstraint("thing_id", "quantity", name="alchemy_lines_once"), sa.CheckConstraint("quantity > 0", name="alchemy_lines_some"))
    id = sa.Column(sa.BigInteger, sa.Identity(always=True), primary_key=True)
    thing_id = sa.Column(sa.ForeignKey("alchemy_things.id", ondelete="CASCADE", name="alchemy_lines_thing"), nullable=False)
    quantity = sa.Column(sa.Integer)
    thing = relationship("Thing", back_populates="lines")


def fresh():
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alchemy_lines, alchemy_things"))
        Base.metadata.create_all(connection, checkfirst=False)


def failure(kind, sqlstate, body):
    try:
        body()
    except kind as error:
        equal(error.orig.pgcode, sqlstate, "SQLSTATE")
        return
    raise AssertionError(f"expected {sqlstate}, but it did not fail")


@check("a connection is made and its dialect initialized")
def _():
    with engine.connect() as connection:
        equal(connection.scalar(sa.text("SHOW application_name")), "checks of SQLAlchemy")
        assert connection.dialect.server_version_info >= (12,), connection.dialect.server_version_info
        equal(connection.dialect.default_schema_name, "public")


@check("tables are created")
def _():
    fresh()


@check("create_all and drop_all look first")
def _():
    fresh()
    Base.metadata.create_all(engine)
    Base.metadata.drop_all(engine)
    Base.metadata.drop_all(engine)
    equal(sa.inspect(engine).has_table("alchemy_things"), False)


@check("text statements fill in their values")
def _():
    with engine.connect() as connection:
        got = connection.execute(sa.text("SELECT CAST(:a AS int) AS a, :b AS b, NULL AS c"), {"a": 1, "b": "it's"}).mappings().one()
        equal(dict(got), {"a": 1, "b": "it's", "c": None})


@check("values of many types come back as they were written")
def _():
    fresh()
    row = dict(
        name="zażółć", price=Decimal("12.50"), active=False, born=dt.date(2024, 2, 29), seen=dt.datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=dt.timezone.utc),
        span=dt.timedelta(days=3, hours=4, seconds=5.5), payload=b"\x00\xff", doc={"k": [1, None]}, ref=uuid.UUID("6f1d2c3b-4a59-4876-9abc-def012345678"), tags=["a", None, "x y"],
    )  # fmt: skip
    with Session(engine) as session:
        session.add(Thing(**row))
        session.commit()
        got = session.execute(sa.select(Thing)).scalar_one()
        for key, value in row.items():
            actual = getattr(got, key)
            equal(bytes(actual) if key == "payload" else actual, value, key)


@check("server defaults and keys come back after a flush")
def _():
    fresh()
    with Session(engine) as session:
        things = [Thing(name=name) for name in "abc"]
        session.add_all(things)
        session.flush()
        equal([t.id for t in things], [1, 2, 3])
        equal((things[0].price, things[0].active), (Decimal("1.50"), True))


@check("relationships are saved, loaded and deleted with their owner")
def _():
    fresh()
    with Session(engine) as session:
        session.add(Thing(name="a", lines=[Line(quantity=5), Line(quantity=7)]))
        session.commit()
        thing = session.execute(sa.select(Thing).options(selectinload(Thing.lines))).scalar_one()
        equal([line.quantity for line in thing.lines], [5, 7])
        equal(session.execute(sa.select(Line).join(Line.thing).where(Thing.name == "a", Line.quantity > 5)).scalar_one().thing.name, "a")
        thing.lines.pop()
        session.commit()
        session.delete(thing)
        session.commit()
        equal(session.scalar(sa.select(sa.func.count()).select_from(Line)), 0)


@check("an entity is updated, and a bulk update and delete count")
def _():
    fresh()
    with Session(engine) as session:
        session.add_all([Thing(name=name) for name in "abc"])
        session.commit()
        session.get(Thing, 1).name = "z"
        session.commit()
        equal(session.execute(sa.update(Thing).where(Thing.id > 1).values(price=Thing.price + 1)).rowcount, 2)
        equal(session.execute(sa.delete(Thing).where(Thing.name.in_(["b", "c"]))).rowcount, 2)
        equal(session.scalars(sa.select(Thing.name)).all(), ["z"])


@check("joins, groups, CTEs, windows and set operations are answered")
def _():
    fresh()
    with Session(engine) as session:
        session.add_all([Thing(name="a", lines=[Line(quantity=5), Line(quantity=7)]), Thing(name="b", lines=[Line(quantity=1)])])
        session.commit()
        total = sa.func.sum(Line.quantity)
        equal(session.execute(sa.select(Thing.name, total).join(Line).group_by(Thing.name).having(total > 2)).all(), [("a", 12)])
        big = sa.select(Line).where(Line.quantity > 4).cte("big")
        equal(session.scalar(sa.select(sa.func.max(big.c.quantity))), 7)
        number = sa.func.row_number().over(partition_by=Line.thing_id, order_by=Line.quantity.desc())
        equal(session.scalars(sa.select(number).order_by(Line.id)).all(), [2, 1, 1])
        equal(session.scalars(sa.union_all(sa.select(Thing.name), sa.select(sa.literal("z"))).order_by("name")).all(), ["a", "b", "z"])
        counted = sa.select(sa.func.count(Line.id)).where(Line.thing_id == Thing.id).scalar_subquery()
        equal(session.execute(sa.select(Thing.name, counted).order_by(Thing.id)).all(), [("a", 2), ("b", 1)])


@check("a recursive CTE counts")
def _():
    numbers = sa.select(sa.literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(sa.select(numbers.c.n + 1).where(numbers.c.n < 5))
    with engine.connect() as connection:
        equal(connection.scalars(sa.select(numbers.c.n)).all(), [1, 2, 3, 4, 5])


@check("array, JSON and text operators are answered")
def _():
    fresh()
    with Session(engine) as session:
        session.add_all([Thing(name="a", tags=["p", "q"], doc={"k": {"x": 5}}), Thing(name="B", tags=["q"], doc={"k": {"x": 6}})])
        session.commit()
        equal(session.scalars(sa.select(Thing.name).where(Thing.tags.contains(["p"]))).all(), ["a"])
        equal(session.scalars(sa.select(Thing.name).where(Thing.tags.any("p"))).all(), ["a"])
        equal(session.scalars(sa.select(Thing.name).where(Thing.doc["k"]["x"].astext.cast(sa.Integer) == 6)).all(), ["B"])
        equal(session.scalars(sa.select(Thing.name).where(Thing.doc.contains({"k": {"x": 5}}))).all(), ["a"])
        equal(session.scalars(sa.select(Thing.name).where(Thing.name.ilike("b%"))).all(), ["B"])


@check("an upsert updates what is there")
def _():
    fresh()
    with engine.begin() as connection:
        for name in ("a", "b"):
            statement = insert(Thing).values(id=1, name=name)
            connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_={"name": statement.excluded.name}))
        equal(connection.scalars(sa.select(Thing.name)).all(), ["b"])


@check("many rows are inserted at once, with what they return")
def _():
    fresh()
    with engine.begin() as connection:
        connection.execute(sa.insert(Thing), [{"name": f"n{i}"} for i in range(500)])
        equal(connection.scalar(sa.select(sa.func.count()).select_from(Thing)), 500)
        equal(connection.execute(sa.insert(Thing).values([{"name": "x"}, {"name": "y"}]).returning(Thing.id)).scalars().all(), [501, 502])


@check("transactions commit, roll back and nest")
def _():
    fresh()
    with Session(engine) as session, session.begin():
        session.add(Thing(name="kept"))
        session.flush()
        try:
            with session.begin_nested():
                session.execute(sa.insert(Thing).values(id=1, name="again"))
        except sa.exc.IntegrityError as error:
            equal(error.orig.diag.constraint_name, "alchemy_things_pkey")
    with Session(engine) as session:
        session.add(Thing(name="undone"))
        session.flush()
        session.rollback()
        equal(session.scalars(sa.select(Thing.name)).all(), ["kept"])


@check("isolation levels can be set and read")
def _():
    with engine.connect().execution_options(isolation_level="SERIALIZABLE") as connection:
        equal(connection.get_isolation_level(), "SERIALIZABLE")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        equal(connection.scalar(sa.text("SELECT 1")), 1)


@check("errors have a class and their SQLSTATE")
def _():
    fresh()
    with engine.connect() as connection:
        failure(sa.exc.ProgrammingError, "42P01", lambda: connection.execute(sa.text("SELECT * FROM no_such_table")))
        connection.rollback()
        failure(sa.exc.IntegrityError, "23502", lambda: connection.execute(sa.text("INSERT INTO alchemy_things (name) VALUES (NULL)")))
        connection.rollback()
        failure(sa.exc.IntegrityError, "23503", lambda: connection.execute(sa.insert(Line).values(thing_id=99)))
        connection.rollback()
        failure(sa.exc.DataError, "22P02", lambda: connection.execute(sa.text("SELECT CAST('x' AS int)")))


@check("a server-side cursor streams rows")
def _():
    with engine.connect().execution_options(stream_results=True, yield_per=100) as connection:
        equal(sum(i for (i,) in connection.execute(sa.text("SELECT i FROM generate_series(1, 1000) AS g(i)"))), 500500)


@check("tables, views and schemas are listed")
def _():
    fresh()
    inspector = sa.inspect(engine)
    assert {"alchemy_things", "alchemy_lines"} <= set(inspector.get_table_names())
    equal((inspector.has_table("alchemy_things"), inspector.has_table("no_such_table")), (True, False))
    assert "public" in inspector.get_schema_names()
    equal(inspector.get_view_names(), [])


@check("columns are inspected")
def _():
    fresh()
    columns = {c["name"]: c for c in sa.inspect(engine).get_columns("alchemy_things")}
    equal(list(columns), ["id", "name", "price", "active", "born", "seen", "span", "payload", "doc", "ref", "tags"])
    equal([str(columns[c]["type"]) for c in ("id", "name", "price", "active", "doc", "tags")], ["INTEGER", "VARCHAR(40)", "NUMERIC(10, 2)", "BOOLEAN", "JSONB", "ARRAY"])
    equal((columns["id"]["nullable"], columns["id"]["autoincrement"], columns["price"]["default"]), (False, True, "1.50"))
    assert sa.inspect(engine).get_columns("alchemy_lines")[0]["identity"]["always"]


@check("keys, indexes and constraints are inspected")
def _():
    fresh()
    inspector = sa.inspect(engine)
    equal(inspector.get_pk_constraint("alchemy_things"), {"constrained_columns": ["id"], "name": "alchemy_things_pkey"})
    (key,) = inspector.get_foreign_keys("alchemy_lines")
    equal((key["name"], key["referred_table"], key["options"]), ("alchemy_lines_thing", "alchemy_things", {"ondelete": "CASCADE"}))
    equal([(i["name"], i["column_names"], i["unique"]) for i in inspector.get_indexes("alchemy_things")], [("ix_alchemy_things_name", ["name"], False)])
    equal([u["column_names"] for u in inspector.get_unique_constraints("alchemy_lines")], [["thing_id", "quantity"]])
    equal(inspector.get_check_constraints("alchemy_lines"), [{"name": "alchemy_lines_some", "sqltext": "quantity > 0"}])


@check("comments and view definitions are inspected")
def _():
    fresh()
    with engine.begin() as connection:
        connection.execute(sa.text("COMMENT ON TABLE alchemy_things IS 'all of them'"))
        connection.execute(sa.text("CREATE VIEW alchemy_view AS SELECT id FROM alchemy_things"))
    inspector = sa.inspect(engine)
    equal(inspector.get_table_comment("alchemy_things"), {"text": "all of them"})
    assert "FROM alchemy_things" in inspector.get_view_definition("alchemy_view")
    with engine.begin() as connection:
        connection.execute(sa.text("DROP VIEW alchemy_view"))


@check("a reflected table is usable, with its foreign key")
def _():
    fresh()
    metadata = sa.MetaData()
    metadata.reflect(engine, only=["alchemy_things", "alchemy_lines"])
    things, lines = metadata.tables["alchemy_things"], metadata.tables["alchemy_lines"]
    with engine.begin() as connection:
        connection.execute(things.insert().values(name="a"))
        connection.execute(lines.insert().values(thing_id=1, quantity=2))
        equal(connection.execute(sa.select(things.c.name, lines.c.quantity).join(lines)).all(), [("a", 2)])


@check("a pool takes back what was borrowed, as new")
def _():
    with engine.connect() as connection:
        connection.execute(sa.text("SET LOCAL statement_timeout = 1234"))
    with engine.connect() as connection:
        equal(connection.scalar(sa.text("SHOW statement_timeout")), "0")
    engine.dispose()


@check("everything is dropped again")
def _():
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alchemy_lines, alchemy_things"))


print(f"# SQLAlchemy {sa.__version__}")
run()
