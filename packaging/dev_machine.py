"""What the program and its tests need from the system, and how Debian and Ubuntu get it."""

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


class SetupError(Exception):
    """Set-up cannot go on; the text is the sentence to print, the code the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing the system must hold: a test for it, and Debian's packages for it (the first that exists)."""

    what: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def loads(library: str) -> bool:
    """Whether the dynamic linker finds the shared library of this name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _library(name: str, *packages: str) -> Need:
    return Need(what=name, packages=packages, present=lambda: loads(name))


def _command(name: str, package: str) -> Need:
    return Need(what=name, packages=(package,), present=lambda: shutil.which(name) is not None)


def _file(what: str, package: str, *patterns: str) -> Need:
    def present() -> bool:
        return any(True for pattern in patterns for _ in Path("/usr").glob(pattern))

    return Need(what=what, packages=(package,), present=present)


# The libraries outside the wheel that Qt Core, Gui, Widgets, DBus, Pdf and the platforms xcb, wayland and offscreen
# are linked to (seen with ldd). A missing one ends in a start without a window and without a useful message.
QT_LIBRARIES: tuple[Need, ...] = (
    _library("libstdc++.so.6", "libstdc++6"),
    _library("libz.so.1", "zlib1g"),
    _library("libzstd.so.1", "libzstd1"),
    _library("libbrotlidec.so.1", "libbrotli1"),
    _library("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
    _library("libglib-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
    _library("libgthread-2.0.so.0", "libglib2.0-0", "libglib2.0-0t64"),
    _library("libdbus-1.so.3", "libdbus-1-3"),
    _library("libfontconfig.so.1", "libfontconfig1"),
    _library("libfreetype.so.6", "libfreetype6"),
    _library("libEGL.so.1", "libegl1"),
    _library("libGL.so.1", "libgl1"),
    _library("libX11.so.6", "libx11-6"),
    _library("libX11-xcb.so.1", "libx11-xcb1"),
    _library("libxkbcommon.so.0", "libxkbcommon0"),
    _library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    _library("libxcb.so.1", "libxcb1"),
    _library("libxcb-cursor.so.0", "libxcb-cursor0"),
    _library("libxcb-glx.so.0", "libxcb-glx0"),
    _library("libxcb-icccm.so.4", "libxcb-icccm4"),
    _library("libxcb-image.so.0", "libxcb-image0"),
    _library("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    _library("libxcb-randr.so.0", "libxcb-randr0"),
    _library("libxcb-render.so.0", "libxcb-render0"),
    _library("libxcb-render-util.so.0", "libxcb-render-util0"),
    _library("libxcb-shape.so.0", "libxcb-shape0"),
    _library("libxcb-shm.so.0", "libxcb-shm0"),
    _library("libxcb-sync.so.1", "libxcb-sync1"),
    _library("libxcb-util.so.1", "libxcb-util1"),
    _library("libxcb-xfixes.so.0", "libxcb-xfixes0"),
    _library("libxcb-xkb.so.1", "libxcb-xkb1"),
    _library("libwayland-client.so.0", "libwayland-client0"),
    _library("libwayland-cursor.so.0", "libwayland-cursor0"),
)

# Tools the tests hold the program's work against. A test whose tool is missing skips itself and says why.
TEST_TOOLS: tuple[Need, ...] = (
    _command("pdftoppm", "poppler-utils"),
    _command("pdftotext", "poppler-utils"),
    _command("qpdf", "qpdf"),
    _command("strace", "strace"),  # records a session, for what failing power may leave of it
    _command("Xvfb", "xvfb"),
    _command("openbox", "openbox"),
    _command("dbus-daemon", "dbus-daemon"),
    _command("xdotool", "xdotool"),
    _command("import", "imagemagick"),
    _file("at-spi-bus-launcher", "at-spi2-core", "libexec/at-spi-bus-launcher", "lib/at-spi2-core/at-spi-bus-launcher"),
    _file("the Python module gi", "python3-gi", "lib/python3/dist-packages/gi/__init__.py"),
    _file("Atspi-2.0.typelib", "gir1.2-atspi-2.0", "lib/*/girepository-1.0/Atspi-2.0.typelib"),
)


def _has_ensurepip() -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec("ensurepip") is not None


VENV_MODULE = Need(
    what="Python's ensurepip",
    packages=(f"python3.{sys.version_info[1]}-venv", "python3-venv"),
    present=_has_ensurepip,
)


def missing(needs: Iterable[Need]) -> list[Need]:
    """The needs that this machine does not meet."""
    return [need for need in needs if not need.present()]


def plan(needs: Iterable[Need], available: Callable[[str], bool]) -> list[str]:
    """Debian's packages for the needs, each once: the first available of each, or its first if none is."""
    chosen = (next(filter(available, need.packages), need.packages[0]) for need in needs)
    return list(dict.fromkeys(chosen))


def candidates(policy: str) -> set[str]:
    """The packages that can be installed, from the (untranslated) output of apt-cache policy."""
    found, name = set(), ""
    for line in policy.splitlines():
        if line and not line[0].isspace():
            name = line.rstrip(":")
        elif line.strip().startswith("Candidate:") and "(none)" not in line:
            found.add(name)
    return found


def _known_to_apt(needs: Iterable[Need]) -> set[str]:
    names = [name for need in needs for name in need.packages]
    answer = subprocess.run(
        ["apt-cache", "policy", *names],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
        check=False,
    )
    return candidates(answer.stdout)


def rights() -> list[str] | None:
    """How to call something as root: by itself, through sudo, or not at all (None)."""
    if sys.platform != "win32" and os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def advice(needs: Sequence[Need], packages: Sequence[str], *, apt: bool) -> str:
    """What to tell somebody on whose machine nothing can be installed from here: one line to run."""
    names = [need.what for need in needs]
    lacking = ", ".join(names)
    if apt:
        few = lacking if len(names) <= 5 else f"{', '.join(names[:4])} and {len(names) - 4} more"
        return f"This machine lacks {few}. Run this line, then the same command again:\n" + (
            f"  sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
        )
    if all(".so." in need.what for need in needs) and (tool := shutil.which("dnf") or shutil.which("zypper")):
        wanted = " ".join(f"'{need.what}()(64bit)'" for need in needs)
        return f"This machine lacks {lacking}. Run this line, then the same command again:\n" + (
            f"  sudo {Path(tool).name} install {wanted}"
        )
    return (
        f"This machine lacks {lacking}. Install the packages of your system that hold them "
        f"(on Debian: {' '.join(packages)}), then run the same command again."
    )


def _apt(root: Sequence[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "-q", *arguments]
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def install(needs: Sequence[Need], root: Sequence[str]) -> str:
    """Install Debian's packages for the needs; the result is apt-get's output, for the case that one is still missing.

    The package lists are fetched only where they are needed: on a machine without any, or with stale ones.
    """
    printed = ""
    known = _known_to_apt(needs)
    fresh = False
    if not all(known.intersection(need.packages) for need in needs):
        print("Fetching Debian's package lists ...", flush=True)
        printed = _apt(root, "update").stdout
        known = _known_to_apt(needs)
        fresh = True
    packages = plan(needs, known.__contains__)
    print(f"Installing Debian packages: {' '.join(packages)}", flush=True)
    done = _apt(root, "install", "-y", "--no-install-recommends", *packages)
    printed += done.stdout
    if done.returncode != 0 and not fresh:
        print("Fetching Debian's package lists and trying once more ...", flush=True)
        printed += _apt(root, "update").stdout
        printed += _apt(root, "install", "-y", "--no-install-recommends", *packages).stdout
    return printed


def provide(needs: Iterable[Need]) -> None:
    """Make the machine meet the needs, or raise SetupError with the sentence that says what to do."""
    lacking = missing(needs)
    if not lacking:
        return
    apt = shutil.which("apt-get") is not None and shutil.which("apt-cache") is not None
    root = rights() if apt else None
    if root is None:
        known = _known_to_apt(lacking) if apt else set()
        raise SetupError(advice(lacking, plan(lacking, known.__contains__), apt=apt))
    printed = install(lacking, root)
    lacking = missing(lacking)
    if lacking:
        print(printed, flush=True)
        names = ", ".join(need.what for need in lacking)
        raise SetupError(f"Installing Debian's packages did not bring {names}; apt-get's own words are above.")


def offer(needs: Iterable[Need]) -> None:
    """Like provide, for things that may be missing: prints a note instead of stopping."""
    lacking = missing(needs)
    try:
        provide(lacking)
    except SetupError as error:
        print(f"Note: tests that need something this machine lacks skip themselves. {error}", flush=True)
