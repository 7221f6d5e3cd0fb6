"""Colours, font and measures of the window: two palettes by name, a text size and a row height.

Use it as a module: ``from ui import theme``; ``theme.colour("accent")``, ``theme.px(8)``, ``theme.font(1.2, 600)``.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from string import Template

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.resources import resource

FAMILY = "Inter"
BASE_POINTS = 10.0
SMALLEST, LARGEST = 80, 200
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600


class Scheme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Density(StrEnum):
    COMFORTABLE = "comfortable"
    COMPACT = "compact"


PALETTES: dict[str, dict[str, str]] = {
    "light": {
        "bg": "#f6f7f9", "surface": "#ffffff", "rail": "#eef0f4", "text": "#1b1f27", "muted": "#5c6675",
        "muted_soft": "#eceff4", "border": "#dfe3ea", "input_border": "#878f9c", "hover": "#f1f4f9",
        "accent": "#2f5fd0", "accent_strong": "#264fb2", "accent_soft": "#e3ebfd", "on_accent": "#ffffff",
        "ok": "#1b7648", "ok_soft": "#dff3e8", "warn": "#8a5a00", "warn_soft": "#fdf0d2",
        "violet": "#6a3fb5", "violet_soft": "#eee6fb", "danger": "#b3261e", "danger_soft": "#fce4e2",
        "teal": "#0a4d5e", "rose": "#d81b9a", "olive": "#4a4f05", "rust": "#5a200d",
        "disabled": "#9aa2af", "shadow": "#1b1f27",
    },
    "dark": {
        "bg": "#16181d", "surface": "#1e2128", "rail": "#191c22", "text": "#e7eaf0", "muted": "#9aa4b4",
        "muted_soft": "#2a2f39", "border": "#30353f", "input_border": "#6d7686", "hover": "#252a33",
        "accent": "#7aa2ff", "accent_strong": "#98b7ff", "accent_soft": "#26334f", "on_accent": "#0e1116",
        "ok": "#6fd3a0", "ok_soft": "#1d3a2c", "warn": "#f0c465", "warn_soft": "#3d3218",
        "violet": "#c0a2f5", "violet_soft": "#33284a", "danger": "#ff9a90", "danger_soft": "#47231f",
        "teal": "#42d2bd", "rose": "#f7bad8", "olive": "#c4f95e", "rust": "#eb934a",
        "disabled": "#656e7d", "shadow": "#000000",
    },
}  # fmt: skip

# Each text colour with every ground it may stand on; a test holds them to 4.5:1.
TEXT_ON: dict[str, tuple[str, ...]] = {
    "text": ("bg", "surface", "rail", "hover", "accent_soft", "muted_soft", "ok_soft", "warn_soft",
             "violet_soft", "danger_soft"),
    "muted": ("bg", "surface", "rail", "hover", "accent_soft", "muted_soft"),
    "accent": ("bg", "surface", "rail", "hover", "accent_soft"),
    "accent_strong": ("bg", "surface", "hover"),
    "on_accent": ("accent", "accent_strong", "danger"),
    "ok": ("bg", "surface", "ok_soft"),
    "warn": ("bg", "surface", "warn_soft"),
    "violet": ("bg", "surface", "violet_soft"),
    "danger": ("bg", "surface", "danger_soft"),
}  # fmt: skip

TONES = ("accent", "ok", "warn", "violet", "danger", "muted")
# Of the parts of a bar, each beside any other: told apart with any sight of colours, and 3:1 on any row.
CHART = ("accent", "violet", "ok", "warn", "muted", "text", "teal", "rose", "olive", "rust")


class _Theme(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Scheme.LIGHT
        self.text_size = 100
        self.density = Density.COMFORTABLE
        self.name = "light"
        self.colours: dict[str, QColor] = _colours("light")
        self.families_loaded = False
        self.styled = False
        self.follows_system = False


def _colours(name: str) -> dict[str, QColor]:
    return {token: QColor(value) for token, value in PALETTES[name].items()}


_theme = _Theme()
changed = _theme.changed


def colour(token: str) -> QColor:
    """The colour of a token in the present scheme; KeyError for an unknown one."""
    return _theme.colours[token]


def tone(name: str) -> tuple[QColor, QColor]:
    """A tone's text colour and its soft ground."""
    return _theme.colours[name], _theme.colours[f"{name}_soft"]


def scheme_name() -> str:
    """"light" or "dark", whatever was chosen or the system says."""
    return _theme.name


def is_dark() -> bool:
    return _theme.name == "dark"


def text_size() -> int:
    """Per cent of the normal size, 80 to 200."""
    return _theme.text_size


def crowded() -> bool:
    """Whether the text is so large that not everything has room beside each other."""
    return _theme.text_size > 120


def px(pixels: float) -> int:
    """A measure of the drawing, scaled by the text size (never below 1 for a positive measure)."""
    scaled = round(pixels * _theme.text_size / 100)
    return max(scaled, 1) if pixels > 0 else scaled


def row_height() -> int:
    """Height of a table row in pixels."""
    return px(32 if _theme.density is Density.COMPACT else 40)


def font(scale: float = 1.0, weight: int = REGULAR, *, tabular: bool = False) -> QFont:
    """The window's font at ``scale`` times the text size; ``tabular`` for digits of one width."""
    made = QFont(FAMILY)
    made.setPointSizeF(BASE_POINTS * scale * _theme.text_size / 100)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def arguments(words: Sequence[str]) -> list[str]:
    """What to make the QApplication with: naming the style there spares the first paint loading QStyle."""
    _theme.styled = True
    return [*words, "-style", "fusion"]


def load_fonts() -> None:
    """Makes the bundled Inter known to Qt; a second call does nothing."""
    if _theme.families_loaded:
        return
    for weight in ("Regular", "Medium", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{weight}.ttf")))
    QDir.setSearchPaths("icons", [str(resource("icons"))])
    _theme.families_loaded = True


def apply(
    app: QApplication,
    scheme: Scheme | str = Scheme.SYSTEM,
    text_size: int = 100,
    density: Density | str = Density.COMFORTABLE,
) -> None:
    """Dresses the whole application and emits ``changed``."""
    load_fonts()
    _theme.scheme = Scheme(scheme)
    _theme.density = Density(density)
    _theme.text_size = min(max(text_size, SMALLEST), LARGEST)
    hints = app.styleHints()
    if not _theme.follows_system:
        hints.colorSchemeChanged.connect(_system_changed)
        _theme.follows_system = True
    asked = {Scheme.LIGHT: Qt.ColorScheme.Light, Scheme.DARK: Qt.ColorScheme.Dark}
    hints.setColorScheme(asked.get(_theme.scheme, Qt.ColorScheme.Unknown))
    _dress(app)


def _system_changed() -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication) and _theme.scheme is Scheme.SYSTEM and _resolved(app) != _theme.name:
        _dress(app)


def _resolved(app: QApplication) -> str:
    if _theme.scheme is Scheme.SYSTEM:
        return "dark" if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else "light"
    return _theme.scheme.value


def _dress(app: QApplication) -> None:
    _theme.name = _resolved(app)
    _theme.colours = _colours(_theme.name)
    if not _theme.styled:
        app.setStyle("Fusion")
        _theme.styled = True
    app.setFont(font())
    app.setPalette(_palette())
    app.setStyleSheet(_style_sheet())
    _theme.changed.emit()


def _palette() -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, token in {
        roles.Window: "bg", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "hover",
        roles.Text: "text", roles.Button: "surface", roles.ButtonText: "text", roles.BrightText: "danger",
        roles.ToolTipBase: "surface", roles.ToolTipText: "text", roles.PlaceholderText: "muted",
        roles.Highlight: "accent", roles.HighlightedText: "on_accent", roles.Accent: "accent",
        roles.Link: "accent", roles.LinkVisited: "violet", roles.Light: "surface", roles.Midlight: "hover",
        roles.Mid: "border", roles.Dark: "input_border", roles.Shadow: "shadow",
    }.items():  # fmt: skip
        made.setColor(role, colour(token))
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour("disabled"))
    made.setColor(QPalette.ColorGroup.Disabled, roles.Highlight, colour("border"))
    return made


def _style_sheet() -> str:
    text = resource("style", "window.qss").read_text("utf-8")
    values = {**PALETTES[_theme.name], "scheme": _theme.name}
    for pixels in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 24, 26, 27, 28, 36):
        values[f"p{pixels}"] = f"{px(pixels)}px"
    # Qt draws a corner square whose radius is more than half the side, so what is round has its own.
    values["round_radio"] = f"{(px(14) + 2) // 2}px"
    values["round_checked"] = f"{(px(6) + 2 * px(5)) // 2}px"
    values["round_knob"] = f"{min(px(12) + 4, px(4) + 2 * px(6)) // 2}px"
    return Template(text).substitute(values)
