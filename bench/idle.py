"""Opens many idle connections and prints what each costs the server in memory.

idle.py PORT PID COUNT rss|pss

rss: VmRSS of one process. pss: the Pss of the process and its children, which counts shared pages once.
"""

import os
import resource
import socket
import struct
import sys
import time

port, pid, count, kind = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]


def field(path, name):
    with open(path) as file:
        return next((int(line.split()[1]) for line in file if line.startswith(name + ":")), 0)


def kilobytes():
    if kind == "rss":
        return field(f"/proc/{pid}/status", "VmRSS")
    total = 0
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if int(process) == pid or field(f"/proc/{process}/status", "PPid") == pid:
                total += field(f"/proc/{process}/smaps_rollup", "Pss")
        except (FileNotFoundError, ProcessLookupError):
            pass  # It ended meanwhile.
    return total


def settled():
    """The memory once it has stopped changing by more than 1 %, or after ten seconds."""
    last = kilobytes()
    for _ in range(10):
        time.sleep(1)
        now = kilobytes()
        if abs(now - last) * 100 < now:
            return now
        last = now
    return last


def exactly(connection, length):
    data = b""
    while len(data) < length:
        part = connection.recv(length - len(data))
        if not part:
            raise ConnectionError("the server closed the connection")
        data += part
    return data


def connect():
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    body = struct.pack("!i", 196608) + b"user\0postgres\0database\0scratch\0\0"
    connection.sendall(struct.pack("!i", len(body) + 4) + body)
    while True:
        kind, length = struct.unpack("!ci", exactly(connection, 5))
        message = exactly(connection, length - 4)
        if kind == b"E":
            raise ConnectionError(message.decode(errors="replace"))
        if kind == b"Z":
            return connection


_, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
for _ in range(20):
    connect().close()  # what the first connections load and compile is not counted
before = settled()
connections = [connect() for _ in range(count)]
after = settled()
for connection in connections:  # Each of them must still be served.
    connection.sendall(b"S\0\0\0\4")
    if exactly(connection, 6)[:1] != b"Z":
        raise ConnectionError("a connection did not stay idle and usable")
print(f"{before / 1024:.1f} MB before, {after / 1024:.1f} MB with {count} connections: {(after - before) / count:.1f} kB each")
