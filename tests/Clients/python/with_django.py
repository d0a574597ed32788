"""Django: migrations of a model, the ORM, transactions, and inspectdb. One module is the whole site."""

import datetime as dt
import io
import sys
import types
from decimal import Decimal
from importlib.machinery import ModuleSpec

import django
from django.conf import settings

from checks import DATABASE, HOST, PORT, USER, check, equal, run

settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "HOST": HOST, "PORT": PORT, "NAME": DATABASE, "USER": USER, "OPTIONS": {"connect_timeout": 10}}},
    INSTALLED_APPS=["django.contrib.contenttypes", "clinic"], USE_TZ=True, TIME_ZONE="UTC", DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", MIGRATION_MODULES={"clinic": None},
)  # fmt: skip
clinic = types.ModuleType("clinic")
clinic.__path__ = []
clinic.__file__ = __file__
clinic.__spec__ = ModuleSpec("clinic", None, is_package=True)
clinic.models = types.ModuleType("clinic.models")
clinic.models.__spec__ = ModuleSpec("clinic.models", None)
sys.modules["clinic.models"] = clinic.models
sys.modules["clinic"] = clinic
django.setup()

from django.contrib.postgres.fields import ArrayField  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, models, transaction  # noqa: E402
from django.db.migrations import AddField, AddIndex, AlterField, CreateModel, Migration, RenameField, RunSQL  # noqa: E402
from django.db.migrations.state import ProjectState  # noqa: E402
from django.db.models import Count, F, Q, Sum, Window  # noqa: E402
from django.db.models.functions import RowNumber, TruncMonth  # noqa: E402


class Patient(models.Model):
    name = models.CharField(max_length=60, db_index=True)
    email = models.EmailField(unique=True, null=True)
    balance = models.DecimalField(max_digits=10, decimal_places=2, default=0)
    active = models.BooleanField(default=True)
    born = models.DateField(null=True)
    created = models.DateTimeField(auto_now_add=True)
    stay = models.DurationField(null=True)
    doc = models.JSONField(null=True)
    photo = models.BinaryField(null=True)
    ref = models.UUIDField(null=True)
    tags = ArrayField(models.TextField(), null=True)

    class Meta:
        app_label = "clinic"
        constraints = [models.CheckConstraint(check=Q(balance__gte=-1000), name="clinic_balance")]


class Visit(models.Model):
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="visits")
    at = models.DateTimeField()
    cost = models.FloatField(default=0)

    class Meta:
        app_label = "clinic"
        unique_together = [("patient", "at")]


AT = dt.datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=dt.timezone.utc)


def drop():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS clinic_visit, clinic_patient, clinic_ward")


def fresh():
    drop()
    with connection.schema_editor() as editor:
        editor.create_model(Patient)
        editor.create_model(Visit)


@check("a cursor fills in its values")
def _():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::int, %s", [1, "it's"])
        equal(cursor.fetchall(), [(1, "it's")])
        assert connection.pg_version >= 120000


@check("the schema editor makes the tables of the models")
def _():
    fresh()


@check("a model is saved and found with every type")
def _():
    import uuid

    fresh()
    row = dict(name="zażółć", email="a@b.cd", balance=Decimal("12.50"), active=False, born=dt.date(1984, 2, 29), stay=dt.timedelta(days=3, seconds=5.5),
               doc={"k": [1, None]}, ref=uuid.UUID("6f1d2c3b-4a59-4876-9abc-def012345678"), tags=["a", "x y"])  # fmt: skip
    got = Patient.objects.get(pk=Patient.objects.create(photo=b"\x00\xff", **row).pk)
    equal(bytes(got.photo), b"\x00\xff")
    for key, value in row.items():
        equal(getattr(got, key), value, key)


@check("rows are created in bulk, updated and deleted")
def _():
    fresh()
    equal([p.pk for p in Patient.objects.bulk_create([Patient(name=n) for n in "abc"])], [1, 2, 3])
    equal(Patient.objects.filter(pk__gt=1).update(balance=F("balance") + 2), 2)
    equal(Patient.objects.get(name="b").balance, Decimal("2.00"))
    equal(Patient.objects.filter(name__in=["a", "b"]).delete()[0], 2)
    patients = list(Patient.objects.all())
    patients[0].name = "z"
    Patient.objects.bulk_update(patients, ["name"])
    equal(Patient.objects.get().name, "z")


@check("get_or_create and update_or_create find what is there")
def _():
    fresh()
    equal(Patient.objects.get_or_create(email="x", defaults={"name": "a"})[1], True)
    equal(Patient.objects.get_or_create(email="x", defaults={"name": "b"})[1], False)
    equal(Patient.objects.update_or_create(email="x", defaults={"name": "c"})[0].name, "c")
    Patient.objects.bulk_create([Patient(email="x", name="d")], ignore_conflicts=True)
    equal(Patient.objects.count(), 1)


@check("relations are joined, prefetched and deleted with their owner")
def _():
    fresh()
    a = Patient.objects.create(name="a")
    for day in (1, 2):
        a.visits.create(at=AT.replace(day=day), cost=day)
    equal(Visit.objects.select_related("patient").get(cost=2).patient.name, "a")
    equal([len(p.visits.all()) for p in Patient.objects.prefetch_related("visits")], [2])
    equal(Patient.objects.filter(visits__cost__gt=1).distinct().count(), 1)
    a.delete()
    equal(Visit.objects.count(), 0)


@check("lookups, order, slices and expressions are answered")
def _():
    fresh()
    Patient.objects.bulk_create([Patient(name=f"N{i}", balance=i, born=dt.date(2000, 1 + i % 12, 1), tags=["odd" if i % 2 else "even"], doc={"i": i}) for i in range(20)])
    equal(Patient.objects.filter(Q(name__istartswith="n1") | Q(balance__range=(2, 4))).exclude(name="N19").count(), 13)
    equal([p.name for p in Patient.objects.order_by("-balance")[1:3]], ["N18", "N17"])
    equal(Patient.objects.filter(tags__contains=["odd"]).count(), 10)
    equal(Patient.objects.filter(doc__i__gte=18).count(), 2)
    equal(Patient.objects.filter(born__year=2000, born__month=3).count(), 2)
    equal(Patient.objects.filter(name__regex="^N1[0-3]$").count(), 4)


@check("aggregates, groups, windows and subqueries are answered")
def _():
    fresh()
    a, b = Patient.objects.create(name="a"), Patient.objects.create(name="b")
    for day in (1, 2):
        a.visits.create(at=AT.replace(day=day), cost=day)
    b.visits.create(at=AT, cost=7)
    equal(list(Patient.objects.annotate(n=Count("visits"), s=Sum("visits__cost")).order_by("name").values_list("name", "n", "s")), [("a", 2, 3.0), ("b", 1, 7.0)])
    equal(list(Visit.objects.annotate(m=TruncMonth("at")).values("m").annotate(n=Count("id")).values_list("n", flat=True)), [3])
    numbers = Visit.objects.annotate(n=Window(RowNumber(), partition_by=F("patient"), order_by=F("cost").desc())).order_by("cost").values_list("n", flat=True)
    equal(list(numbers), [2, 1, 1])
    equal(Patient.objects.filter(pk__in=Visit.objects.filter(cost=7).values("patient")).get().name, "b")
    equal(Patient.objects.annotate(has=models.Exists(Visit.objects.filter(patient=models.OuterRef("pk"), cost__gt=5))).filter(has=True).count(), 1)


@check("atomic blocks commit, roll back and nest")
def _():
    fresh()
    with transaction.atomic():
        Patient.objects.create(name="kept", email="x")
        try:
            with transaction.atomic():
                Patient.objects.create(name="again", email="x")
        except IntegrityError as error:
            equal(error.__cause__.pgcode, "23505")
    try:
        with transaction.atomic():
            Patient.objects.create(name="undone")
            raise ValueError
    except ValueError:
        pass
    equal([p.name for p in Patient.objects.all()], ["kept"])


@check("a row is locked in a transaction")
def _():
    fresh()
    Patient.objects.create(name="a")
    with transaction.atomic():
        equal(Patient.objects.select_for_update().get().name, "a")


@check("an iterator reads through a cursor of the server")
def _():
    fresh()
    Patient.objects.bulk_create([Patient(name=str(i)) for i in range(300)])
    equal(sum(1 for _ in Patient.objects.iterator(chunk_size=50)), 300)


@check("violations are IntegrityErrors")
def _():
    fresh()
    for sqlstate, values in (("23502", {"name": None}), ("23514", {"name": "a", "balance": -2000})):
        try:
            with transaction.atomic():
                Patient.objects.create(**values)
            raise AssertionError(f"{values} did not fail")
        except IntegrityError as error:
            equal(error.__cause__.pgcode, sqlstate)


@check("a migration is applied and unapplied")
def _():
    drop()
    migration = Migration("0001_initial", "clinic")
    migration.operations = [
        CreateModel("Ward", [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=20)), ("beds", models.IntegerField(null=True))]),
        AddField("Ward", "floor", models.IntegerField(default=7)),
        AlterField("Ward", "name", models.TextField()),
        RenameField("Ward", "beds", "places"),
        AddIndex("Ward", models.Index(fields=["name"], name="clinic_ward_name")),
        RunSQL("INSERT INTO clinic_ward (name, places, floor) VALUES ('a', 3, 2)", "DELETE FROM clinic_ward"),
    ]
    with connection.schema_editor(atomic=True) as editor:
        migration.apply(ProjectState(), editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM clinic_ward")
        equal(([c[0] for c in cursor.description], cursor.fetchall()), (["id", "name", "places", "floor"], [(1, "a", 3, 2)]))
    with connection.schema_editor(atomic=True) as editor:
        migration.unapply(ProjectState(), editor)
    equal("clinic_ward" in connection.introspection.table_names(), False)


@check("inspectdb writes models")
def _():
    fresh()
    out = io.StringIO()
    call_command("inspectdb", "clinic_patient", "clinic_visit", stdout=out)
    text = out.getvalue()
    for line in ("class ClinicPatient(models.Model):", "name = models.CharField(max_length=60)", "balance = models.DecimalField(max_digits=10, decimal_places=2)",
                 "patient = models.ForeignKey(ClinicPatient, models.DO_NOTHING)", "unique_together = (('patient', 'at'),)", "doc = models.JSONField(blank=True, null=True)"):  # fmt: skip
        assert line in text, f"no {line} in {text}"


@check("sequences are reset by Django's own statements")
def _():
    fresh()
    Patient.objects.create(pk=50, name="a")
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Patient]):
            cursor.execute(statement)
    equal(Patient.objects.create(name="b").pk, 51)


@check("everything is dropped again")
def _():
    drop()


print(f"# Django {django.get_version()}")
run()
