"""Into which programme an import enrols people, and in which roles; or into none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.domain.ids import PersonId, ProgrammeId
from app.domain.programmes import ProgrammeKind, Role
from app.domain.text import fold
from app.exchange.roster import ImportPlan
from app.i18n import number_text, tr, trn
from ui import theme
from ui.parts.card import PlainLabel, row
from ui.parts.editors import ChoiceField
from ui.parts.import_remarks import Remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A programme to enrol in; ``id`` is None for one that is to be made. ``enrolled`` reads who is there already."""

    id: ProgrammeId | None
    title: str
    kind: ProgrammeKind
    enrolled: Callable[[], Mapping[PersonId, Role]] = dict

    def role(self, told: Role) -> Role:
        """The role that somebody gets here of whom the file says this one."""
        return Role.BOTH if self.kind is ProgrammeKind.MUTUAL else told


class Enrolling(QWidget):
    """A tick, a choice where there are several programmes, and a sentence on who is enrolled as what."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._goals: dict[ProgrammeId | None, Goal] = {}
        self._plan = ImportPlan()
        self._decided = False  # by the officer, for this file
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        self.enrol = QCheckBox()
        self.enrol.toggled.connect(lambda _: self._tell())
        self.enrol.clicked.connect(lambda _: self._decide())
        self.where = ChoiceField()
        self.where.setAccessibleName(tr("Programme to enrol in"))
        self.where.setMinimumWidth(theme.px(240))
        self.where.committed.connect(lambda _: self._decide())
        column.addLayout(row(self.enrol, self.where, 1, spacing=10))
        self.said = PlainLabel("", "muted", 0.92, wrap=True)
        self._remarks = Remarks(self.said)
        self._remarks.setAccessibleName(tr("Who is enrolled"))
        column.addWidget(self._remarks)

    def show_plan(self, plan: ImportPlan, goals: Sequence[Goal]) -> None:
        """Offers the programmes, the first of them until somebody chooses; what was chosen stays for the next plan."""
        kept, ticked = self.where.value(), self.enrol.isChecked()
        self._plan, self._goals = plan, {one.id: one for one in goals}
        first, several, count = goals[0], len(goals) > 1, len(plan.roles)
        self.where.set_choices([(one.id, one.title) for one in sorted(goals, key=lambda one: fold(one.title))])
        stays = self._decided and kept in self._goals
        self.where.show_value(kept if stays else first.id)
        self.setVisible(count > 0)
        self.where.setVisible(several)
        if first.id is None:
            words = tr("Make the programme “{title}” and enrol the {n} people with a role")
        elif several:
            words = tr("Enrol the {n} people with a role in")
        else:
            words = tr("Enrol the {n} people with a role in “{title}”")
        self.enrol.setText(words.format(n=number_text(count), title=first.title).replace("&", "&&"))
        self.enrol.setChecked(count > 0 and (ticked if stays else not plan.roles.keys() <= first.enrolled().keys()))
        self._tell()

    def why_not(self) -> str:
        """Why there is nothing to choose; "" where there is."""
        if self._plan.roles:
            return ""
        return tr("Nobody is enrolled: the file says no role. One for everybody is chosen in the step “Columns”.")

    def forget(self) -> None:
        """Another file: nobody has chosen anything yet."""
        self._decided = False

    def goal(self) -> Goal | None:
        """Where to enrol; None for nowhere."""
        return self._goals.get(self.where.value()) if self._plan.roles and self.enrol.isChecked() else None

    def _decide(self) -> None:
        self._decided = True
        self._tell()

    def _tell(self) -> None:
        self.said.setText(self._text())
        self._remarks.updateGeometry()
        self.enrol.setAccessibleDescription(self.said.text())
        self.changed.emit()

    def _text(self) -> str:
        goal = self.goal()
        if goal is None:
            return tr("Nobody is enrolled in a programme.")
        roles = {person: goal.role(told) for person, (told, _) in self._plan.roles.items()}
        there = goal.enrolled()
        n = sum(person in there for person in roles)
        counts = Counter(roles.values())
        parts = [_role_text(role, goal.kind, counts[role]) for role in Role if counts[role]]
        if n:
            words = trn("{n} is there already", "{n} are there already", n)
            parts.append(words.format(n=number_text(n)))
        if other := sum(there.get(person, role) is not role for person, role in roles.items()):
            words = trn("{n} of them gets another role", "{n} of them get another role", other)
            parts.append(words.format(n=number_text(other)))
        return " · ".join(parts)


def _role_text(role: Role, kind: ProgrammeKind, n: int) -> str:
    if role is Role.MENTOR:
        words = trn("{n} as mentor", "{n} as mentors", n)
    elif role is Role.MENTEE:
        words = trn("{n} as mentee", "{n} as mentees", n)
    elif kind is ProgrammeKind.MUTUAL:
        words = trn("{n} as tandem partner", "{n} as tandem partners", n)
    else:
        words = trn("{n} as mentor and mentee", "{n} as mentors and mentees", n)
    return words.format(n=number_text(n))
