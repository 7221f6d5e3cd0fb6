"""What a process of ours may do, and what one that we start may: ours writes privately and leaves no core dump, what we
start has its user's umask and limit."""

from __future__ import annotations

import os
from contextlib import suppress

_former: list[int] = []  # the umask that we were started with, once it was changed
_former_core: list[int] = []  # the limit of core dumps in bytes that we were started with, once it was changed
_UNIT = 512  # bytes: what sh counts core dumps in


def keep_private() -> None:
    """From here on only this user may read a file that is made."""
    former = os.umask(0o077)
    if not _former:
        _former.append(former)


def leave_no_core() -> None:
    """From here on a crash leaves no memory on the disk. The hard limit stays: what we start gets its own back."""
    if os.name != "posix":
        return
    import resource

    with suppress(ValueError, OSError):
        soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
        if not _former_core and soft != 0:
            _former_core.append(soft)


def give_back() -> None:
    """Before this process becomes another program."""
    if _former:
        os.umask(_former.pop())
    if _former_core:
        import resource

        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (_former_core.pop(), resource.getrlimit(resource.RLIMIT_CORE)[1]))


def as_the_user_has_it(program: str, arguments: list[str]) -> tuple[str, list[str]]:
    """How to start a program on POSIX with the umask and the limit that we were started with. Ours stay as they are
    meanwhile: other threads may be writing."""
    steps = [f"umask {former:04o}" for former in _former]
    steps += [f"ulimit -S -c {_blocks(limit)} 2>/dev/null" for limit in _former_core]
    if not steps:
        return program, arguments
    return "/bin/sh", ["-c", "; ".join([*steps, 'exec "$0" "$@"']), program, *arguments]


def _blocks(limit: int) -> str:
    return "unlimited" if limit < 0 else str(limit // _UNIT)
