"""Last step of an import: what would become of each row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.domain.text import fold
from app.exchange.fields import label
from app.exchange.problems import Code
from app.exchange.roster import ImportPlan, ImportRow, Status, problem_text
from app.i18n import mark, number_text, tr
from ui import theme
from ui.parts.buttons import Button, secondary
from ui.parts.card import PlainLabel, row
from ui.parts.flow import FlowLayout
from ui.parts.import_enrolling import Enrolling, Goal
from ui.parts.import_newcomers import newcomers_text
from ui.parts.import_remarks import Remarks
from ui.parts.records import Column, RecordModel
from ui.parts.table import RecordTable

STATUSES: dict[Status, tuple[str, str]] = {
    Status.NEW: (mark("New"), "ok"),
    Status.CHANGED: (mark("Changed"), "accent"),
    Status.UNCHANGED: (mark("Unchanged"), "muted"),
    Status.DOUBLED: (mark("Doubled"), "warn"),
    Status.WRONG: (mark("Wrong"), "danger"),
}
REMARKS = "remarks"  # the filter for rows with something to look at


def said_of(one: ImportRow) -> str:
    """What the preview says about a row."""
    said = [problem_text(problem) for problem in one.problems]
    if one.changed:
        said.append(tr("Other values: {fields}.").format(fields=", ".join(label(field) for field in one.changed)))
    return " ".join(said)


class ImportPreview(QWidget):
    """Counts that filter, and a row for each row of the file."""

    person_wanted = Signal(int)  # the row that was taken for a sum or a page number names somebody

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._counts = FlowLayout(spacing=6)
        column.addLayout(self._counts)
        self.levels = PlainLabel("", wrap=True, selectable=True)
        self._said = Remarks(self.levels)
        self._said.setAccessibleName(tr("What the import brings"))
        column.addWidget(self._said)
        self._group = QButtonGroup(self)
        self._shown: ImportRow | None = None
        self.filters: dict[str, Button] = {}
        self.model = RecordModel(self._columns(), lambda one: fold(f"{one.name} {said_of(one)}"),
                                 record_id=lambda one: one.row, fold=fold)  # fmt: skip
        self.table = RecordTable(self.model, tr("What happens to each row"), many=False)
        column.addWidget(self.table, 1)
        self.full = PlainLabel("", wrap=True, selectable=True)
        self.full.setMinimumHeight(theme.px(36))
        self.take = secondary(tr("Import this row all the same"), "user-plus")
        self.take.clicked.connect(self._take)
        self.take.hide()
        line = row(self.full, self.take, spacing=12)
        line.setStretch(0, 1)
        column.addLayout(line)
        self.table.chosen.connect(self._show_full)
        self.enrolling = Enrolling()
        column.addWidget(self.enrolling)

    @staticmethod
    def _columns() -> tuple[Column[ImportRow], ...]:
        return (
            Column(key="row", title=tr("Row"), text=lambda one: str(one.row), width=56, muted=True,
                   sort_key=lambda one: one.row),
            Column(key="status", title=tr("What happens"), text=lambda one: tr(STATUSES[one.status][0]), kind="pill",
                   tone=lambda one: STATUSES[one.status][1], width=110,
                   sort_key=lambda one: list(Status).index(one.status)),
            Column(key="name", title=tr("Name"), text=lambda one: one.name, width=170),
            Column(key="said", title=tr("Why"), text=said_of, width=460, muted=True),
        )  # fmt: skip

    def show_plan(self, plan: ImportPlan, goals: Sequence[Goal], levels: str = "") -> None:
        """Shows a plan; ``goals``: the programmes that people can be enrolled in, the proposed one first.

        ``levels`` says what becomes of the file's career levels.
        """
        while self._counts.count():
            item = self._counts.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        self.filters = {}
        self._filter("all", tr("All"), len(plan.rows))
        for status, (words, _) in STATUSES.items():
            self._filter(status.value, tr(words), plan.counts[status])
        self._filter(REMARKS, tr("With remarks"), sum(bool(one.problems) for one in plan.rows))
        self.filters["all"].setChecked(True)
        self._show_full(None)
        self.model.keep(None)
        self.model.set_records(plan.rows)
        self.enrolling.show_plan(plan, goals)
        said = "\n".join(filter(None, (levels, newcomers_text(plan.newcomers), self.enrolling.why_not())))
        self.levels.setText(said)
        self._said.setVisible(bool(said))
        self._said.updateGeometry()

    def _show_full(self, one: ImportRow | None) -> None:
        """All that is said of a row, or, in the room that it takes, how to read it."""
        self._shown = one
        self.take.setVisible(one is not None and any(problem.code is Code.FOOTER for problem in one.problems))
        self.full.set_token("muted" if one is None else "text")
        self.full.setText(tr("Choose a row to read in full what happens to it.") if one is None else said_of(one))

    def _take(self) -> None:
        if self._shown is not None:
            self.person_wanted.emit(self._shown.row)

    def _filter(self, key: str, words: str, count: int) -> None:
        button = Button(f"{words} {number_text(count)}")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.show_only(key))
        self._group.addButton(button)
        self._counts.addWidget(button)
        button.setVisible(count > 0 or key == "all")
        self.filters[key] = button

    def show_only(self, key: str) -> None:
        """Shows the rows of one status, those with remarks, or all."""
        if key == "all":
            self.model.keep(None)
        elif key == REMARKS:
            self.model.keep(lambda one: bool(one.problems))
        else:
            self.model.keep(lambda one: one.status.value == key)
