"""The checkout's own Python environment in .venv: made, filled with the pinned libraries, remembered."""

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dev_machine import QT_LIBRARIES, TEST_TOOLS, VENV_MODULE, Need, SetupError, offer, provide

REPOSITORY = Path(__file__).resolve().parent.parent
VENV = REPOSITORY / ".venv"
LOCK = REPOSITORY / "packaging" / "lock.txt"
TEST_EXTRAS = ("dev", "oracles")
SETTINGS_THAT_MISLEAD_PIP = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PYTHONPATH", "PYTHONHOME")


def venv_python(venv: Path = VENV) -> Path:
    """Where the environment's Python is (or will be)."""
    return venv / "Scripts" / "python.exe" if sys.platform == "win32" else venv / "bin" / "python"


def read_project(repository: Path = REPOSITORY) -> dict[str, Any]:
    """The [project] table of pyproject.toml."""
    with (repository / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


def requirements(project: dict[str, Any], extras: Iterable[str] = ()) -> list[str]:
    """The pinned requirements of the project, with those of the extras behind them."""
    groups = project.get("optional-dependencies", {})
    return [*project["dependencies"], *(line for extra in extras for line in groups[extra])]


def fingerprint(wanted: Sequence[str], lock: str, python: tuple[int, int]) -> str:
    """Stands for one set-up: changes with any pin, with the lock file and with Python's minor version."""
    return hashlib.sha256(json.dumps([sorted(wanted), lock, python]).encode()).hexdigest()


def stamped(venv: Path) -> list[str]:
    """The fingerprints of what was completely set up in this environment; none if that cannot be read."""
    try:
        marks = json.loads((venv / "setup.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [mark for mark in marks if isinstance(mark, str)] if isinstance(marks, list) else []


def stamp(venv: Path, marks: Sequence[str]) -> None:
    """Remember that these set-ups are complete."""
    (venv / "setup.json").write_text(json.dumps(list(marks)), "utf-8")


def marks_of(project: dict[str, Any], *, tests: bool) -> list[str]:
    """The fingerprints that hold once a set-up is complete: the run's, and with tests the tests' as well."""
    lock = LOCK.read_text("utf-8") if LOCK.exists() else ""
    python = (sys.version_info[0], sys.version_info[1])
    kinds: list[tuple[str, ...]] = [(), TEST_EXTRAS] if tests else [()]
    return [fingerprint(requirements(project, extras), lock, python) for extras in kinds]


def _clean_environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in SETTINGS_THAT_MISLEAD_PIP}


def _is_sound(python: Path) -> bool:
    """Whether this Python starts, has pip, and is of the version that runs this script."""
    asked = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [python, "-I", "-c", asked], capture_output=True, text=True, check=False, env=_clean_environment()
        )
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def make_venv(venv: Path = VENV) -> None:
    """Make the environment, or make it anew where it is left half-made or belongs to another Python."""
    if _is_sound(venv_python(venv)):
        return
    print(f"Making {venv.name} with Python {sys.version_info[0]}.{sys.version_info[1]} ...", flush=True)
    base = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run(
        [base, "-m", "venv", "--clear", str(venv)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env=_clean_environment(),
    )
    if done.returncode != 0:
        print(done.stdout, flush=True)
        raise SetupError(f"{venv} could not be made; Python's own words are above.", code=1)


def progress(line: str) -> str | None:
    """What to show of a line of pip's output; None if it is of no interest while things go well."""
    words = line.split()
    if line.startswith("Collecting ") and len(words) > 1:
        return f"  {words[1]}"
    if line.startswith("Installing collected packages"):
        return "  unpacking ..."
    return None


def pip_install(wanted: Sequence[str], *, locked: bool, venv: Path = VENV) -> None:
    """Install the requirements, with the lock file's versions for everything they need in turn."""
    command = [str(venv_python(venv)), "-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--progress-bar", "off", *(["-c", str(LOCK)] if locked else []), *wanted]
    print(f"Installing {len(wanted)} libraries and what they need (this takes a minute the first time) ...", flush=True)
    printed: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env=_clean_environment(),
    ) as pip:
        assert pip.stdout is not None
        for line in pip.stdout:
            printed.append(line)
            shown = progress(line)
            if shown:
                print(shown, flush=True)
    if pip.returncode != 0:
        print("".join(printed), flush=True)
        raise SetupError(
            "The libraries could not be installed; pip's own words are above. Most often the package index cannot "
            "be reached, or the disk is full. Run the same command again once that is mended.",
            code=1,
        )


def system_needs() -> tuple[Need, ...]:
    """What the system must hold before the program can start; nothing where the wheels bring it all."""
    return QT_LIBRARIES if sys.platform == "linux" else ()


def set_up(*, tests: bool, locked: bool = True) -> None:
    """Bring the checkout to where the program runs, with `tests` to where its tests run. Quick if it is there."""
    wanted = requirements(read_project(), TEST_EXTRAS if tests else ())
    marks = marks_of(read_project(), tests=tests)
    complete = locked and marks[-1] in stamped(VENV) and venv_python().exists()
    # The libraries are looked at every time: it costs 50 ms, and .venv may have come from another machine.
    provide(system_needs() if complete else (*system_needs(), VENV_MODULE))
    if tests and sys.platform == "linux":
        offer(TEST_TOOLS)
    if complete:
        return
    make_venv()
    pip_install(wanted, locked=locked and LOCK.exists())
    stamp(VENV, marks)
    print("Set-up is complete.", flush=True)
