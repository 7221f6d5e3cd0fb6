"""The set-up script, piece by piece: nothing here installs anything or asks the network."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "packaging"))

import dev  # noqa: E402
import dev_environment as environment  # noqa: E402
import dev_machine as machine  # noqa: E402
import dev_verbs as verbs  # noqa: E402

INVENTED = machine.Need(
    what="libtandembuch-invented.so.9",
    packages=("invented9", "invented9t64"),
    present=lambda: machine.loads("libtandembuch-invented.so.9"),
)


# Python itself


@pytest.mark.parametrize("version", [(3, 11), (3, 14)])
def test_a_fitting_python_is_not_refused(version: tuple[int, int]) -> None:
    assert dev.refusal(version) is None


@pytest.mark.parametrize("version", [(3, 9), (3, 10), (3, 15), (4, 0)])
def test_another_python_is_told_which_ones_fit(version: tuple[int, int]) -> None:
    sentence = dev.refusal(version)
    assert sentence is not None
    assert "Python 3.11 to 3.14" in sentence
    assert "this is Python {}.{}".format(*version) in sentence


def test_the_script_and_the_project_ask_for_the_same_pythons() -> None:
    wanted = f">={dev.LOWEST[0]}.{dev.LOWEST[1]},<{dev.BEYOND[0]}.{dev.BEYOND[1]}"
    assert environment.read_project()["requires-python"] == wanted


def test_the_first_file_can_be_read_by_an_old_python() -> None:
    source = (REPOSITORY / "packaging" / "dev.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 7))
    top_level = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {alias.name for node in top_level if isinstance(node, ast.Import) for alias in node.names}
    assert names == {"sys"}


# The command line


def test_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for verb in verbs.VERBS:
        assert f"dev.py {verb}" in shown


@pytest.mark.skipif(os.name != "posix", reason="a pipe without a reader is told otherwise elsewhere")
def test_help_goes_into_a_pipe_that_nobody_reads() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, str(REPOSITORY / "packaging" / "dev.py"), "--help"]
    ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_an_unknown_verb_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["rnu"]) == 2
    assert "run, test, bench" in capsys.readouterr().err


@pytest.mark.parametrize("given", [["run", "--", "--demo", "a.tandembuch"], ["run", "--demo", "a.tandembuch"]])
def test_arguments_reach_the_program(given: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[str]] = []

    def note(arguments: list[str]) -> int:
        seen.append(list(arguments))
        return 7

    monkeypatch.setitem(verbs.VERBS, "run", note)
    assert dev.main(given) == 7
    assert seen == [["--demo", "a.tandembuch"]]


def test_what_the_machine_lacks_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_arguments: object) -> int:
        raise machine.SetupError("This machine lacks a thing.")

    monkeypatch.setitem(verbs.VERBS, "run", stop)
    assert dev.main(["run"]) == 2
    assert capsys.readouterr().err == "\nThis machine lacks a thing.\n"


def test_the_program_is_the_checkouts_wherever_it_is_started_from(tmp_path: Path) -> None:
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "__init__.py").write_text("raise SystemExit('the wrong ui')")
    asked = "import os, ui; print(ui.__file__); print(os.getcwd())"
    answer = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=tmp_path,
        env=verbs.program_environment({**os.environ, "PYTHONPATH": str(tmp_path)}),
        capture_output=True,
        text=True,
        check=False,
    )
    found, working_directory = answer.stdout.splitlines()
    assert Path(found).is_relative_to(REPOSITORY)
    assert Path(working_directory) == tmp_path


# The machine


def test_the_probe_sees_what_is_there_and_what_is_not() -> None:
    there = machine.Need(what="libc", packages=("libc6",), present=lambda: True)
    assert machine.missing([there, INVENTED]) == [INVENTED]


@pytest.mark.skipif(sys.platform != "linux", reason="shared libraries are probed on Linux alone")
def test_the_probe_finds_the_c_library() -> None:
    assert machine.loads("libc.so.6")


def test_the_first_available_package_is_chosen_and_each_only_once() -> None:
    twice = [INVENTED, INVENTED]
    assert machine.plan(twice, {"invented9t64"}.__contains__) == ["invented9t64"]
    assert machine.plan(twice, {"invented9t64", "invented9"}.__contains__) == ["invented9"]
    assert machine.plan(twice, lambda _name: False) == ["invented9"]


def test_a_name_without_a_candidate_is_not_available() -> None:
    policy = (
        "libglib2.0-0:\n  Installed: (none)\n  Candidate: (none)\n  Version table:\n"
        "libglib2.0-0t64:\n  Installed: (none)\n  Candidate: 2.84.4-3\n  Version table:\n     2.84.4-3 500\n"
    )
    assert machine.candidates(policy) == {"libglib2.0-0t64"}


def lacking_apt(monkeypatch: pytest.MonkeyPatch, commands: set[str]) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}" if name in commands else None)


def test_without_root_and_sudo_there_is_one_line_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking_apt(monkeypatch, {"apt-get", "apt-cache"})
    monkeypatch.setattr(machine, "rights", lambda: None)
    monkeypatch.setattr(machine, "_known_to_apt", lambda _needs: {"invented9t64"})
    with pytest.raises(machine.SetupError) as caught:
        machine.provide([INVENTED])
    assert caught.value.code == 2
    line = str(caught.value).splitlines()[-1].strip()
    assert line == "sudo apt-get update && sudo apt-get install -y --no-install-recommends invented9t64"
    assert "libtandembuch-invented.so.9" in str(caught.value)


def test_another_linux_gets_its_own_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking_apt(monkeypatch, {"dnf"})
    with pytest.raises(machine.SetupError, match=r"sudo dnf install 'libtandembuch-invented\.so\.9\(\)\(64bit\)'"):
        machine.provide([INVENTED])
    lacking_apt(monkeypatch, set())
    with pytest.raises(machine.SetupError, match="Install the packages of your system"):
        machine.provide([INVENTED])


@pytest.mark.skipif(sys.platform == "win32", reason="there is no root on Windows")
def test_root_needs_no_sudo_and_others_only_one_without_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert machine.rights() == []
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    lacking_apt(monkeypatch, set())
    assert machine.rights() is None
    lacking_apt(monkeypatch, {"sudo"})
    for code, expected in ((0, ["sudo", "-n"]), (1, None)):
        done = subprocess.CompletedProcess[str]([], code, "", "")
        monkeypatch.setattr("subprocess.run", lambda *_a, done=done, **_k: done)
        assert machine.rights() == expected


class Apt:
    """Stands for apt on a machine without package lists: knows names only after an update."""

    def __init__(self, *, stale: bool) -> None:
        self.updated = stale
        self.stale = stale
        self.calls: list[str] = []

    def known(self, _needs: object) -> set[str]:
        return {"invented9t64"} if self.updated else set()

    def __call__(self, _root: object, *arguments: str) -> subprocess.CompletedProcess[str]:
        self.calls.append(" ".join(arguments))
        failed = arguments[0] == "install" and self.stale
        if arguments[0] == "update":
            self.updated, self.stale = True, False
        return subprocess.CompletedProcess([], 100 if failed else 0, f"{arguments[0]} spoke\n", "")


@pytest.mark.parametrize("stale", [False, True])
def test_package_lists_are_fetched_only_where_needed(stale: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = Apt(stale=stale)
    monkeypatch.setattr(machine, "_apt", apt)
    monkeypatch.setattr(machine, "_known_to_apt", apt.known)
    machine.install([INVENTED], [])
    install = "install -y --no-install-recommends invented9t64"
    assert apt.calls == ([install, "update", install] if stale else ["update", install])


def test_a_package_that_brings_nothing_is_reported_with_apts_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lacking_apt(monkeypatch, {"apt-get", "apt-cache"})
    monkeypatch.setattr(machine, "rights", list)
    monkeypatch.setattr(machine, "install", lambda *_: "E: no such thing")
    with pytest.raises(machine.SetupError, match=r"did not bring libtandembuch-invented\.so\.9"):
        machine.provide([INVENTED])
    assert "E: no such thing" in capsys.readouterr().out
    machine.offer([INVENTED])
    assert "skip themselves" in capsys.readouterr().out


# The checks


def test_all_checks_are_carried_out_and_the_failed_ones_named(capsys: pytest.CaptureFixture[str]) -> None:
    codes = {"good": 0, "bad": 1, "worse": 3}
    failed = verbs.run_checks([(name, (name,)) for name in codes], lambda arguments: codes[arguments[0]])
    assert failed == ["bad", "worse"]
    headings = re.findall(r"^== (\w+) =+$", capsys.readouterr().out, re.MULTILINE)
    assert headings == list(codes)


def test_arguments_go_to_pytest_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[list[str]] = []

    def note(arguments: list[str]) -> int:
        called.append(list(arguments))
        return 0

    monkeypatch.setattr(verbs, "set_up", lambda **_asked: None)
    monkeypatch.setattr(verbs, "_in_checkout", note)
    assert verbs.test(["tests/app", "-x"]) == 0
    assert called == [["-m", "pytest", "tests/app", "-x"]]
    called.clear()
    assert verbs.test([]) == 0
    assert called[-1] == ["-m", "pytest", "-n", "2"]
    assert len(called) == 1 + len(verbs.CHECKS)
