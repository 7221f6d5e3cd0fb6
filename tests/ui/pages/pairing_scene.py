"""The pairing page on a vault, and what tests read of it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ui.desk import Desk
from ui.pages.pairing import PairingPage


def settled(qtbot: QtBot, page: PairingPage) -> None:
    qtbot.waitUntil(lambda: page.outcome is not None and not page.work.busy)


def opened(desk: Desk, qtbot: QtBot) -> PairingPage:
    made = PairingPage(desk)
    qtbot.addWidget(made)
    desk.changed.connect(lambda _: made.refresh())
    made.resize(1068, 780)
    made.show()
    made.ensure_fresh()
    settled(qtbot, made)
    return made


def shown_pairs(page: PairingPage) -> set[tuple[str, str]]:
    return {(row.mentor.family_name, row.mentee.family_name) for row in page.board.proposals.rows()}
