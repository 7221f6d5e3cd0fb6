"""The protocol of a pairing on paper: what it says in both languages, and what it never says."""

from __future__ import annotations

from typing import Any

import document_samples as samples
import pytest
from document_samples import HOSTILE, HOUSE, ON
from pdf_reading import fonts_of, opened, pages, text_of

from app.documents import pairing_protocol
from app.documents.inputs import House
from app.documents.protocol_inputs import BY_HAND, CONFIDENTIAL, PairSheet, ProtocolSheet, RuleLine, ShareLine
from app.domain.drafts import Aim, Method
from app.domain.ids import TopicId
from app.domain.programmes import Criterion, Rule, Strictness
from app.domain.tandems import Reason
from app.errors import Cancelled

REASONS = (
    Reason(criterion="skills", points=300, most=600, facts=("7:4:3",)),
    Reason(criterion="interests", points=250, most=400, facts=("Rudern",)),
)


def pair(number: int = 1, **fields: Any) -> PairSheet:
    return PairSheet(mentor=f"Ada Adler {number}", mentee=f"Cem Çelik {number}", score=550, reasons=REASONS, **fields)


def sheet(pairs: tuple[PairSheet, ...] = (pair(),), **fields: Any) -> ProtocolSheet:
    values: dict[str, Any] = {
        "programme": samples.programme(),
        "version": "0.1.0",
        "checksum": "ab" * 32,
        "people": 5,
        "mentors": 3,
        "mentees": 2,
        "places": 4,
        "candidates": 6,
        "allowed": 4,
        "rules": (
            RuleLine(reason=Rule.LEVEL_FAR.value, strictness=Strictness.WARNING, levels=3, warned=1),
            RuleLine(reason=CONFIDENTIAL, strictness=Strictness.HARD, excluded=2),
            RuleLine(reason=BY_HAND, strictness=None, excluded=1),
        ),
        "shares": (
            ShareLine(criterion=Criterion.SKILLS, weight=6, points=600, must=True),
            ShareLine(criterion=Criterion.INTERESTS, weight=4, points=400),
            ShareLine(criterion=Criterion.TENURE, weight=0, points=0),
        ),
        "pairs": pairs,
        "left_mentors": 2,
        "left_mentees": 1,
        "planned": len(pairs),
        "total": 550,
        "names": ((TopicId(7), "Tabellen"),),
    }
    return ProtocolSheet(**values | fields)


def made(records: ProtocolSheet, language: str = "de", **more: Any) -> bytes:
    return pairing_protocol(records, language=language, house=more.pop("house", HOUSE), on=ON, **more)


def test_it_tells_the_whole_way_in_german() -> None:
    found = text_of(made(sheet()))
    for words in (
        "Protokoll der Tandembildung", "3 Mentor:innen", "mit 4 freien Plätzen", "Beteiligung zuerst",
        "Optimale Zuordnung", "Ebenen zu fern (Grenze: 3)", "Vertrauliche Gründe", "Von Hand ausgeschlossen",
        "Kompetenzen", "Pflicht", "6 von 10", "1 Paar mit insgesamt 550 Punkten", "2 Mentor:innen, 1 Mentees",
        "1. Ada Adler 1 mit Cem Çelik 1", "Tabellen: bietet 4, sucht 3", "300 von 600", "550 von 1.000",
        "Tandembuch 0.1.0", "ab" * 16, "Vertraulich",
    ):  # fmt: skip
        assert words in found, words
    assert "Jahre im Haus" not in found  # a criterion without weight plays no part


def test_it_speaks_english_and_says_how_it_was_sought() -> None:
    found = text_of(made(sheet(aim=Aim.QUALITY, proved=False, existing=2, cycles=1), "en"))
    for words in ("Protocol of the pairing", "Quality first", "The best plan found", "2 open tandems were there",
                  "1 line of superiors runs in a circle", "Checksum of the input"):  # fmt: skip
        assert words in found, words
    found = text_of(made(sheet(method=Method.STABLE), "en"))
    assert "Stable matching" in found
    assert "Optimal assignment" not in found


@pytest.mark.parametrize("language", ["de", "en"])
def test_it_names_no_veto_no_rival_and_no_wish(language: str) -> None:
    found = text_of(made(sheet((pair(warnings=(Rule.SAME_TEAM.value,), kept=True),)), language)).lower()
    for word in ("veto", "rival", "wunsch 1", "wish 1"):
        assert word not in found, word
    # One or two pairs with a confidential reason could be guessed.
    assert ("weniger als 5" if language == "de" else "fewer than 5") in found
    many = RuleLine(reason=CONFIDENTIAL, strictness=Strictness.HARD, excluded=12, warned=0)
    found = text_of(made(sheet(rules=(many,)), language))
    assert "12" in found


def test_wishes_count_but_are_not_printed() -> None:
    shares = (ShareLine(criterion=Criterion.WISHES, weight=4, points=400),)
    found = text_of(made(sheet(shares=shares, most=600), "en"))
    assert "nobody shall read here who asked for whom" in found.replace("\n", " ")
    assert "550 of 600" in found


@pytest.mark.parametrize(("again", "words"), [(True, "dieselben"), (False, "nicht mehr derselbe"), (None, "")])
def test_a_published_plan_says_what_came_of_making_it_again(again: bool | None, words: str) -> None:
    found = text_of(made(sheet(published_on=ON, published=1, again=again)))
    assert ("Für diesen Druck neu gebildet" in found) is (again is not None)
    assert words in found


def test_an_empty_plan_and_a_long_one() -> None:
    assert pages(made(sheet((), shares=(), rules=()), house=House())) == 1
    steps: list[tuple[int, int]] = []
    pdf = made(sheet(tuple(pair(n) for n in range(40))), progress=lambda done, of: steps.append((done, of)))
    assert steps[-1] == (40, 40)
    assert "40. Ada Adler 39" in text_of(pdf)
    assert all("+Inter" in font for font in fonts_of(pdf))
    assert opened(pdf).trailer["/Root"]["/Lang"] == "de-DE"  # type: ignore[index]


def test_markup_in_names_is_text_and_cancelling_stops() -> None:
    hostile = PairSheet(mentor=HOSTILE, mentee=HOSTILE, score=1)
    assert HOSTILE in text_of(made(sheet((hostile,))))
    with pytest.raises(Cancelled):
        made(sheet(), cancelled=lambda: True)
