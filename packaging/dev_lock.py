"""Writes lock.txt: the exact versions of the pinned libraries and of all they need. Runs in .venv (dev.py lock)."""

import sys
from collections.abc import Iterable
from importlib import metadata

from dev_environment import LOCK, read_project, requirements
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def closure(wanted: Iterable[str]) -> dict[str, str]:
    """Versions by name of the wanted libraries and of everything they need on this machine."""
    versions: dict[str, str] = {}
    visited: set[tuple[str, str]] = set()
    waiting = [Requirement(line) for line in wanted]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        for extra in ("", *requirement.extras):
            if (name, extra) in visited:
                continue
            visited.add((name, extra))
            distribution = metadata.distribution(name)
            versions[name] = distribution.version
            needed = (Requirement(line) for line in distribution.requires or ())
            waiting += [one for one in needed if one.marker is None or one.marker.evaluate({"extra": extra})]
    return versions


def main(extras: Iterable[str]) -> int:
    """Write the lock file for the project with these extras."""
    versions = closure(requirements(read_project(), extras))
    lines = sorted(f"{name}=={version}\n" for name, version in versions.items())
    LOCK.write_text("".join(lines), "utf-8", newline="\n")
    print(f"{LOCK.name}: {len(versions)} versions")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
