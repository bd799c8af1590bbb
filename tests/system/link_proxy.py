"""A proxy between the link and an Odoo, that loses, doubles and delays what passes."""

import contextlib
import http.client
import json
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

KEPT = ("content-type", "set-cookie", "retry-after")
SECONDS = 300


class Proxy:
    """Passes calls on to an Odoo; `fault` says what happens to one of them.

    Faults: "before" (lost on the way there), "after" (done, its answer lost), "twice"
    (done twice, the second answer returned), "late" (done after `late` seconds, when
    nobody waits any more), "busy" (not passed on: 503).
    """

    def __init__(self, url, late=0.0):
        self._target = urlsplit(url)
        self.late = late
        self.calls = []
        self.faults = {}
        self.on_call = None
        self.running = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()

    def reset(self, **faults):
        """Count from zero again; `faults`: {"n3": "after"} for the call number 3."""
        self.calls.clear()
        self.faults = {int(name[1:]): mode for name, mode in faults.items()}

    def wait(self):
        """Wait until all that was passed on late is done."""
        for thread in self.running:
            thread.join(SECONDS)
        self.running.clear()

    def _handler(self):
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                proxy._answer(self, b"")

            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                proxy._answer(self, self.rfile.read(length))

            def log_message(self, *_args):
                pass

        return Handler

    def _answer(self, handler, body):
        number = len(self.calls)
        self.calls.append(named(handler.path, body))
        if self.on_call:
            self.on_call(number, "before")
        fault = self.faults.pop(number, None)
        if fault == "busy":
            handler.send_error(503)
            return
        if fault == "late":
            self._pass_late(handler, body)
        if fault in ("before", "late"):
            _cut(handler)
            return
        answer = self._pass(handler, body)
        if fault == "twice":
            answer = self._pass(handler, body)
        if self.on_call:
            self.on_call(number, "after")
        if fault == "after":
            _cut(handler)
            return
        with contextlib.suppress(OSError):
            _tell(handler, *answer)

    def _pass_late(self, handler, body):
        """Cut the line now, and let the call arrive when the next one is under way."""

        def act():
            time.sleep(self.late)
            self._pass(handler, body)

        thread = threading.Thread(target=act, daemon=True)
        self.running.append(thread)
        thread.start()

    def _pass(self, handler, body):
        target = http.client.HTTPConnection(
            self._target.hostname, self._target.port, timeout=SECONDS
        )
        with contextlib.closing(target):
            drop = ("host", "connection", "content-length")
            headers = {
                k: v for k, v in handler.headers.items() if k.lower() not in drop
            }
            target.request(handler.command, handler.path, body, headers)
            answer = target.getresponse()
            kept = [(k, v) for k, v in answer.getheaders() if k.lower() in KEPT]
            return answer.status, kept, answer.read()


def named(path, body):
    """Return model.method of a call over either protocol, else its path."""
    if path.startswith("/json/2/"):
        return path.removeprefix("/json/2/").replace("/", ".")
    with contextlib.suppress(ValueError, KeyError, IndexError, TypeError):
        args = json.loads(body)["params"]["args"]
        return f"{args[3]}.{args[4]}"
    return path


def _cut(handler):
    handler.close_connection = True
    with contextlib.suppress(OSError):
        handler.connection.shutdown(socket.SHUT_RDWR)


def _tell(handler, status, headers, body):
    handler.send_response(status)
    for name, value in headers:
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
