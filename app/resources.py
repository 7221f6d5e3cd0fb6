"""Finds the files of the resources package: the same from a checkout, a wheel and a bundle."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def _root() -> Path:
    return Path(str(files("resources")))


def resource(*parts: str) -> Path:
    """The path of a bundled file, e.g. ``resource("icons", "users.svg")``; FileNotFoundError where there is none."""
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError("/".join(parts))
    return path
