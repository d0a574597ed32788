"""What a node's memory does when one side of a stream is slower than the other.

stalled.py PORT PID GIGABYTES

Clients that stop reading in the middle of a result of ten gigabytes, first one, then two hundred, while a hundred other sessions
go on asking, all at once and again when each has its answer; then a COPY FROM STDIN of that many gigabytes, which comes faster than the engine writes.
"""

import socket
import struct
import sys
import time

port, pid, gigabytes = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])


def resident():
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024


def message(code, body):
    return code + struct.pack("!i", len(body) + 4) + body


def query(sql):
    return message(b"Q", sql.encode() + b"\0")


class Client:
    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        body = struct.pack("!i", 196608) + b"user\0postgres\0database\0scratch\0\0"
        self.socket.sendall(struct.pack("!i", len(body) + 4) + body)
        self.until(b"Z")

    def exactly(self, length):
        data = b""
        while len(data) < length:
            part = self.socket.recv(length - len(data))
            if not part:
                raise ConnectionError("the server closed the connection")
            data += part
        return data

    def until(self, code):
        while True:
            head = self.exactly(5)
            body = self.exactly(struct.unpack("!i", head[1:])[0] - 4)
            if head[:1] == b"E":
                raise RuntimeError(body)
            if head[:1] == code:
                return body

    def run(self, sql):
        self.socket.sendall(query(sql))
        self.until(b"Z")


def latency(clients, seconds):
    """The 99th percentile over all their answers, in milliseconds."""
    times = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begins = []
        for client in clients:
            begins.append(time.monotonic())
            client.socket.sendall(query("SELECT 1"))
        for client, begin in zip(clients, begins):
            client.until(b"Z")
            times.append(time.monotonic() - begin)
    times.sort()
    return times[len(times) * 99 // 100] * 1000


others = [Client() for _ in range(100)]
latency(others, 2)
print(f"p99 of {len(others)} sessions: {latency(others, 3):.2f} ms")
stalled = []
for count in (1, 200):
    while len(stalled) < count:
        # Sessions and engine connections exist before the first measurement.
        stalled.append(Client())
        stalled[-1].run("SELECT 1")
    before = resident()
    for client in stalled:
        client.socket.sendall(query("SELECT repeat('x', 1000) FROM generate_series(1, 10000000)"))
        client.socket.recv(100000)
    time.sleep(3)
    print(f"{count} clients stopped reading: {resident() - before:+.1f} MB; p99 of the others: {latency(others, 3):.2f} ms")
    for client in stalled:
        client.socket.close()
    stalled = []
    time.sleep(1)

other = others[0]
other.run("DROP TABLE IF EXISTS filled")
other.run("CREATE TABLE filled (a int, b text)")
other.socket.sendall(query("COPY filled FROM STDIN"))
other.until(b"G")
piece = message(b"d", b"1\t" + b"x" * 1000 + b"\n") * 64
before = most = resident()
begin = time.monotonic()
for i in range(int(gigabytes * 1024**3 / len(piece))):
    other.socket.sendall(piece)
    if i % 256 == 0:
        most = max(most, resident())
other.socket.sendall(message(b"c", b""))
other.until(b"Z")
took = time.monotonic() - begin
print(f"COPY FROM of {gigabytes:g} GB: {most - before:+.1f} MB at most, {gigabytes * 1024 / took:.0f} MB/s")
other.run("DROP TABLE filled")
