"""How long the window stands still on the pairing page with 5,000 mentors and 5,000 mentees without a tandem.

python -m pytest tests/bench/bench_stillness_pairing.py -m bench -s
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from bench_stillness import closed, make_ahead, opened, rests, watched
from large_vault import TO_PAIR, fill_for_pairing
from PySide6.QtWidgets import QApplication

from app.domain.ids import ProgrammeId
from app.domain.programmes import Criterion
from app.store.vault import Vault
from ui import tasks
from ui.desk import Place
from ui.pages.pairing import PairingPage
from ui.parts.pairing_switch import COMPARED, MAP, PLAN

pytestmark = [pytest.mark.bench, pytest.mark.timeout(900)]


def test_the_longest_stillness_of_the_pairing_page(vault: Vault, home: Path, qapp: QApplication) -> None:
    tasks.share_fairly()
    fill_for_pairing(vault)
    window, workplace = opened(vault, home)
    workplace.desk.choose_programme(ProgrammeId(1))
    print()
    make_ahead(qapp, workplace)

    def here() -> PairingPage:
        page = workplace.page_of("pairing")
        assert isinstance(page, PairingPage)
        return page

    def solved() -> bool:
        return rests() and not here().work.busy and not here().work.looking

    watched(qapp, "the pairing page, read and solved", partial(workplace.go, Place("pairing")), solved)
    page = here()
    assert page.outcome is not None
    pairs = [one.ids for one in page.outcome.plan.pairs]
    print(f"{len(pairs)} pairs of {TO_PAIR} people")
    page.weights_button.setChecked(True)
    slider = page.weights.slider(Criterion.SKILLS)
    watched(qapp, "a weight moves", lambda: slider.setValue(slider.value() - 2), solved)
    watched(qapp, "the weight is kept", page.flush, solved)
    for row in (1, 700, 2400):
        chosen = page.board.proposals.rows()[row].pair
        watched(qapp, "another pair chosen", partial(page.board.proposals.choose, chosen), solved)
    watched(qapp, "a pair kept", partial(page.toggle_lock, pairs[3]), solved)
    watched(qapp, "not this one", partial(page.toggle_ban, pairs[7]), solved)
    for row in (2, 4800):
        watched(qapp, "a mentor chosen", partial(page.board.mentors.choose, page.board.mentors.rows()[row].id), solved)
        watched(qapp, "and a mentee", partial(page.board.mentees.choose, page.board.mentees.rows()[row].id), solved)
    watched(qapp, "two paired by hand", page.pair_by_hand, solved)
    watched(qapp, "the heat map", partial(page.show_view, MAP), solved)
    watched(qapp, "back to the plan", partial(page.show_view, PLAN), solved)
    watched(qapp, "the comparison", partial(page.show_view, COMPARED), solved, 300)
    watched(qapp, "another page", partial(workplace.go, Place("overview")), solved)
    watched(qapp, "and back", partial(workplace.go, Place("pairing")), solved)
    page.show_view(PLAN)
    watched(qapp, "all accepted", page.accept_all, solved)
    watched(qapp, "and brought back by undo", workplace.undo, solved)
    closed(qapp, window)
