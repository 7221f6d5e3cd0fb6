"""Who may read what is written: what we write is private, what a program we start writes is as its user has it."""

from __future__ import annotations

import os

_former: list[int] = []  # the umask that we were started with, once it was changed


def keep_private() -> None:
    """From here on only this user may read a file that is made."""
    former = os.umask(0o077)
    if not _former:
        _former.append(former)


def give_back() -> None:
    """Before this process becomes another program."""
    if _former:
        os.umask(_former.pop())


def as_the_user_has_it(program: str, arguments: list[str]) -> tuple[str, list[str]]:
    """How to start a program on POSIX with the umask that we were started with. Ours stays as it is meanwhile: other
    threads may be writing."""
    if not _former:
        return program, arguments
    return "/bin/sh", ["-c", 'umask "$0" && exec "$@"', f"{_former[0]:04o}", program, *arguments]
