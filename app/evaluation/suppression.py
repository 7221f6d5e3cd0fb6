"""Small groups stay unseen: no figure of fewer than five people, and none that a subtraction would give away."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

MIN_GROUP = 5

Group = TypeVar("Group", bound=Hashable)


def suppress(counts: Mapping[Group, int]) -> dict[Group, int | None] | None:
    """The counts of groups that share out a total which is shown as well, None for each group to be hidden.

    A group of 1 to 4 is hidden. The total less the shown groups is what the hidden ones make together; so that this
    too is five people or more, of two groups at least, the smallest further groups are hidden with them (the earlier
    of equals). Where even hiding all leaves fewer than five people, or a single hidden group, the answer is None:
    then the total may not be shown either. Empty groups hide nobody and stay 0.
    """
    hidden = {group for group, count in counts.items() if 0 < count < MIN_GROUP}
    if not hidden:
        return dict(counts)
    shown = sorted((count, place, group) for place, (group, count) in enumerate(counts.items()) if count >= MIN_GROUP)
    for _count, _place, group in shown:
        if _safe(hidden, counts):
            break
        hidden.add(group)
    if not _safe(hidden, counts):
        return None
    return {group: None if group in hidden else count for group, count in counts.items()}


def _safe(hidden: set[Group], counts: Mapping[Group, int]) -> bool:
    """True when the hidden groups together are too many people to say anything about one of them."""
    return len(hidden) >= 2 and sum(counts[group] for group in hidden) >= MIN_GROUP
