"""What all documents are made with, whatever they say: language, house and day, and who hears how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NotRequired, TypedDict

from app.documents.inputs import Cancelled, House, Progress
from app.errors import Cancelled as CancelledFault


class Wishes(TypedDict):
    """The words of an ``Edition``, as each document takes them."""

    language: str
    house: House
    on: date
    progress: NotRequired[Progress | None]
    cancelled: NotRequired[Cancelled | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What every document of one making shares: its language ("de" or "en"), the house it speaks for, and the day it is
    dated. ``progress`` and ``cancelled`` are called between its items, in its thread; None where nobody listens.
    """

    language: str
    house: House
    on: date
    progress: Progress | None = None
    cancelled: Cancelled | None = None

    def tell(self, done: int, count: int) -> None:
        """Tells whoever wants to hear it that so many items of all are done."""
        if self.progress is not None:
            self.progress(done, count)

    def stop_if_cancelled(self) -> None:
        """Raises Cancelled when the document is no longer wanted."""
        if self.cancelled is not None and self.cancelled():
            raise CancelledFault
