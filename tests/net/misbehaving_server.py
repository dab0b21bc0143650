"""A server that misbehaves on request: the path of a request names what goes wrong.

Started with one argument, an empty folder for certificates. Says what listens where in one JSON
line, answers each question on stdin with one number, and ends when stdin closes. Nothing but the
standard library and the openssl command.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import struct
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

# TLS 1.1 is deprecated, and refusing it is what is tested.
warnings.simplefilter("ignore", DeprecationWarning)

CHUNK = b"x" * 65536

# What happens on one connection of a listener: its name, the connection's number, the connection.
Request = dict[str, Any]
Talk = Callable[[str, int, socket.socket], None]


class Log:
    """Who connected and what was asked, listener by listener."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.connections: dict[str, int] = {}
            self.requests: list[Request] = []
            self.bytes: dict[str, int] = {}

    def connected(self, listener: str) -> int:
        with self.lock:
            self.connections[listener] = self.connections.get(listener, 0) + 1
            return self.connections[listener]

    def received(self, listener: str, count: int) -> None:
        with self.lock:
            self.bytes[listener] = self.bytes.get(listener, 0) + count

    def asked(self, request: Request) -> None:
        with self.lock:
            self.requests.append(request)

    def answer(self, question: str) -> int:
        """`connections LISTENER`, `bytes LISTENER`, `requests LISTENER [PATH]`, `seen TEXT`."""
        verb, *words = question.split(" ")
        with self.lock:
            if verb == "connections":
                return self.connections.get(words[0], 0)
            if verb == "bytes":
                return self.bytes.get(words[0], 0)
            if verb == "requests":
                asked = [each for each in self.requests if each["listener"] == words[0]]
                return sum(1 for each in asked if words[1:] in ([], [each.get("path")]))
            if verb == "seen":
                return sum(1 for each in self.requests if " ".join(words) in json.dumps(each))
        raise ValueError(question)


LOG = Log()


def reset(connection: socket.socket) -> None:
    """Closes with a RST instead of a FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Reader:
    """Requests from one connection, one after another."""

    def __init__(self, listener: str, number: int, connection: socket.socket) -> None:
        self.listener = listener
        self.number = number
        self.connection = connection
        self.buffer = b""

    def more(self) -> bool:
        data = self.connection.recv(65536)
        LOG.received(self.listener, len(data))
        self.buffer += data
        return bool(data)

    def next_head(self) -> Request | None:
        while b"\r\n\r\n" not in self.buffer:
            if not self.more():
                return None
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        method, path, _ = lines[0].split(" ", 2)
        headers = {}
        for line in lines[1:]:
            name, value = line.split(":", 1)
            headers[name.lower()] = value.strip()
        return {
            "listener": self.listener,
            "connection": self.number,
            "method": method,
            "path": path,
            "headers": headers,
        }

    def body(self, head: Request) -> bytes | None:
        size = int(head["headers"].get("content-length", "0"))
        while len(self.buffer) < size:
            if not self.more():
                return None
        body, self.buffer = self.buffer[:size], self.buffer[size:]
        return body


def answer(body: bytes, status: str = "200 OK", headers: Iterable[str] = ()) -> bytes:
    lines = ["HTTP/1.1 " + status, f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def well_formed(body: bytes = b'{"ok": true, "padding": "0123456789"}') -> bytes:
    return answer(body, headers=["Content-Type: application/json", "Retry-After: 7"])


def silence(connection: socket.socket) -> None:
    """Says nothing until the other side goes away."""
    while connection.recv(65536):
        pass


def endless(connection: socket.socket, pieces: Iterable[bytes]) -> None:
    try:
        for piece in pieces:
            connection.sendall(piece)
    except OSError:
        pass


def forever(piece: bytes) -> Iterator[bytes]:
    while True:
        yield piece


def misbehave(connection: socket.socket, request: Request, body: bytes) -> bool:
    """Acts as the path says. True: the connection goes on."""
    kind, _, argument = request["path"].lstrip("/").partition("/")
    if kind == "ok":
        connection.sendall(well_formed())
        return True
    if kind == "echo":
        connection.sendall(answer(body, headers=["Content-Type: application/octet-stream"]))
        return True
    if kind == "redirect":
        status, target = argument.split("/", 1)
        location = f"Location: http://127.0.0.1:{target}/stolen"
        connection.sendall(answer(b"", status + " Elsewhere", [location]))
        return True
    if kind == "status":
        page = b"<html><body>Bad gateway</body></html>"
        connection.sendall(answer(page, argument + " Gateway", ["Content-Type: text/html"]))
        return True
    if kind == "interim":
        connection.sendall(b"HTTP/1.1 102 Processing\r\nRetry-After: 99\r\n\r\n" * int(argument))
        connection.sendall(well_formed())
        return True
    if kind == "cut":
        connection.sendall(well_formed()[: int(argument)])
    elif kind == "endless":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        endless(connection, forever(CHUNK))
    elif kind == "endless-chunks":
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        endless(connection, forever(b"10000\r\n" + CHUNK + b"\r\n"))
    elif kind == "big":
        size = int(argument)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        endless(connection, [CHUNK] * (size // len(CHUNK)))
    elif kind == "big-header":
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Big: ")
        endless(connection, [CHUNK] * (int(argument) // len(CHUNK)))
    elif kind == "many-headers":
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        endless(connection, [b"X-Many: header\r\n" * 1000] * (int(argument) // 1000))
    elif kind == "many-interims":
        endless(connection, [b"HTTP/1.1 102 Processing\r\n\r\n" * 1000] * (int(argument) // 1000))
    elif kind == "garbage":
        connection.sendall(b"220 smtp.example.com ESMTP\r\n")
    elif kind == "bad-length":
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: minus one\r\n\r\nbody")
    elif kind == "bad-chunks":
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\nbody")
    elif kind == "silence":
        silence(connection)
    elif kind == "half":
        connection.sendall(well_formed()[:-5])
        silence(connection)
    elif kind == "reset":
        reset(connection)
    elif kind != "close":
        connection.sendall(answer(b"", "404 Not Found"))
        return True
    return False


def serve(listener: str, number: int, connection: socket.socket) -> None:
    """One connection of a listener that speaks HTTP."""
    reader = Reader(listener, number, connection)
    while True:
        head = reader.next_head()
        if head is None:
            return
        LOG.asked(head)
        if head["path"] == "/reset-early":  # without reading the body
            reset(connection)
            return
        body = reader.body(head)
        if body is None:
            return
        head["body_size"] = len(body)
        if not misbehave(connection, head, body):
            return


def count_only(listener: str, number: int, connection: socket.socket) -> None:
    """A listener that nobody should ever talk to."""
    while True:
        data = connection.recv(65536)
        LOG.received(listener, len(data))
        if not data:
            return
        LOG.asked({"listener": listener, "bytes": data.decode("latin-1")})
        connection.sendall(answer(b"caught"))


def reset_at_once(listener: str, number: int, connection: socket.socket) -> None:
    reset(connection)


def in_tls(context: ssl.SSLContext, talk: Talk) -> Talk:
    def handshake_and_talk(listener: str, number: int, connection: socket.socket) -> None:
        connection.settimeout(10)
        with context.wrap_socket(connection, server_side=True) as inner:
            talk(listener, number, inner)

    return handshake_and_talk


def listen(
    listener: str,
    talk: Talk,
    address: str = "127.0.0.1",
    family: socket.AddressFamily = socket.AF_INET,
    port: int = 0,
) -> int:
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    server.bind((address, port))
    server.listen(64)

    def run(number: int, connection: socket.socket) -> None:
        try:
            with connection:
                talk(listener, number, connection)
        except OSError:  # the other side went away: its right
            pass

    def accept() -> None:
        while True:
            connection, _ = server.accept()
            number = LOG.connected(listener)
            threading.Thread(target=run, args=(number, connection), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return int(server.getsockname()[1])


class Certificates:
    """A certificate authority for one test run."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.write("index.txt", "")
        self.write("serial", "01\n")
        self.write(
            "ca.cnf",
            f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index.txt\nserial={folder}/serial\n"
            f"new_certs_dir={folder}\ndefault_md=sha256\npolicy=p\nunique_subject=no\n"
            "copy_extensions=copy\n[p]\ncommonName=supplied\n",
        )
        self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "key.pem")
        self.self_signed("ca", "basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign")

    def write(self, name: str, text: str) -> None:
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(text)

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def self_signed(self, name: str, *extensions: str) -> None:
        added = [word for extension in extensions for word in ("-addext", extension)]
        self.openssl(
            "req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=bmauth test " + name,
            "-days", "2", "-out", name + ".pem", *added,
        )  # fmt: skip

    def signed(
        self, name: str, alternative_names: str, start: str | None = None, end: str | None = None
    ) -> None:
        self.openssl(
            "req", "-new", "-key", "key.pem", "-subj", "/CN=" + name, "-out", name + ".csr",
            "-addext", "subjectAltName=" + alternative_names,
        )  # fmt: skip
        today = time.time()
        stamp = "%Y%m%d%H%M%SZ"
        self.openssl(
            "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "ca.pem",
            "-keyfile", "key.pem", "-in", name + ".csr", "-out", name + ".pem",
            "-startdate", start or time.strftime(stamp, time.gmtime(today - 3600)),
            "-enddate", end or time.strftime(stamp, time.gmtime(today + 86400)),
        )  # fmt: skip

    def context(self, name: str, newest: ssl.TLSVersion | None = None) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        folder = self.folder
        certificate = os.path.join(folder, name + ".pem")
        context.load_cert_chain(certificate, os.path.join(folder, "key.pem"))
        if newest is not None:  # a server of yesterday, which would even lower its security level
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
            context.maximum_version = newest
        return context


def main() -> None:
    folder = os.path.abspath(sys.argv[1])
    certificates = Certificates(folder)
    here = "DNS:localhost,IP:127.0.0.1,IP:::1"
    certificates.signed("good", here)
    certificates.signed("wrong_host", "DNS:elsewhere.example")
    certificates.signed("expired", here, "20200101000000Z", "20200102000000Z")
    certificates.signed("not_yet", here, "20480101000000Z", "20490101000000Z")
    certificates.self_signed("self_signed", "subjectAltName=" + here)

    ports = {
        "http": listen("http", serve),
        "twin": listen("twin", serve),
        "canary": listen("canary", count_only),
        "proxy": listen("proxy", count_only),
        "reset": listen("reset", reset_at_once),
        "mute": listen("mute", lambda listener, number, connection: silence(connection)),
    }
    for name in ("good", "wrong_host", "expired", "not_yet", "self_signed"):
        ports["tls_" + name] = listen("tls_" + name, in_tls(certificates.context(name), serve))
    old = certificates.context("good", ssl.TLSVersion.TLSv1_1)
    ports["tls_old"] = listen("tls_old", in_tls(old, serve))
    try:
        ports["http_v6"] = listen("http_v6", serve, "::1", socket.AF_INET6)
        listen("twin_v6", serve, "::1", socket.AF_INET6, ports["twin"])  # the same port
    except OSError:
        ports["http_v6"] = 0  # a machine without IPv6
    print(json.dumps({**ports, "ca_file": os.path.join(folder, "ca.pem")}), flush=True)

    for line in sys.stdin:
        if line.strip() == "forget":
            LOG.forget()
            print(0, flush=True)
        else:
            print(LOG.answer(line.strip()), flush=True)


if __name__ == "__main__":
    main()
