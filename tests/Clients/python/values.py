"""Values of every type that must come back exactly as they were sent. Plain Python, no driver."""

import datetime as dt
import uuid
from decimal import Decimal

INFINITY = float("inf")
UTC = dt.timezone.utc
PLUS_2 = dt.timezone(dt.timedelta(hours=2))

SCALARS = {
    "bool": [True, False],
    "int2": [0, 1, -32768, 32767],
    "int4": [0, 42, -2147483648, 2147483647],
    "int8": [0, -9223372036854775808, 9223372036854775807],
    "float4": [0.0, 1.5, -0.25, INFINITY, float("nan")],
    "float8": [0.0, 0.1, -1e308, 5e-324, INFINITY, -INFINITY, float("nan")],
    "numeric": [
        Decimal("0"),
        Decimal("1.10"),
        Decimal("-12345678901234567890.123456789"),
        Decimal("0.00000000000000000001"),
        Decimal("NaN"),
    ],
    "text": ["", "plain", "it's", "back\\slash", "zażółć 漢字 🐘", "two\nlines\ttab", "%s $1 :x"],
    "varchar": ["", "plain", "漢字"],
    "bytea": [b"", b"\x00\x01\xff", bytes(range(256))],
    "date": [dt.date(2024, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31)],
    "time": [dt.time(0, 0), dt.time(23, 59, 59, 999999), dt.time(12, 30, 15, 500)],
    "timetz": [dt.time(12, 30, 15, 250000, tzinfo=UTC), dt.time(1, 2, 3, tzinfo=PLUS_2)],
    "timestamp": [dt.datetime(2024, 2, 29, 12, 30, 15, 123456), dt.datetime(1, 1, 1), dt.datetime(1969, 12, 31, 23, 59, 59)],
    "timestamptz": [
        dt.datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=UTC),
        dt.datetime(2024, 7, 1, 0, 0, tzinfo=PLUS_2),
        dt.datetime(1900, 1, 1, tzinfo=UTC),
    ],
    "interval": [dt.timedelta(0), dt.timedelta(days=3, hours=4, microseconds=5), dt.timedelta(days=-1, seconds=-30)],
    "uuid": [uuid.UUID("00000000-0000-0000-0000-000000000000"), uuid.UUID("6f1d2c3b-4a59-4876-9abc-def012345678")],
}

ARRAYS = {
    "int4[]": [[], [1], [1, None, -3], [[1, 2], [3, 4]]],
    "text[]": [[], ["a"], ["", None, "NULL", 'quo"te', "com,ma", "{brace}", "back\\slash", "漢"]],
}

DOCUMENT = {"a": [1, 2.5, None, True], "b": {"ż": "x\"y"}}
