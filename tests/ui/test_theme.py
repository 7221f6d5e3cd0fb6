from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.domain.programmes import Criterion
from app.resources import resource
from ui import icons, theme
from ui.parts.pairing_words import criterion_tone


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_formula() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", theme.PALETTES)
def test_every_text_is_readable_on_its_grounds(scheme: str) -> None:
    palette = theme.PALETTES[scheme]
    weak = {
        (text, ground): round(contrast(palette[text], palette[ground]), 2)
        for text, grounds in theme.TEXT_ON.items()
        for ground in grounds
        if contrast(palette[text], palette[ground]) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", theme.PALETTES)
@pytest.mark.parametrize("token", ["input_border", "accent", "danger"])
def test_borders_and_focus_rings_are_seen(scheme: str, token: str) -> None:
    palette = theme.PALETTES[scheme]
    for ground in ("surface", "bg"):
        assert contrast(palette[token], palette[ground]) >= 3


# How colours are seen without one of the three kinds of cones: Machado, Oliveira and Fernandes 2009.
SIGHTS = {
    "all": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "no blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def lab(colour: str, sight: str) -> NDArray[np.float64]:
    """CIE L*a*b* of a colour as it is seen; 2 apart is a difference that most people notice side by side."""
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(SIGHTS[sight]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(to_xyz @ seen / np.array([0.9505, 1, 1.089]), 1e-9))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("scheme", theme.PALETTES)
def test_the_colours_of_a_bar_are_told_apart_by_everybody(scheme: str, sight: str) -> None:
    seen = {token: lab(theme.PALETTES[scheme][token], sight) for token in theme.CHART}
    alike = {
        (one, other): round(float(apart), 1)
        for one, other in combinations(theme.CHART, 2)
        if (apart := np.linalg.norm(seen[one] - seen[other])) < 6
    }
    assert alike == {}


@pytest.mark.parametrize("scheme", theme.PALETTES)
def test_the_colours_of_a_bar_are_seen_on_every_row(scheme: str) -> None:
    palette = theme.PALETTES[scheme]
    weak = {
        (token, ground)
        for token in theme.CHART
        for ground in ("surface", "bg", "hover", "accent_soft")
        if contrast(palette[token], palette[ground]) < 3
    }
    assert weak == set()


def test_each_criterion_has_a_colour_of_its_own() -> None:
    tones = [criterion_tone(one) for one in Criterion]
    assert sorted(tones) == sorted(theme.CHART)


def test_palettes_have_the_same_tokens() -> None:
    assert theme.PALETTES["light"].keys() == theme.PALETTES["dark"].keys()
    for tone in theme.TONES:
        assert {tone, f"{tone}_soft"} <= theme.PALETTES["light"].keys()


@pytest.mark.parametrize("scheme", theme.PALETTES)
def test_arrows_and_ticks_have_the_colours_of_the_palette(scheme: str) -> None:
    palette = theme.PALETTES[scheme]
    expected = {"chevron-down": "muted", "chevron-up": "muted", "check": "on_accent", "minus": "on_accent"}
    for name, token in expected.items():
        assert palette[token] in resource("icons", scheme, f"{name}.svg").read_text("utf-8")


def test_apply_dresses_and_tells(qapp: QApplication) -> None:
    told: list[str] = []
    theme.changed.connect(lambda: told.append(theme.scheme_name()))
    theme.apply(qapp, "dark", 150, "compact")
    assert told[-1] == "dark"
    assert qapp.palette().window().color().name() == theme.PALETTES["dark"]["bg"]
    assert theme.row_height() == 48
    assert theme.px(8) == 12
    assert "$" not in qapp.styleSheet()
    theme.apply(qapp, theme.Scheme.LIGHT, 10)
    assert theme.text_size() == theme.SMALLEST
    theme.apply(qapp, theme.Scheme.LIGHT)
    assert (theme.row_height(), theme.scheme_name()) == (40, "light")


def test_unknown_system_scheme_is_light(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.SYSTEM)
    assert theme.scheme_name() == "light"
    theme.apply(qapp, theme.Scheme.LIGHT)


def test_inter_comes_in_three_weights(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    widths = []
    for weight in (theme.REGULAR, theme.MEDIUM, theme.SEMIBOLD):
        font = theme.font(1.0, weight)
        assert QFontInfo(font).family() == "Inter"
        widths.append(QFontMetricsF(font).horizontalAdvance("Kowalczyk, Bartosz"))
    assert widths[0] < widths[1] < widths[2]
    assert font.hintingPreference() is QFont.HintingPreference.PreferNoHinting
    tabular = QFontMetricsF(theme.font(tabular=True))
    assert tabular.horizontalAdvance("1111") == pytest.approx(tabular.horizontalAdvance("8888"))


def test_icons_are_tinted_and_sharp(qapp: QApplication) -> None:
    theme.apply(qapp, theme.Scheme.LIGHT)
    drawn = icons.pixmap("plus", "accent", 18, 2.0)
    assert (drawn.width(), drawn.devicePixelRatio()) == (36, 2.0)
    middle = drawn.toImage().pixelColor(18, 18)
    assert middle.name() == theme.colour("accent").name()
    assert icons.icon("plus") is icons.icon("plus")
    before = icons.icon("plus").cacheKey()
    theme.apply(qapp, theme.Scheme.DARK)
    assert icons.icon("plus").cacheKey() != before
    theme.apply(qapp, theme.Scheme.LIGHT)


def test_every_icon_is_one_drawing_in_one_colour() -> None:
    for path in resource("icons").glob("*.svg"):
        colours = set(re.findall(r"#[0-9a-fA-F]{6}|currentColor", path.read_text("utf-8")))
        assert colours == ({"#2f5fd0"} if path.stem == "mark" else {"currentColor"}), path.name


@pytest.mark.parametrize("size", [80, 90, 100, 110, 125, 150, 175, 200])
def test_what_is_round_stays_round_at_every_text_size(qapp: QApplication, size: int) -> None:
    """Qt draws corners square whose radius is more than half of the side."""
    theme.apply(qapp, theme.Scheme.LIGHT, size)
    try:
        sheet = qapp.styleSheet()
    finally:
        theme.apply(qapp, theme.Scheme.LIGHT)

    def pixels(rule: str, name: str) -> list[int]:
        line = next(line for line in sheet.splitlines() if line.startswith(rule))
        return [int(number) for number in re.findall(rf"[ ;]{name}: (-?\d+)px", line)]

    (radio,) = pixels("QRadioButton::indicator {", "border-radius")
    assert 2 * radio <= pixels("QCheckBox::indicator, ", "width")[0] + 2
    (knob,), (wide,) = (pixels("QSlider::handle:horizontal", name) for name in ("border-radius", "width"))
    (groove,) = pixels("QSlider::groove:horizontal", "height")
    margin = -int(re.findall(r"margin: (-\d+)px 0", sheet)[0])
    assert 2 * knob <= min(wide + 4, groove + 2 * margin)
    assert groove + 2 * margin <= pixels("QSlider:horizontal", "min-height")[0] + 4, "nor is it cut off"
