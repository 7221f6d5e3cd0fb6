"""No small group is shown, and none can be worked out from what is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.evaluation.suppression import MIN_GROUP, suppress

COUNTS = st.dictionaries(st.text(max_size=3), st.integers(min_value=0, max_value=30), max_size=8)


def test_large_groups_are_shown() -> None:
    assert suppress({"a": 5, "b": 12}) == {"a": 5, "b": 12}


def test_a_single_small_group_takes_the_smallest_large_one_with_it() -> None:
    assert suppress({"a": 20, "b": 2, "c": 9, "d": 9}) == {"a": 20, "b": None, "c": None, "d": 9}


def test_two_small_groups_that_are_few_together_take_a_third() -> None:
    assert suppress({"a": 1, "b": 2, "c": 8, "d": 30}) == {"a": None, "b": None, "c": None, "d": 30}


def test_two_small_groups_of_five_together_are_enough() -> None:
    assert suppress({"a": 4, "b": 1, "c": 8}) == {"a": None, "b": None, "c": 8}


def test_a_total_below_five_is_not_shown_at_all() -> None:
    assert suppress({"a": 2, "b": 1}) is None
    assert suppress({"a": 4, "b": 0}) is None


def test_empty_groups_hide_nobody() -> None:
    assert suppress({}) == {}
    assert suppress({"a": 0, "b": 6}) == {"a": 0, "b": 6}
    assert suppress({"a": 0, "b": 3, "c": 6}) == {"a": 0, "b": None, "c": None}


@given(COUNTS)
def test_no_small_group_is_shown(counts: dict[str, int]) -> None:
    shown = suppress(counts) or {}
    assert all(count is None or count == 0 or count >= MIN_GROUP for count in shown.values())


@given(COUNTS)
def test_subtraction_finds_no_group(counts: dict[str, int]) -> None:
    """What remains of the total is nothing, or at least two groups of five people and more together."""
    shown = suppress(counts)
    if shown is None:
        assert sum(counts.values()) < MIN_GROUP or sum(count > 0 for count in counts.values()) == 1
        return
    rest = sum(counts.values()) - sum(count for count in shown.values() if count is not None)
    hidden = sum(count is None for count in shown.values())
    assert (rest, hidden) == (0, 0) or (rest >= MIN_GROUP and hidden >= 2)


@given(COUNTS)
def test_what_is_shown_is_true_and_nothing_is_hidden_needlessly(counts: dict[str, int]) -> None:
    shown = suppress(counts)
    if shown is None:
        return
    assert list(shown) == list(counts)
    assert all(shown[group] in (None, counts[group]) for group in counts)
    if all(count == 0 or count >= MIN_GROUP for count in counts.values()):
        assert None not in shown.values()
