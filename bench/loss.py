"""How soon a connection is free again: loss.py PORT DATABASE NAME SQL, where SQL runs for longer than anybody waits.

The pool must have one connection: what the next session waits is how long the last one kept it.
"""

import socket
import struct
import sys
import time

from wire import Client, query

port, database, name, sql = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
ROUNDS = 15


def cancel(client):
    with socket.create_connection(("127.0.0.1", port), timeout=60) as other:
        other.sendall(struct.pack("!ii", 8 + len(client.key), 80877102) + client.key)
        other.recv(1)


def measure(stop, in_block):
    worst = 0.0
    for _ in range(ROUNDS):
        victim, following = Client(port, database), Client(port, database)
        if in_block:
            victim.run("BEGIN")
        victim.socket.sendall(query(sql))
        time.sleep(0.3)
        begin = time.monotonic()
        stop(victim)
        following.run("SELECT 1")
        worst = max(worst, time.monotonic() - begin)
        victim.socket.close()
        following.socket.close()
        time.sleep(0.1)
    return worst * 1000


def reset(client):
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


for what, stop, in_block in (
    ("cancel", cancel, False),
    ("client closes its socket", lambda client: client.socket.close(), False),
    ("client resets its socket", reset, False),
    ("client closes, in a transaction", lambda client: client.socket.close(), True),
):
    print(f"{name}: {what}: the next session is served after {measure(stop, in_block):.0f} ms at most, of {ROUNDS}")
