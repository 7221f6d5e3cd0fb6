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
LOCK_LINE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][0-9a-z.+!]*")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


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


# The environment


def test_requirements_are_the_pins_and_those_of_the_extras() -> None:
    project = {"dependencies": ["a==1"], "optional-dependencies": {"dev": ["b==2"], "oracles": ["c==3"]}}
    assert environment.requirements(project) == ["a==1"]
    assert environment.requirements(project, ("dev", "oracles")) == ["a==1", "b==2", "c==3"]


def test_the_projects_requirements_are_exact() -> None:
    for line in environment.requirements(environment.read_project(), environment.TEST_EXTRAS):
        assert re.fullmatch(r"[A-Za-z0-9_.-]+==[0-9][0-9a-z.]*", line), line


def test_a_fingerprint_stands_for_pins_lock_and_python() -> None:
    first = environment.fingerprint(["a==1", "b==2"], "a==1\n", (3, 11))
    assert first == environment.fingerprint(["b==2", "a==1"], "a==1\n", (3, 11))
    others = {
        environment.fingerprint(["a==1"], "a==1\n", (3, 11)),
        environment.fingerprint(["a==1", "b==2"], "a==2\n", (3, 11)),
        environment.fingerprint(["a==1", "b==2"], "a==1\n", (3, 12)),
    }
    assert len(others | {first}) == 4


def test_the_tests_set_up_is_good_for_a_run_but_not_the_other_way_round() -> None:
    project = environment.read_project()
    for_run, for_tests = environment.marks_of(project, tests=False), environment.marks_of(project, tests=True)
    assert for_run[-1] in for_tests
    assert for_tests[-1] not in for_run


@pytest.mark.parametrize("text", [None, "", "{", "[1]", '{"run": "x"}'])
def test_an_unreadable_stamp_counts_as_none(text: str | None, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "setup.json").write_text(text)
    assert environment.stamped(tmp_path) == []


class Steps:
    """Records what a set-up does in an environment of its own, instead of doing it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[str] = []
        monkeypatch.setattr(environment, "VENV", folder)
        monkeypatch.setattr(environment, "venv_python", lambda: Path(sys.executable))
        monkeypatch.setattr(environment, "provide", lambda _needs: None)
        monkeypatch.setattr(environment, "offer", lambda _needs: None)
        monkeypatch.setattr(environment, "make_venv", lambda: self.seen.append("venv"))
        monkeypatch.setattr(environment, "pip_install", self.pip_install)

    def pip_install(self, wanted: list[str], *, locked: bool) -> None:
        self.seen.append(f"{'scipy' in str(wanted)} {locked}")

    def taken(self) -> list[str]:
        seen, self.seen = self.seen, []
        return seen


def test_a_complete_set_up_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(tmp_path, monkeypatch)
    environment.set_up(tests=False)
    assert steps.taken() == ["venv", "False True"]
    environment.set_up(tests=False)
    assert steps.taken() == []
    environment.set_up(tests=True)
    assert steps.taken() == ["venv", "True True"]
    environment.set_up(tests=True)
    environment.set_up(tests=False)
    assert steps.taken() == []


def test_a_set_up_that_broke_off_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(tmp_path, monkeypatch)

    def fail(_wanted: list[str], *, locked: bool) -> None:
        raise machine.SetupError(f"no connection {locked}", code=1)

    with monkeypatch.context() as broken:
        broken.setattr(environment, "pip_install", fail)
        with pytest.raises(machine.SetupError):
            environment.set_up(tests=False)
    steps.taken()
    environment.set_up(tests=False)
    assert steps.taken() == ["venv", "False True"]


def test_locking_leaves_the_old_lock_file_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = Steps(tmp_path, monkeypatch)
    environment.set_up(tests=True)
    steps.taken()
    environment.set_up(tests=True, locked=False)
    assert steps.taken() == ["venv", "True False"]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for pip is a shell script")
def test_pip_is_quiet_while_things_go_well_and_complete_when_they_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = tmp_path / "python"
    fake.write_text("#!/bin/sh\necho 'Collecting a==1'\necho 'WARNING: odd'\nexit $CODE\n")
    fake.chmod(0o755)
    monkeypatch.setattr(environment, "venv_python", lambda _venv: fake)
    monkeypatch.setenv("CODE", "0")
    environment.pip_install(["a==1"], locked=True)
    assert capsys.readouterr().out.splitlines()[1:] == ["  a==1"]
    monkeypatch.setenv("CODE", "1")
    with pytest.raises(machine.SetupError, match="pip's own words are above") as caught:
        environment.pip_install(["a==1"], locked=True)
    assert caught.value.code == 1
    assert "WARNING: odd" in capsys.readouterr().out


def test_an_environment_of_another_python_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[list[str]] = []

    def note(command: list[str], **_given: object) -> subprocess.CompletedProcess[str]:
        made.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, "3 8\n", "")

    monkeypatch.setattr("subprocess.run", note)
    environment.make_venv(tmp_path)
    assert made[-1][1:] == ["-m", "venv", "--clear", str(tmp_path)]
    monkeypatch.undo()
    assert environment._is_sound(Path(sys.executable))
    assert not environment._is_sound(tmp_path / "bin" / "python")


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


# The lock file


def test_the_lock_file_holds_versions_and_nothing_else() -> None:
    lines = environment.LOCK.read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    for line in lines:
        assert LOCK_LINE.fullmatch(line), line


def test_the_lock_file_agrees_with_every_pin() -> None:
    locked = set(environment.LOCK.read_text("utf-8").split())
    for line in environment.requirements(environment.read_project(), environment.TEST_EXTRAS):
        name, version = line.split("==")
        assert f"{canonical(name)}=={version}" in locked, "run: python3 packaging/dev.py lock"


def test_a_stamp_is_what_was_stamped(tmp_path: Path) -> None:
    environment.stamp(tmp_path, ["x", "y"])
    assert environment.stamped(tmp_path) == ["x", "y"]
