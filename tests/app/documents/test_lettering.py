"""Text on its way to paper: what Inter can't print, what would be markup, what does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.documents.lettering import FALLBACK, MEDIUM, STRONG, TEXT, fitted, fonts, markup, missing_glyphs, printable
from app.documents.lettering import width as width_of


@pytest.mark.parametrize(
    "name", ["Łukasz Wiśniewski", "Nguyễn Thị Hồng Phượng", "Þórðardóttir", "Коваленко", "Παπαδόπουλος", "Çelik İnönü"]
)
def test_names_of_europe_and_vietnam_are_printed_as_they_are(name: str) -> None:
    assert printable(name) == name
    assert missing_glyphs(name) == ()


def test_a_name_typed_in_parts_is_composed() -> None:
    assert printable("O\u0308zdemir") == "Özdemir"


def test_what_inter_does_not_have_is_one_box_a_sign_and_reported_once() -> None:
    assert printable("山田 🎉!") == f"{FALLBACK}{FALLBACK} {FALLBACK}!"
    assert missing_glyphs("山田 山 🎉") == ("山", "田", "🎉")
    assert ord(FALLBACK) in fonts()


def test_joiners_colours_and_soft_hyphens_leave_no_box() -> None:
    assert printable("a\u00adb") == "ab"
    assert printable("👍🏽") == FALLBACK
    assert missing_glyphs("👍🏽\ufe0f\u200d") == ("👍",)


def test_control_signs_vanish_and_line_ends_become_one_kind() -> None:
    assert printable("a\x00\x1b[b\r\nc\rd\te") == "a[b\nc\nd e"


def test_markup_is_escaped() -> None:
    assert markup("a<b>c & <img src=/etc/passwd>\n&lt;") == (
        "a&lt;b&gt;c &amp; &lt;img src=/etc/passwd&gt;<br/>&amp;lt;"
    )


@given(st.text(max_size=60))
def test_whatever_is_written_can_be_printed(text: str) -> None:
    assert all(sign == "\n" or ord(sign) in fonts() for sign in printable(text))
    assert missing_glyphs(printable(text)) == ()


@given(
    st.text(max_size=80), st.sampled_from([TEXT, MEDIUM, STRONG]), st.floats(6, 40), st.floats(30, 500), st.booleans()
)
def test_fitted_text_fits(text: str, font: str, size: float, room: float, shrinks: bool) -> None:
    shown, chosen = fitted(text, font, size, room, size / 2 if shrinks else None)
    assert width_of(shown, font, chosen) <= room or shown == "…"
    assert size / 2 <= chosen <= size


def test_text_shrinks_before_it_is_cut() -> None:
    room = width_of("Wiśniewski", STRONG, 20)
    assert fitted("Wiśniewski", STRONG, 20, room) == ("Wiśniewski", 20)
    assert fitted("Wiśniewski", STRONG, 30, room, 15)[0] == "Wiśniewski"
    cut, size = fitted("Wiśniewski", STRONG, 30, room, 25)
    assert cut.endswith("…")
    assert size == 25
