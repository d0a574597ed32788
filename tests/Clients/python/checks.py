"""One line per check: `ok <sentence>` or `not ok <sentence>: <reason>`."""

import inspect
import os
import sys
import time

HOST = os.environ.get("PGHOST", "127.0.0.1")
PORT = int(os.environ.get("PGPORT", "5432"))
DATABASE = os.environ.get("PGDATABASE", "scratch")
USER = os.environ.get("PGUSER", "postgres")

# Runs for minutes when nobody interrupts it.
LONG_QUERY = "SELECT count(*) FROM generate_series(1, 1000000000)"

_checks = []


def check(sentence):
    """Registers a function (plain or async) as one check."""

    def register(function):
        _checks.append((sentence, function))
        return function

    return register


def equal(actual, expected, what="value"):
    same = actual == expected or (actual != actual and expected != expected)  # NaN equals NaN here
    if not same:
        raise AssertionError(f"{what} is {actual!r}, expected {expected!r}")


def within(seconds, since):
    took = time.monotonic() - since
    if took > seconds:
        raise AssertionError(f"took {took:.1f} s, expected less than {seconds} s")


def run(loop=None):
    failed = 0
    for sentence, function in _checks:
        try:
            result = function()
            if inspect.isawaitable(result):
                loop.run_until_complete(result)
            print(f"ok {sentence}", flush=True)
        except Exception as error:
            failed += 1
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"not ok {sentence}: {reason}", flush=True)
    sys.exit(1 if failed else 0)
