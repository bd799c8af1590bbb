"""Traps for a file that reaches out: a folder that is watched, and a server."""

import contextlib
import ctypes
import errno
import os
import socketserver
import struct
import threading

_libc = ctypes.CDLL(None, use_errno=True)
_HEAD = struct.Struct("iIII")
IN_ALL_EVENTS = 0xFFF


class Watched:
    """All that any process does in a folder, as the kernel tells it (inotify)."""

    def __init__(self, folder):
        self._events = _libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        watch = _libc.inotify_add_watch(
            self._events, os.fsencode(folder), IN_ALL_EVENTS
        )
        if self._events < 0 or watch < 0:
            raise OSError(ctypes.get_errno(), "no inotify")

    def names(self):
        """The names of the files that were touched since the last call, in order."""
        data, found = b"", []
        with contextlib.suppress(BlockingIOError):
            while more := os.read(self._events, 65536):
                data += more
        while data:
            length = _HEAD.unpack_from(data)[3]
            name = data[_HEAD.size : _HEAD.size + length].rstrip(b"\0")
            data = data[_HEAD.size + length :]
            found.append(os.fsdecode(name))
        return list(dict.fromkeys(found))

    def close(self):
        os.close(self._events)


class Listener(socketserver.ThreadingTCPServer):
    """A server on this machine that writes down who called, and says nothing."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), socketserver.BaseRequestHandler)
        self.calls = []
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def process_request(self, request, client_address):
        self.calls.append(client_address)
        super().process_request(request, client_address)

    def __exit__(self, *exception):
        self.shutdown()
        super().__exit__(*exception)


def listener_on(port):
    """A Listener there, None where somebody else is."""
    try:
        return Listener(port)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        return None
