#!/usr/bin/env python3
"""Asks a PostgreSQL 15 server how it understands statements.txt and writes its answers to answers.tsv.

Usage: referee.py [host [port [user]]]   The database analysis_referee is made and dropped again.
Each line of statements.txt is one statement; each is sent by Parse and Describe, never run. An answer is either
    ok <tab> columns: name:type:typmod:table.attnum, separated by spaces <tab> parameter types
or  error <tab> SQLSTATE <tab> position <tab> message <tab> hint
"""
import os
import socket
import struct
import sys

host, port, user = (sys.argv[1:] + ["127.0.0.1", "5432", "postgres"][len(sys.argv) - 1:])[:3]
here = os.path.dirname(os.path.abspath(__file__))


class Connection:
    def __init__(self, database):
        self.socket = socket.create_connection((host, int(port)))
        self.stream = self.socket.makefile("rb")
        body = struct.pack("!i", 196608) + b"".join(
            part.encode() + b"\0" for part in ("user", user, "database", database)) + b"\0"
        self.socket.sendall(struct.pack("!i", len(body) + 4) + body)
        self.until_ready()

    def send(self, *messages):
        self.socket.sendall(b"".join(
            code + struct.pack("!i", len(body) + 4) + body for code, body in messages))

    def until_ready(self):
        received = []
        while True:
            code, length = struct.unpack("!ci", self.stream.read(5))
            received.append((code, self.stream.read(length - 4)))
            if code == b"Z":
                return received

    def query(self, sql):
        self.send((b"Q", sql.encode() + b"\0"))
        received = self.until_ready()
        for code, body in received:
            if code == b"E":
                sys.exit(f"{sql}: {fields(body)}")
        return [row(body) for code, body in received if code == b"D"]

    def describe(self, sql):
        self.send((b"P", b"\0" + sql.encode() + b"\0\0\0"), (b"D", b"S\0"), (b"S", b""))
        return self.until_ready()


def row(body):
    (count,), at, values = struct.unpack_from("!h", body), 2, []
    for _ in range(count):
        (length,) = struct.unpack_from("!i", body, at)
        values.append(body[at + 4:at + 4 + length].decode())
        at += 4 + length
    return values


def fields(body):
    return {part[:1].decode(): part[1:].decode() for part in body.split(b"\0") if part}


def columns(body, tables):
    (count,), at, result = struct.unpack_from("!h", body), 2, []
    for _ in range(count):
        end = body.index(b"\0", at)
        name = body[at:end].decode()
        table, attnum, oid, _, typmod, _ = struct.unpack_from("!IhIhih", body, end + 1)
        origin = f"{tables[table]}.{attnum}" if table else "-"
        result.append(f"{name.replace(' ', '_')}:{oid}:{typmod}:{origin}")
        at = end + 19
    return " ".join(result)


admin = Connection("postgres")
admin.query("drop database if exists analysis_referee")
admin.query("create database analysis_referee")
server = Connection("analysis_referee")
server.query(open(os.path.join(here, "schema.sql")).read())
tables = {int(oid): name for oid, name in server.query("select oid, relname from pg_class")}

with open(os.path.join(here, "answers.tsv"), "w") as out:
    for line in open(os.path.join(here, "statements.txt")):
        sql = line.rstrip("\n")
        if not sql or sql.startswith("#"):
            continue
        answer = ["ok", "", ""]
        for code, body in server.describe(sql):
            if code == b"T":
                answer[1] = columns(body, tables)
            elif code == b"t":
                (count,) = struct.unpack_from("!h", body)
                answer[2] = " ".join(str(oid) for oid in struct.unpack_from(f"!{count}I", body, 2))
            elif code == b"E":
                error = fields(body)
                answer = ["error", error["C"], error.get("P", ""), error["M"], error.get("H", "")]
        out.write("\t".join([sql] + answer) + "\n")

server.send((b"X", b""))
admin.query("drop database analysis_referee with (force)")
