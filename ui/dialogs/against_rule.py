"""The question before kept pairs that break a rule are made tandems; the rule may have come later than the keeping."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.domain.programmes import Rule, Strictness
from app.i18n import number_text, tr, trn
from app.services.plans import Basis
from ui.dialogs import ask
from ui.dialogs.ask import Choice
from ui.parts.pairing_words import broken_texts

if TYPE_CHECKING:
    from app.pairing.plan import ProposedPair

NAMED = 5  # pairs that a question names


def _broken(basis: Basis, pair: ProposedPair) -> tuple[Rule, ...]:
    """The rules that have to hold and do not."""
    return tuple(rule for rule in pair.warnings if basis.programme.rule(rule) is Strictness.HARD)


def _against_text(basis: Basis, against: Sequence[ProposedPair]) -> str:
    words = trn(
        "{n} pair was kept, and breaks a rule that has to hold:",
        "{n} pairs were kept, and break a rule that has to hold:",
        len(against),
    )
    lines = [words.format(n=number_text(len(against)))]
    for pair in against[:NAMED]:
        mentor, mentee = (basis.person(one).full_name for one in pair.ids)
        why = broken_texts(_broken(basis, pair))
        lines.append(tr("{mentor} with {mentee}: {why}").format(mentor=mentor, mentee=mentee, why=why))
    if len(against) > NAMED:
        lines.append("…")
    return "\n".join(lines)


def sure(parent: QWidget, basis: Basis, pairs: Sequence[ProposedPair]) -> Sequence[ProposedPair]:
    """Those of the pairs to be made tandems: all where none is against a rule, else as the answer says."""
    against = [pair for pair in pairs if _broken(basis, pair)]
    if not against:
        return pairs
    choices = [Choice("all", tr("Accept all the same"), danger=True)]
    others = [pair for pair in pairs if pair not in against]
    if others:
        choices.insert(0, Choice("others", tr("Accept the others")))
    chosen = ask.choose(parent, tr("Against a rule"), _against_text(basis, against), choices)
    return pairs if chosen == "all" else others if chosen == "others" else ()
