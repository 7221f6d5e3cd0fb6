"""On a selected row every disc and every pill is still told from the ground of the row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from ui import theme
from ui.parts.avatar import TONES, avatar_picture, tone_of
from ui.parts.pills import pill_picture


@pytest.fixture(params=["light", "dark"])
def scheme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[str]:
    theme.apply(qapp, request.param)
    yield request.param
    theme.apply(qapp, theme.Scheme.LIGHT)


def far(one: QColor, other: QColor) -> bool:
    """Whether two soft colours are told apart; what stood on a row before was 11 of 255 off and less."""
    parts = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return max(abs(a - b) for a, b in parts) >= 16


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.usefixtures("scheme")
def test_avatars(tone: str) -> None:
    key = next(number for number in range(1000) if tone_of(number) == tone)
    picture = avatar_picture("AB", key, 40, 1.0, chosen=True).toImage()
    assert far(picture.pixelColor(20, 4), theme.colour("accent_soft"))


@pytest.mark.parametrize("tone", theme.TONES)
@pytest.mark.usefixtures("scheme")
def test_pills(tone: str) -> None:
    picture = pill_picture("Mentor:in", tone, 200, 1.0, chosen=True).toImage()
    assert far(picture.pixelColor(picture.width() // 2, 2), theme.colour("accent_soft"))
