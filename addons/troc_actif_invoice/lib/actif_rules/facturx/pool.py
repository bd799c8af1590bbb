"""Extraction children kept warm, so that files in a row do not each wait for a Python.

A child is lent to one thread at a time. One that died, or served many files, is not
taken back; what is left idle ends after a minute.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Semaphore, Timer

from . import protocol
from .child import Worker

MAX_IDLE = 2
MAX_IDLE_SECONDS = 60
MAX_REQUESTS = 200
# More than there are processors would only make each other too slow.
MAX_LENT = max(2, os.cpu_count() or 1)


class Pool:
    """Children for all threads of this process, and of those forked from it."""

    def __init__(
        self, idle_seconds: float = MAX_IDLE_SECONDS, max_lent: int = MAX_LENT
    ) -> None:
        self._idle_seconds = idle_seconds
        self._max_lent = max_lent
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    @contextmanager
    def borrowed(self) -> Iterator[Worker]:
        """A child for this thread alone. Waits while as many as there are processors
        are lent, but 5 seconds at most: borrowing twice in one thread ends well, too.
        """
        with self._place():
            worker = self._taken() or Worker()
            try:
                yield worker
            finally:
                self._give_back(worker)

    def close(self) -> None:
        """Ends the idle children; the pool can still be used."""
        self._end_idle_since(time.monotonic())

    def _begin(self) -> None:
        """Empty; also after a fork: locks may be held by threads that are not there."""
        self._lock = Lock()
        self._places = Semaphore(self._max_lent)
        self._idle: list[tuple[float, Worker]] = []  # since when; the oldest first
        self._timer: Timer | None = None

    @contextmanager
    def _place(self) -> Iterator[None]:
        places = self._places
        taken = places.acquire(timeout=protocol.MAX_SECONDS)
        try:
            yield
        finally:
            if taken:
                places.release()

    def _taken(self) -> Worker | None:
        """The child that was idle for the shortest time, if any still lives."""
        while True:
            with self._lock:
                if not self._idle:
                    return None
                _, worker = self._idle.pop()
            if worker.alive:
                return worker
            worker.close()

    def _give_back(self, worker: Worker) -> None:
        fit = worker.alive and worker.requests < MAX_REQUESTS
        with self._lock:
            kept = fit and len(self._idle) < MAX_IDLE
            if kept:
                self._idle.append((time.monotonic(), worker))
                self._set_timer()
        if not kept:
            worker.close()

    def _set_timer(self) -> None:
        """Wakes when the oldest has been idle for long enough; with the lock held."""
        if self._timer is None and self._idle:
            seconds = self._idle[0][0] + self._idle_seconds - time.monotonic()
            self._timer = Timer(max(seconds, 0), self._sweep)
            self._timer.daemon = True
            self._timer.start()

    def _sweep(self) -> None:
        with self._lock:
            self._timer = None
        self._end_idle_since(time.monotonic() - self._idle_seconds)

    def _end_idle_since(self, moment: float) -> None:
        with self._lock:
            ended = [worker for since, worker in self._idle if since <= moment]
            self._idle = [place for place in self._idle if place[0] > moment]
            self._set_timer()
        for worker in ended:
            worker.close()
