"""A new passphrase: typed twice, judged while typing, suggested on wish."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.i18n import language, tr
from app.passphrases import Strength, draw, judge
from ui import theme
from ui.parts import buttons, card
from ui.parts.banner import announce
from ui.parts.passphrase import PassphraseField
from ui.parts.spoken import SpokenLabel


class NewPassphrase(QWidget):
    """``edited`` at each change; ``ready`` when it is strong enough and the same twice."""

    edited = Signal()

    def __init__(self, name: str, again: str) -> None:
        super().__init__()
        self.passphrase = PassphraseField(name)
        self.again = PassphraseField(again)
        for field in (self.passphrase, self.again):
            field.line.textChanged.connect(self._judge)
        self.passphrase.line.returnPressed.connect(self._go_on)
        self.meter = QProgressBar()
        self.meter.setRange(0, int(Strength.STRONG))
        self.meter.setTextVisible(False)
        self.meter.setFixedHeight(theme.px(6))
        self.meter.setAccessibleName(tr("Strength of the passphrase"))
        self.verdict = SpokenLabel("muted", wrap=True, patient=True)
        self.suggest = buttons.quiet(tr("Suggest six words"), "sparkles")
        self.suggest.clicked.connect(self._suggest)
        self.suggestion = card.PlainLabel("", weight=theme.SEMIBOLD, wrap=True, selectable=True)
        self.suggestion.hide()
        column = card.column(self.passphrase, self.meter, spacing=8)
        line = card.row(self.verdict, self.suggest)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.suggestion)
        column.addWidget(self.again)
        self.setLayout(column)
        self.setFocusProxy(self.passphrase)
        self._enough = False
        self._near: tuple[str, ...] = ()
        self._judge()

    def judge_near(self, *names: str) -> None:
        """From now on a passphrase made of these names, such as the vault's, is worth little."""
        self._near = names
        self._judge()

    def text(self) -> str:
        return self.passphrase.text()

    def ready(self) -> bool:
        return self._enough and self.again.text() == self.text()

    def differs(self) -> bool:
        """Whether the second one can't become the first any more: what is typed of it is not how the first begins."""
        return not self.text().startswith(self.again.text())

    def clear(self) -> None:
        self.passphrase.line.clear()
        self.again.line.clear()
        self.suggestion.clear()
        self.suggestion.hide()

    def _go_on(self) -> None:
        """Return in the first field: on to the second, unless both are there and Return ends the step."""
        if not self.ready():
            self.again.setFocus()

    def _suggest(self) -> None:
        words = draw(language())
        self.suggestion.setText(words)
        self.suggestion.show()
        self.passphrase.line.setText(words)
        self.again.line.clear()
        self.again.setFocus()
        announce(self, tr("Suggested passphrase: {words}").format(words=words))

    def _judge(self) -> None:
        verdict = judge(self.text(), self._near)
        words = {
            Strength.NONE: tr("At least ten characters; several words are easy to keep in mind."),
            Strength.WEAK: tr("Too weak: make it longer or take several words."),
            Strength.FAIR: tr("Not strong enough yet: add a word."),
            Strength.GOOD: tr("Good."),
            Strength.STRONG: tr("Strong."),
        }
        self.meter.setValue(int(verdict.strength))
        self.verdict.setText(words[verdict.strength])
        self.passphrase.line.setAccessibleDescription(words[verdict.strength])
        self._enough = verdict.enough
        self.edited.emit()
