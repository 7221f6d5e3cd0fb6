"""One command for everything a checkout needs: sets itself up, then runs or tests the program.

    python3 packaging/dev.py run [-- ARGS]     start Tandembuch; ARGS go to the program, e.g. -- --demo
    python3 packaging/dev.py test [ARGS]       linters, types, imports, translations, tests; ARGS go to pytest alone
    python3 packaging/dev.py bench [ARGS]      measure and print figures
    python3 packaging/dev.py faults [ARGS]     the long crash and damage suites, and a table of their figures
    python3 packaging/dev.py setup [--tests]   only set up; with --tests also what the tests need
    python3 packaging/dev.py lock              install the pins afresh and write packaging/lock.txt

On Windows: py packaging\\dev.py ...
Set-up makes .venv, installs what pyproject.toml pins, and on Debian and Ubuntu (as root or with a password-less
sudo) also the system's packages; elsewhere it prints the one line to run. A second start skips all that.
"""

# This file has to be readable for a Python that is too old, so that it can say so: the rest is imported in main().
from __future__ import annotations

import sys

LOWEST = (3, 11)
BEYOND = (3, 15)


def refusal(version: tuple[int, int]) -> str | None:
    """The sentence for a Python that cannot run the program; None if this one can."""
    if LOWEST <= version < BEYOND:
        return None
    return (
        "Tandembuch needs Python {}.{} to {}.{}, and this is Python {}.{}. "
        "Install one of those and start this command with it, for example: python3.{} packaging/dev.py run"
    ).format(*LOWEST, BEYOND[0], BEYOND[1] - 1, *version, BEYOND[1] - 2)


def told(text: str) -> int:
    """Prints it, also where whoever reads has seen enough ("| head -1"); 0."""
    try:
        print(text, flush=True)
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the end of Python flushes once more
    return 0


def main(arguments: list[str]) -> int:
    """Carry out one verb; the result is the exit code (2: the machine lacks something, said in a sentence)."""
    refused = refusal((sys.version_info[0], sys.version_info[1]))
    if refused:
        print(refused, file=sys.stderr)
        return 2
    from dev_verbs import VERBS, SetupError

    if not arguments or arguments[0] in ("-h", "--help", "help"):
        return told(str(__doc__))
    verb, rest = arguments[0], arguments[1:]
    if verb not in VERBS:
        print(f"There is no verb {verb!r}. Choose from: {', '.join(VERBS)}; see --help.", file=sys.stderr)
        return 2
    try:
        return VERBS[verb](rest[1:] if rest[:1] == ["--"] else rest)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
