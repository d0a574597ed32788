"""How soon a connection is free again: loss.py PORT DATABASE NAME SQL, where SQL runs for longer than anybody waits.

The pool must have one connection: what the next session waits is how long the last one kept it.
"""

import socket
import struct
import sys
import time

port, database, name, sql = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
ROUNDS = 15


class Client:
    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        body = struct.pack("!i", 196608) + b"user\0postgres\0database\0" + database.encode() + b"\0\0"
        self.socket.sendall(struct.pack("!i", len(body) + 4) + body)
        self.key = b""
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
            if head[:1] == b"K":
                self.key = body
            if head[:1] == code:
                return body

    def send(self, text):
        body = text.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack("!i", len(body) + 4) + body)

    def cancel(self):
        with socket.create_connection(("127.0.0.1", port), timeout=60) as other:
            other.sendall(struct.pack("!ii", 8 + len(self.key), 80877102) + self.key)
            other.recv(1)


def measure(stop, in_block):
    worst = 0.0
    for _ in range(ROUNDS):
        victim, following = Client(), Client()
        if in_block:
            victim.send("BEGIN")
            victim.until(b"Z")
        victim.send(sql)
        time.sleep(0.3)
        begin = time.monotonic()
        stop(victim)
        following.send("SELECT 1")
        following.until(b"Z")
        worst = max(worst, time.monotonic() - begin)
        victim.socket.close()
        following.socket.close()
        time.sleep(0.1)
    return worst * 1000


def reset(client):
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.close()


for what, stop, in_block in (
    ("cancel", Client.cancel, False),
    ("client closes its socket", lambda client: client.socket.close(), False),
    ("client resets its socket", reset, False),
    ("client closes, in a transaction", lambda client: client.socket.close(), True),
):
    print(f"{name}: {what}: the next session is served after {measure(stop, in_block):.0f} ms at most, of {ROUNDS}")
