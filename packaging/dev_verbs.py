"""The verbs of dev.py."""

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from dev_environment import REPOSITORY, TEST_EXTRAS, VENV, marks_of, read_project, set_up, stamp, venv_python
from dev_machine import SetupError

__all__ = ["VERBS", "SetupError"]

CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ruff", ("-m", "ruff", "check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())")),
    ("translations", ("packaging/translations.py", "--check")),
)


def program_environment(given: Mapping[str, str]) -> dict[str, str]:
    """The environment in which the program is found in the checkout, whatever the working directory is.

    Without PYTHONSAFEPATH a folder named app or ui where the user stands would be run instead of ours.
    """
    path = os.pathsep.join(filter(None, (str(REPOSITORY), given.get("PYTHONPATH"))))
    return {**given, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


def become(command: list[str], environment: Mapping[str, str]) -> NoReturn:
    """Go on as this command, in the same process, so that signals and the exit code are the program's own."""
    sys.stdout.flush()
    os.execve(command[0], command, environment)


def run(arguments: Sequence[str]) -> int:
    """Start the program in place of this script; files named in the arguments are relative to the caller."""
    set_up(tests=False)
    command = [str(venv_python()), "-m", "ui", *arguments]
    environment = program_environment(os.environ)
    if sys.platform == "win32":
        return subprocess.run(command, env=environment, check=False).returncode
    become(command, environment)


def _in_checkout(arguments: Sequence[str], **more: str) -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY), **more}
    command = [str(venv_python()), *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, check=False).returncode


def heading(text: str) -> None:
    """A line that divides the output of one check from the next."""
    print(f"\n== {text} ".ljust(72, "="), flush=True)


def run_checks(
    checks: Sequence[tuple[str, Sequence[str]]], carry_out: Callable[[Sequence[str]], int]
) -> list[str]:
    """Carry out every check, also after one has failed; the result names the failed ones."""
    failed = []
    for name, arguments in checks:
        heading(name)
        if carry_out(arguments) != 0:
            failed.append(name)
    return failed


def test(arguments: Sequence[str]) -> int:
    """All checks; with arguments pytest alone. pytest comes last, so that its count closes the output."""
    set_up(tests=True)
    if arguments:
        return _in_checkout(["-m", "pytest", *arguments])
    failed = run_checks([*CHECKS, ("pytest", ("-m", "pytest", "-n", "2"))], _in_checkout)
    if failed:
        print(f"\nFailed: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0


def _alone(marker: str, folder: str) -> tuple[str, ...]:
    # Figures want a quiet machine and long suites want time: one process, fixed order, no time limit.
    return ("-m", "pytest", "-m", marker, folder, "-s", "-p", "no:randomly", "--timeout", "0")


def bench(arguments: Sequence[str]) -> int:
    """Measure and print."""
    set_up(tests=True)
    return _in_checkout([*_alone("bench", "tests/bench"), *arguments])


def faults(arguments: Sequence[str]) -> int:
    """The long suites of crash and damage; what they came to is printed as one table at the end."""
    set_up(tests=True)
    with TemporaryDirectory() as folder:
        figures = Path(folder) / "figures"
        figures.touch()
        code = _in_checkout([*_alone("faults_full", "tests/faults"), *arguments], TANDEMBUCH_FIGURES=str(figures))
        rows = [json.loads(line) for line in figures.read_text(encoding="utf-8").splitlines()]
    heading("what the suites came to")
    print(table(rows), flush=True)
    return code


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Names and figures in two columns, long figures in several lines."""
    width = max((len(name) for name, _ in rows), default=0)
    return "\n".join(
        f"{name if first else '':{width}}  {line}"
        for name, figures in rows
        for first, line in zip([True] + [False] * len(figures), textwrap.wrap(figures, 76), strict=False)
    )


def setup(arguments: Sequence[str]) -> int:
    """Only the set-up."""
    set_up(tests="--tests" in arguments)
    return 0


def lock(_arguments: Sequence[str]) -> int:
    """Install the pins without the old lock file and write down what they brought with them."""
    set_up(tests=True, locked=False)
    code = _in_checkout(["packaging/dev_lock.py", *TEST_EXTRAS])
    if code == 0:
        stamp(VENV, marks_of(read_project(), tests=True))
    return code


VERBS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "faults": faults,
    "setup": setup,
    "lock": lock,
}
