"""Finds the files of the resources package: the same from a checkout, a wheel and a bundle."""

from __future__ import annotations

from pathlib import Path

import resources

_ROOT = Path(resources.__file__).parent


def resource(*parts: str) -> Path:
    """The path of a bundled file, e.g. ``resource("icons", "users.svg")``; FileNotFoundError where there is none."""
    path = _ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError("/".join(parts))
    return path
