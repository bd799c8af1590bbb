"""A contender of a benchmark: a process that is asked about one file after another."""

import json
import subprocess
import threading
import time

from troc_dev import paths, proc

START_SECONDS = 120
SLOW_SECONDS = 0.1  # not asked a second time: the noise is small beside it


class Contender:
    """Started when it is needed, and again after a file that it did not survive."""

    def __init__(self, command, env):
        self.command, self.env = command, env
        self.process = None
        self.slow = False

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._stop()

    def ask(self, path, limit):
        """Return its answer, or an "error" after so many seconds or its death."""
        if self.process is None:
            self._start()
        started = time.perf_counter()
        answer = self._exchange(f"{path}\n", limit)
        seconds = time.perf_counter() - started
        self.slow = seconds > SLOW_SECONDS
        if answer is None:
            self._stop()
            late = seconds >= limit
            error = f"no answer within {limit} s" if late else "the process died"
            answer = {"error": error, "seconds": {"whole": seconds}}
        return answer

    def _start(self):
        log = paths.LOGS / "bench-contender.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "a") as errors:
            self.process = proc.start(
                self.command,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        if self._exchange("", START_SECONDS) is None:
            raise RuntimeError(f"{self.command[1]} did not start: see {log}")

    def _exchange(self, line, limit):
        timer = threading.Timer(limit, self.process.kill)
        timer.start()
        try:
            self.process.stdin.write(line)
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline() or "null")
        except BrokenPipeError:
            return None
        finally:
            timer.cancel()

    def _stop(self):
        if self.process is not None:
            proc.stop(self.process, patience=2)
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                pipe.close()
            self.process = None
