"""What a node's memory does when one side of a stream is slower than the other.

stalled.py PORT PID GIGABYTES

Clients that stop reading in the middle of a result of ten gigabytes, first one, then two hundred, while a hundred other sessions
go on asking, all at once and again when each has its answer; then a COPY FROM STDIN of that many gigabytes, which comes faster than the engine writes.
"""

import sys
import time

from wire import Client, message, query

port, pid, gigabytes = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])


def resident():
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:")) / 1024


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


others = [Client(port) for _ in range(100)]
latency(others, 2)
print(f"p99 of {len(others)} sessions: {latency(others, 3):.2f} ms")
stalled = []
for count in (1, 200):
    while len(stalled) < count:
        # Sessions and engine connections exist before the first measurement.
        stalled.append(Client(port))
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
