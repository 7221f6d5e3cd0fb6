"""What a process does to the disk, call by call, as strace sees it: the material for ``disk_model.py``.

Only what happens below one folder is kept, and what the process says on its standard output, in one order.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CHILD = Path(__file__).with_name("fault_child.py")
LONGEST = 8 << 20  # bytes of a single write that are kept
# Everything that changes a file or a folder; what is not understood here fails the recording (see _unforeseen).
CALLS = (
    "openat,open,creat,close,dup,dup2,dup3,lseek,read,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,"
    "fallocate,copy_file_range,sendfile,splice,fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,"
    "symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat,mmap"
)
_LINE = re.compile(r"^(\w+)\((.*)\)\s+= (-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')


@dataclass(frozen=True, slots=True)
class Said:
    """A line on the standard output: from here on it was acknowledged."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A new, empty file."""

    path: Path


@dataclass(frozen=True, slots=True)
class MadeFolder:
    path: Path


@dataclass(frozen=True, slots=True)
class Written:
    path: Path
    at: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file cut or stretched to a size."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file, or a folder's entries."""

    path: Path


@dataclass(frozen=True, slots=True)
class Renamed:
    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Removed:
    path: Path


Event = Said | Made | MadeFolder | Written | Cut | Synced | Renamed | Removed


def why_not() -> str | None:
    """Why nothing can be recorded here; None where it can."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        return "strace is not here (python3 packaging/dev.py faults installs it on Debian)"
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode:
        return "strace may not trace here"
    return None


def record(folder: Path, log: Path, *words: object) -> list[Event]:
    """Runs a deed of fault_child.py to its end; what it did below ``folder``, which holds only closed files."""
    there = {entry for entry in folder.rglob("*") if entry.is_file()}
    command = ["strace", "-o", str(log), "-xx", "-s", str(LONGEST), "-e", f"trace={CALLS}", "-e", "signal=none"]
    deed = [sys.executable, str(CHILD), *map(str, words)]
    ended = subprocess.run([*command, *deed], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    with log.open(encoding="ascii") as lines:
        return list(_Reading(folder, there).events(lines))


class _Reading:
    """Follows the descriptors through a log."""

    def __init__(self, folder: Path, there: set[Path]) -> None:
        self._folder, self._there = folder, there
        self._open: dict[int, Path] = {}
        self._place: dict[int, int] = {}

    def events(self, lines: Iterator[str]) -> Iterator[Event]:
        for line in lines:
            match = _LINE.match(line)
            if match is None or int(match[3]) < 0:
                assert not line.rstrip().endswith("<unfinished ...>"), "more than one thread"
                continue
            reader = getattr(self, f"call_{match[1]}", None)
            if reader is None:
                self._unforeseen(match[1], match[2])
            else:
                yield from reader(match[2], int(match[3]))

    def _unforeseen(self, call: str, arguments: str) -> None:
        named = [path for path in _paths(arguments) if self._ours(path)]
        number = arguments.split(",")[0]
        assert not named, f"{call} is not understood"
        assert not number.isdigit() or int(number) not in self._open, f"{call} is not understood"

    def _ours(self, path: Path) -> bool:
        return path == self._folder or self._folder in path.parents

    def call_openat(self, arguments: str, result: int) -> Iterator[Event]:
        (path,) = _paths(arguments)
        self._open.pop(result, None)
        if not self._ours(path):
            return
        assert "O_APPEND" not in arguments
        self._open[result], self._place[result] = path, 0
        if "O_CREAT" in arguments and path not in self._there:
            self._there.add(path)
            yield Made(path)
        elif "O_TRUNC" in arguments:
            yield Cut(path, 0)

    call_open = call_openat  # some libraries still call it

    def call_close(self, arguments: str, _result: int) -> Iterator[Event]:
        self._open.pop(int(arguments), None)
        yield from ()

    def call_lseek(self, arguments: str, result: int) -> Iterator[Event]:
        self._place[int(arguments.split(",")[0])] = result
        yield from ()

    def call_read(self, arguments: str, result: int) -> Iterator[Event]:
        number = int(arguments.split(",")[0])
        self._place[number] = self._place.get(number, 0) + result
        yield from ()

    def call_write(self, arguments: str, result: int) -> Iterator[Event]:
        number = int(arguments.split(",")[0])
        if number == 1:
            for line in _text(arguments).decode().splitlines():
                yield Said(tuple(line.split()))
        elif number in self._open:
            yield Written(self._open[number], self._place[number], _text(arguments)[:result])
            self._place[number] += result

    def call_pwrite64(self, arguments: str, result: int) -> Iterator[Event]:
        number = int(arguments.split(",")[0])
        if number in self._open:
            yield Written(self._open[number], int(arguments.rsplit(",")[-1]), _text(arguments)[:result])

    def call_ftruncate(self, arguments: str, _result: int) -> Iterator[Event]:
        number, size = arguments.split(",")
        if int(number) in self._open:
            yield Cut(self._open[int(number)], int(size))

    def call_fsync(self, arguments: str, _result: int) -> Iterator[Event]:
        if int(arguments) in self._open:
            yield Synced(self._open[int(arguments)])

    call_fdatasync = call_fsync

    def call_rename(self, arguments: str, _result: int) -> Iterator[Event]:
        source, target = _paths(arguments)
        if self._ours(source) or self._ours(target):
            self._there.discard(source)
            self._there.add(target)
            yield Renamed(source, target)

    def call_unlink(self, arguments: str, _result: int) -> Iterator[Event]:
        (path,) = _paths(arguments)
        if self._ours(path):
            self._there.discard(path)
            yield Removed(path)

    def call_mkdir(self, arguments: str, _result: int) -> Iterator[Event]:
        (path,) = _paths(arguments)
        if self._ours(path):
            yield MadeFolder(path)

    def call_mmap(self, arguments: str, _result: int) -> Iterator[Event]:
        number = arguments.split(",")[4].strip()
        shared = "MAP_SHARED" in arguments and "PROT_WRITE" in arguments
        assert not (shared and number.isdigit() and int(number) in self._open), "a mapped file is not understood"
        yield from ()


def _text(arguments: str) -> bytes:
    match = _TEXT.search(arguments)
    assert match is not None
    assert match[2] is None, "a write longer than the log keeps"
    return bytes.fromhex(match[1].replace("\\x", ""))


def _paths(arguments: str) -> list[Path]:
    return [Path(bytes.fromhex(found.replace("\\x", "")).decode()) for found, _ in _TEXT.findall(arguments)]
