"""A process that has everything imported and forks a child for each deed: a kill costs milliseconds, not a start.

The tests' own process is never forked: it has Qt, threads and open vaults.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

CHILD = Path(__file__).with_name("fault_child.py")
PATIENCE = 60.0  # seconds for a line that has to come


class WarmChild:
    """One child at a time: ``start`` a deed of fault_child.py, read its lines, then ``kill`` or ``finish`` it."""

    def __init__(self) -> None:
        self._said, says = os.pipe()
        os.set_blocking(self._said, False)
        self._parent = subprocess.Popen(
            [sys.executable, str(CHILD), "serve", str(says)],
            pass_fds=[says],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        os.close(says)
        self._child: int | None = None
        self._rest = b""

    def start(self, *words: object) -> None:
        assert self._child is None
        self._rest = b""
        self._child = int(self._ask(json.dumps([str(word) for word in words])))

    def line(self, seconds: float = PATIENCE) -> str | None:
        """The next whole line, or None where none comes in that time."""
        until = time.perf_counter() + seconds
        while b"\n" not in self._rest:
            left = until - time.perf_counter()
            if left <= 0 or not select.select([self._said], [], [], left)[0]:
                return None
            self._rest += os.read(self._said, 65536)
        line, self._rest = self._rest.split(b"\n", 1)
        return line.decode()

    def expect(self, word: str) -> None:
        """Waits for the line that has to come next."""
        line = self.line()
        assert line == word, f"{line!r} instead of {word!r}"

    def lines(self, seconds: float) -> list[str]:
        """The lines of that time; it is over when the deed ends."""
        until = time.perf_counter() + seconds
        found: list[str] = []
        while found[-1:] != ["end"] and (line := self.line(until - time.perf_counter())) is not None:
            found.append(line)
        return found

    def kill(self) -> list[str]:
        """kill -9; the whole lines that were said before it and not read yet: they count too."""
        assert self._child is not None
        os.kill(self._child, signal.SIGKILL)  # it is not reaped before finish(), so the number is still its own
        return self.finish(-signal.SIGKILL)

    def finish(self, *endings: int) -> list[str]:
        """Waits for the end of the deed, by itself (0) or one of ``endings``; its remaining whole lines."""
        code = int(self._ask("reap"))
        self._child = None
        with suppress(BlockingIOError):
            while block := os.read(self._said, 65536):
                self._rest += block
        assert code in (0, *endings), f"the deed ended with {code}"
        return self._rest.decode(errors="replace").split("\n")[:-1]

    def span(self, *words: object) -> float:
        """Does a deed to its end; the seconds from its word "open" on. Where to kill is drawn from that."""
        self.start(*words)
        self.expect("open")
        begun = time.perf_counter()
        self.finish()
        return time.perf_counter() - begun

    def close(self) -> None:
        if self._child is not None:
            self.kill()
        self._parent.communicate()
        os.close(self._said)

    def _ask(self, words: str) -> str:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(words + "\n")
        self._parent.stdin.flush()
        return self._parent.stdout.readline()


@pytest.fixture(scope="module")
def warm() -> Iterator[WarmChild]:
    found = WarmChild()
    yield found
    found.close()


def result(*words: object) -> list[str]:
    """What a deed said that ran to its end in a process of its own; a crash of that process fails the test."""
    ended = subprocess.run([sys.executable, str(CHILD), *map(str, words)], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()
