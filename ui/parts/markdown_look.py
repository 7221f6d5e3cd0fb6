"""Markdown of a note as it is meant: what stands between the signs is bold, the signs themselves step back."""

from __future__ import annotations

import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from ui import theme

STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
HEADING = re.compile(r"(#{1,6}\s+)\S.*")


class MarkdownLook(QSyntaxHighlighter):
    """Changes how a text looks, never a character of it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._sign, self._strong = QTextCharFormat(), QTextCharFormat()
        self._sign.setForeground(theme.colour("muted"))
        self._strong.setFontWeight(theme.SEMIBOLD)

    def highlightBlock(self, text: str) -> None:
        heading = HEADING.fullmatch(text)
        if heading is not None:
            self.setFormat(0, len(text), self._strong)
            self.setFormat(0, heading.end(1), self._sign)
        for found in STRONG.finditer(text):
            self.setFormat(found.start(2), found.end(2) - found.start(2), self._strong)
            for start in (found.start(), found.end(2)):
                self.setFormat(start, 2, self._sign)
