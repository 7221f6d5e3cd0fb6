"""In which order the code of pages is loaded, module by module, so that no step takes long.

Qt's types are made when they are first asked for, and that must not happen in two threads at once: it has ended the
program. So another thread may read what is to be loaded, and load what has no Qt; the window loads the rest itself.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path

import app
import ui

ROOTS = {"app": Path(app.__path__[0]), "ui": Path(ui.__path__[0])}


def in_order(names: Iterable[str], go_on: Callable[[], bool] = lambda: True) -> list[str]:
    """What is not loaded yet of the modules and of all that they need when they are: each after what it needs.

    Reads their sources and loads nothing. Where there are none, as in a bundle, the modules themselves are the order.
    """
    seen: set[str] = set()
    order: list[str] = []

    def follow(name: str) -> None:
        if name in seen or name in sys.modules or not go_on():
            return
        seen.add(name)
        for needed in _needed(name):
            follow(needed)
        order.append(name)

    for name in names:
        follow(name)
    return order


def has_no_qt(name: str) -> bool:
    """Whether another thread may load it."""
    return name.split(".")[0] == "app"


def load(name: str) -> None:
    import_module(name)


def _needed(name: str) -> Iterator[str]:
    """The modules of the program that one imports when it is loaded; imports inside functions wait for their use."""
    source = _source(name)
    if source is None:
        return
    for statement in ast.parse(source.read_text("utf-8")).body:
        if isinstance(statement, ast.Import):
            yield from (one.name for one in statement.names if _source(one.name) is not None)
        elif isinstance(statement, ast.ImportFrom) and statement.module and _source(statement.module) is not None:
            yield statement.module
            inside = (f"{statement.module}.{one.name}" for one in statement.names)
            yield from (one for one in inside if _source(one) is not None)


def _source(name: str) -> Path | None:
    """Where a module of the program is written; None for others."""
    root, *rest = name.split(".")
    if root not in ROOTS:
        return None
    place = ROOTS[root].joinpath(*rest)
    package = place / "__init__.py"
    written = package if package.is_file() else place.with_name(f"{place.name}.py")
    return written if written.is_file() else None
