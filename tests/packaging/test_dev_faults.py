"""The verb for the long suites: what they need is there, and what they came to is printed."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "packaging"))

import dev_verbs as verbs


def test_the_long_suites_end_with_a_table_of_their_figures(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[bool] = []

    def ran(arguments: list[str], **more: str) -> int:
        assert "faults_full" in arguments
        with Path(more["TANDEMBUCH_FIGURES"]).open("a", encoding="utf-8") as stream:
            stream.write('["kills", "lost 0"]\n["power", "' + "states 1, " * 20 + '"]\n')
        return 3

    monkeypatch.setattr(verbs, "set_up", lambda *, tests: asked.append(tests))
    monkeypatch.setattr(verbs, "_in_checkout", ran)
    assert verbs.faults([]) == 3
    assert asked == [True]
    lines = capsys.readouterr().out.splitlines()
    assert "kills  lost 0" in lines
    assert sum(line.startswith("power  ") for line in lines) == 1
    assert max(map(len, lines)) <= 90
