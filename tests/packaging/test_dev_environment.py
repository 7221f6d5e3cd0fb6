"""The environment of the set-up script and its lock file: nothing here installs anything or asks the network."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "packaging"))

import dev_environment as environment  # noqa: E402
import dev_machine as machine  # noqa: E402

LOCK_LINE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*==[0-9][0-9a-z.+!]*")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


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
