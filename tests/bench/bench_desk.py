"""The pairing desk at the demo's size, all of it still to be paired: from a change to the painted plan.

python -m pytest tests/bench/bench_desk.py -m bench -s
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.programmes import Criterion
from app.places import places
from app.services import demo, drafts, tandems
from app.settings import Settings
from app.store import tandems as stored
from app.store.vault import Vault
from ui import theme
from ui.desk import Desk
from ui.pages.pairing import PairingPage
from ui.parts.pairing_switch import MAP, PLAN

pytestmark = [pytest.mark.bench, pytest.mark.timeout(600)]
FRAME_MS, STILL_MS = 1000 / 60, 50
TURNS = 40


def milliseconds(work: Callable[[int], object]) -> tuple[list[float], list[float]]:
    """How long each of so many turns takes until the window is painted: on the clock, and of the processor.

    The second is what a machine without other work would show.
    """
    clock, processor = [], []
    for turn in range(TURNS):
        start, spent = time.perf_counter(), time.thread_time()
        work(turn)
        QApplication.processEvents()
        clock.append((time.perf_counter() - start) * 1000)
        processor.append((time.thread_time() - spent) * 1000)
    return sorted(clock), sorted(processor)


def test_a_change_is_seen_within_a_frame(qtbot: QtBot, vault: Vault, home: Path, qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    with vault.change("demo.fill", undoable=False) as change:
        programme = demo.fill(change, date(2026, 11, 22))
    with vault.change("tandems.remove", undoable=False) as change:
        tandems.remove(change, [one.id for one in stored.of_programme(vault, programme)])
    desk = Desk(vault, places(home), Settings())
    page = PairingPage(desk)
    qtbot.addWidget(page)
    desk.changed.connect(lambda _: page.refresh())
    page.resize(1068, 760)
    page.show()
    page.ensure_fresh()
    qtbot.waitUntil(lambda: page.outcome is not None and not page.work.looking, timeout=20_000)
    assert page.outcome is not None
    pairs = [one.ids for one in page.outcome.plan.pairs]
    assert len(pairs) >= 34
    page.weights_button.setChecked(True)
    slider = page.weights.slider(Criterion.SKILLS)
    told = {}
    told["a weight moves"] = milliseconds(lambda turn: slider.setValue(turn % 11))
    page.show_view(MAP)
    told["a weight moves, on the map"] = milliseconds(lambda turn: slider.setValue(turn % 11))
    page.show_view(PLAN)
    page.flush()
    told["a pair is kept"] = milliseconds(
        lambda turn: desk.do(drafts.lock if turn % 2 == 0 else drafts.free, programme, [pairs[turn // 2 % 17]])
    )
    told["not this one"] = milliseconds(
        lambda turn: desk.do(drafts.ban if turn % 2 == 0 else drafts.free, programme, [pairs[turn // 2 % 17]])
    )
    for what, (clock, processor) in told.items():
        at = int(TURNS * 0.95)
        print(
            f"\npairing desk, {len(pairs)} pairs, {what}: processor median {statistics.median(processor):.0f} ms,"
            f" p95 {processor[at]:.0f} ms; clock median {statistics.median(clock):.0f} ms, p95 {clock[at]:.0f} ms"
            f" (a frame {FRAME_MS:.0f} ms, still at most {STILL_MS} ms)",
            end="",
        )
    print()
    qtbot.waitUntil(lambda: not page.work.looking, timeout=20_000)
