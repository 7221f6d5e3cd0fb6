"""Sentences for what a plan can refuse; each says what to do next."""

from __future__ import annotations

from app.i18n import mark

SENTENCES: dict[str, str] = {
    "pairing.lock_impossible": mark(
        "A pair that was to be kept is no longer possible. Its lock was taken off; look at the new plan."
    ),
}
