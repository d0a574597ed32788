"""As much of the protocol as the benchmarks' own clients need."""

import socket
import struct


def message(code, body):
    return code + struct.pack("!i", len(body) + 4) + body


def query(sql):
    return message(b"Q", sql.encode() + b"\0")


class Client:
    def __init__(self, port, database="scratch"):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.key = b""
        body = struct.pack("!i", 196608) + b"user\0postgres\0database\0" + database.encode() + b"\0\0"
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
            if head[:1] == b"E" and code != b"E":
                raise RuntimeError(body)
            if head[:1] == b"K":
                self.key = body
            if head[:1] == code:
                return body

    def run(self, sql):
        self.socket.sendall(query(sql))
        self.until(b"Z")
