"""Pictures of a handful of pages, pixel by pixel as they were last looked at.

After a wanted change: ``TANDEMBUCH_GOLDEN=new .venv/bin/python -m pytest tests/ui/test_golden.py`` draws them anew;
then look at each. What differs is laid beside the test's other files.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from window_fixtures import TODAY, OpenWindow, Stage

from app import i18n
from app.domain import ids
from app.services import demo
from app.store.vault import create_vault
from ui import tasks
from ui.desk import Place
from ui.shell.demo import DEMO_PASSPHRASE

GOLDEN = Path(__file__).with_name("golden")
MOST_PIXELS_OFF = 0.0005  # a caret, a rounding of another processor; a moved line is many times that
NEAR = 12  # of 255: what no eye tells apart

PAGES = (
    ("unlock", "de", "light"),
    ("overview", "de", "light"),
    ("overview", "en", "dark"),
    ("people", "de", "light"),
    ("people", "en", "dark"),
    ("programme", "de", "dark"),
    ("pairing", "de", "light"),
    ("tandems", "en", "light"),
    ("tandem", "de", "light"),
    ("tandem", "en", "dark"),
    ("settings", "en", "dark"),
)


@pytest.fixture(scope="module")
def same_demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demo with the same ids each time: the colours of the avatars come from them."""
    from quick_vaults import QUICK

    from app.store import key

    folder = tmp_path_factory.mktemp("golden")
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key, "PROFILES", QUICK)
        dice = random.Random(46)
        for name, module in tuple(sys.modules.items()):
            if name.partition(".")[0] in ("app", "ui") and hasattr(module, "new_id"):
                patch.setattr(module, "new_id", lambda: dice.getrandbits(63) or 1)
        patch.setattr(ids, "new_id", lambda: dice.getrandbits(63) or 1)
        for language in i18n.LANGUAGES:
            dice.seed(46)
            made[language] = folder / f"Demo-{language}.tandembuch"
            with (
                create_vault(made[language], DEMO_PASSPHRASE) as vault,
                i18n.speaking(language),
                vault.change("demo.fill", undoable=False) as change,
            ):
                demo.fill(change, TODAY)
    return made


def rest(qtbot: QtBot) -> None:
    """Until nothing is at work and no caret is drawn."""
    qtbot.waitUntil(lambda: not tasks.running(), timeout=30_000)
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not tasks.running(), timeout=30_000)
    QApplication.processEvents()


def shown(stage: Stage, qtbot: QtBot, page: str) -> QImage:
    if page == "tandem":
        from app.store import tandems

        assert stage.desk.programme is not None
        stage.desk.go(Place("tandem", tandems.of_programme(stage.desk.vault, stage.desk.programme)[2].id))
    elif page != "unlock":
        stage.go(page)
    if page == "people":
        qtbot.waitUntil(lambda: stage.page.table.model().rowCount() > 0)  # type: ignore[attr-defined]
    if page == "pairing":  # what each pair would get otherwise is told a moment after the plan
        work = stage.page.work  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: stage.page.outcome is not None and not work.looking, timeout=30_000)  # type: ignore[attr-defined]
    rest(qtbot)
    return stage.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def share_off(one: QImage, other: QImage) -> float:
    """The share of pixels that an eye tells apart; 1 where the sizes differ."""
    import numpy as np

    if one.size() != other.size():
        return 1.0
    pixels = [
        np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), -1, 4)[:, :, :3].astype(np.int16)
        for picture in (one, other)
    ]
    return float((np.abs(pixels[0] - pixels[1]).max(axis=2) > NEAR).mean())


@pytest.mark.parametrize(("page", "language", "scheme"), PAGES, ids=["-".join(one) for one in PAGES])
def test_a_page_looks_as_it_was_approved(
    page: str, language: str, scheme: str, open_window: OpenWindow, same_demo: dict[str, Path],
    today: object, qtbot: QtBot, tmp_path: Path,  # noqa: ARG001
) -> None:  # fmt: skip
    own = Path(shutil.copy(same_demo[language], tmp_path / "Demo.tandembuch"))
    stage = open_window(chosen=own, language=language, scheme=scheme)
    if page != "unlock":
        stage.unlock(DEMO_PASSPHRASE)
    picture = shown(stage, qtbot, page)
    kept = GOLDEN / f"{page}-{language}-{scheme}.png"
    if os.environ.get("TANDEMBUCH_GOLDEN") == "new":
        GOLDEN.mkdir(exist_ok=True)
        assert picture.save(str(kept))
        return
    approved = QImage(str(kept)).convertToFormat(QImage.Format.Format_RGB32)
    assert not approved.isNull(), f"{kept.name} is missing"
    off = share_off(picture, approved)
    if off > MOST_PIXELS_OFF:
        picture.save(str(tmp_path / kept.name))
    assert off <= MOST_PIXELS_OFF, f"{off:.2%} of {kept.name} differ; what is drawn now: {tmp_path / kept.name}"


def test_a_moved_line_is_seen() -> None:
    one = QImage(1280, 800, QImage.Format.Format_RGB32)
    one.fill(0xFFFFFF)
    other = one.copy()
    for x in range(600):
        other.setPixel(x, 400, 0x303030)
    assert share_off(one, one.copy()) == 0
    assert share_off(one, other) > MOST_PIXELS_OFF
    assert share_off(one, other.scaled(640, 400)) == 1
