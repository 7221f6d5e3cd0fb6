"""Last step of an import: what would become of each row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from app.domain.ids import ProgrammeId
from app.domain.text import fold
from app.exchange.fields import label
from app.exchange.problems import Code
from app.exchange.roster import ImportPlan, ImportRow, Status, problem_text
from app.i18n import mark, number_text, tr
from ui import theme
from ui.parts.buttons import Button, secondary
from ui.parts.card import PlainLabel, row
from ui.parts.editors import ChoiceField
from ui.parts.flow import FlowLayout
from ui.parts.import_newcomers import newcomers_text
from ui.parts.records import Column, RecordModel
from ui.parts.scroll import Scroll, Sheet, told_as_widget
from ui.parts.table import RecordTable

STATUSES: dict[Status, tuple[str, str]] = {
    Status.NEW: (mark("New"), "ok"),
    Status.CHANGED: (mark("Changed"), "accent"),
    Status.UNCHANGED: (mark("Unchanged"), "muted"),
    Status.DOUBLED: (mark("Doubled"), "warn"),
    Status.WRONG: (mark("Wrong"), "danger"),
}
Where = Sequence[tuple[ProgrammeId | None, str]]  # programmes by id and title
REMARKS = "remarks"  # the filter for rows with something to look at


def said_of(one: ImportRow) -> str:
    """What the preview says about a row."""
    said = [problem_text(problem) for problem in one.problems]
    if one.changed:
        said.append(tr("Other values: {fields}.").format(fields=", ".join(label(field) for field in one.changed)))
    return " ".join(said)


class _Remarks(Scroll):
    """Some lines of text, as high as they are; where there is no room for all of them, they scroll."""

    def __init__(self, text: PlainLabel) -> None:
        super().__init__()
        self._text = text
        sheet = Sheet()
        lines = QVBoxLayout(sheet)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(text, 0, Qt.AlignmentFlag.AlignTop)
        self.setWidget(sheet)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._text.heightForWidth(max(self.viewport().width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._text.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


Remarks = told_as_widget(_Remarks)


class ImportPreview(QWidget):
    """Counts that filter, and a row for each row of the file."""

    role_choice_changed = Signal()
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
        self.enrol = QCheckBox()
        self.enrol.toggled.connect(lambda _: self.role_choice_changed.emit())
        self.where = ChoiceField()
        self.where.setAccessibleName(tr("Programme to enrol in"))
        self.where.setMinimumWidth(theme.px(240))
        self.where.committed.connect(lambda _: self.role_choice_changed.emit())
        column.addLayout(row(self.enrol, self.where, 1, spacing=10))

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

    def show_plan(self, plan: ImportPlan, where: Where, *, enrol: bool, levels: str = "") -> None:
        """Shows a plan; ``where``: the programmes that people can be enrolled in, the proposed one first.

        The id of one that is to be made is None. ``enrol`` is whether enrolling is proposed; ``levels`` says which end
        of the career levels is the top.
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
        said = "\n".join(filter(None, (levels, newcomers_text(plan.newcomers))))
        self.levels.setText(said)
        self._said.setVisible(bool(said))
        self._said.updateGeometry()
        self._offer(len(plan.roles), where, enrol)

    def _offer(self, count: int, where: Where, enrol: bool) -> None:
        identity, title = where[0]
        several = len(where) > 1
        self.enrol.setVisible(count > 0)
        self.where.setVisible(count > 0 and several)
        self.where.set_choices(sorted(where, key=lambda one: fold(one[1])))
        self.where.show_value(identity)
        self.enrol.setChecked(enrol and count > 0)
        if identity is None:
            words = tr("Make the programme “{title}” and enrol the {n} people with a role")
        elif several:
            words = tr("Enrol the {n} people with a role in")
        else:
            words = tr("Enrol the {n} people with a role in “{title}”")
        self.enrol.setText(words.format(n=number_text(count), title=title).replace("&", "&&"))

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
