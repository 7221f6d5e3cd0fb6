"""The names beside the heat map never lie on each other, however low the rows and whoever is looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.parts.pairing_map_heads import lines

LINE = 17.0


@given(st.integers(1, 130), st.integers(3, 64), st.lists(st.integers(0, 129), max_size=2))
def test_no_name_lies_on_another(count: int, step: int, looked_at: list[int]) -> None:
    line = max(LINE, float(step)) if step % 2 else LINE  # as rows have it, or columns
    found = lines(count, step, line, looked_at)
    begins = sorted(begin for _, begin in found)
    assert all(after - before >= line for before, after in zip(begins, begins[1:], strict=False))
    assert begins[0] >= 0
    assert begins[-1] + line <= max(count * step, line)
    assert len({one for one, _ in found}) == len(found)
    there = [one for one in looked_at if one < count]
    if there:
        assert there[0] in {one for one, _ in found}, "who is looked at is named in any case"
    for one, begin in found:
        assert begin <= (one + 1) * step, "each name lies at its own row"
        assert begin + line >= one * step


def test_everybody_is_named_where_there_is_room() -> None:
    assert [one for one, _ in lines(40, 27, LINE, (7,))] == [7, *(one for one in range(40) if one != 7)]


def test_names_at_the_ends_are_moved_inwards_and_make_room() -> None:
    assert lines(90, 3, LINE)[:3] == [(0, 0.0), (8, 17.0), (14, 35.0)]
    first, *rest = lines(90, 3, LINE, (1,))
    assert first == (1, 0.0)
    assert rest[0] == (8, 17.0), "as many as before are named beside the one looked at"
    assert lines(90, 3, LINE, (89,))[0] == (89, 253.0)


def test_of_two_looked_at_that_are_neighbours_the_first_is_named() -> None:
    named = {one for one, _ in lines(90, 3, LINE, (40, 41))}
    assert 40 in named
    assert 41 not in named
