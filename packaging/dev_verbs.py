"""The verbs of dev.py."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
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


def _in_checkout(arguments: Sequence[str]) -> int:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(REPOSITORY)}
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


def _long(marker: str, folder: str) -> Callable[[Sequence[str]], int]:
    def verb(arguments: Sequence[str]) -> int:
        set_up(tests=True)
        # Figures want a quiet machine and long suites want time: one process, fixed order, no time limit.
        fixed = ("-m", marker, folder, "-s", "-p", "no:randomly", "--timeout", "0")
        return _in_checkout(["-m", "pytest", *fixed, *arguments])

    return verb


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
    "bench": _long("bench", "tests/bench"),
    "faults": _long("faults_full", "tests/faults"),
    "setup": setup,
    "lock": lock,
}
