"""Asks a server for pages as a browser does; reads what each cost from its log."""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from dataclasses import dataclass

from troc_dev.errors import Stop

# Odoo's line: the request, the status, then queries, seconds in SQL, other seconds
LINE = re.compile(r'"GET (\S+) HTTP/[\d.]+" (\d+) - (\d+) ([\d.]+) [\d.]+')
PATIENCE = 5


@dataclass(frozen=True)
class Visit:
    """What one request took, in seconds, and how many queries the server made."""

    seconds: float
    queries: int
    sql_seconds: float


class Log:
    """The log of a server that answers one request at a time."""

    def __init__(self, path):
        self.file = open(path)

    def close(self):
        self.file.close()

    def skip(self):
        """Forget what was logged until now."""
        self.file.seek(0, 2)

    def cost(self):
        """Return (queries, seconds in SQL) of the request since `skip`."""
        deadline = time.monotonic() + PATIENCE
        text = ""
        while time.monotonic() < deadline:
            text += self.file.read()
            if found := costs(text):
                return found[-1]
            time.sleep(0.002)
        raise Stop("The server did not log a request.", f"See {self.file.name}.")


def costs(text):
    """Return [(queries, seconds in SQL)] of the pages answered in a log."""
    return [
        (int(queries), float(seconds))
        for _path, status, queries, seconds in LINE.findall(text)
        if status == "200"
    ]


class Visitor:
    """Somebody with a browser who reads French."""

    def __init__(self, url, log, login=None, password=None):
        self.url, self.log = url, log
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
        )
        self.opener.addheaders = [("Accept-Language", "fr")]
        self.known = {}
        if login:
            self._sign_in(login, password)

    def _sign_in(self, login, password):
        page = self.opener.open(f"{self.url}/web/login").read().decode()
        (token,) = set(re.findall(r'name="csrf_token" value="([^"]+)"', page))
        form = {"csrf_token": token, "login": login, "password": password}
        data = urllib.parse.urlencode({**form, "redirect": "/my"}).encode()
        answer = self.opener.open(f"{self.url}/web/login", data)
        if not answer.url.endswith("/my"):
            raise Stop(f"“{login}” could not sign in.", "See the server's log.")

    def visit(self, path):
        """Ask for a page where it really is, with the language in its address."""
        if path not in self.known:
            self.known[path] = self.opener.open(self.url + path).url
        self.log.skip()
        started = time.perf_counter()
        with self.opener.open(self.known[path]) as answer:
            answer.read()
            seconds = time.perf_counter() - started
        if answer.url != self.known[path]:
            raise Stop(f"{path} leads to {answer.url}.", "It was to be measured.")
        return Visit(seconds, *self.log.cost())
