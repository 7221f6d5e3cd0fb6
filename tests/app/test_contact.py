from __future__ import annotations

import pytest

from app.domain.contact import can_be_address


@pytest.mark.parametrize(
    "text",
    ["a.b@x.de", "lea@müller.de", "jörg@x.de", "o'brien@x.de", "a+b@x.museum", "l_m@mail.x-y.co.uk", "1@2.de",
     "lea@xn--mller-kva.de", "lea@hallgrim-voss.example"],
)  # fmt: skip
def test_what_can_be_an_address(text: str) -> None:
    assert can_be_address(text)


@pytest.mark.parametrize(
    "text",
    ["", "lea", "@x.de", "lea@", "lea@x", "lea@x,de", "lea@x..de", "lea@.de", "lea@x.de.", "a..b@x.de", ".a@x.de",
     "a.@x.de", "lea@@x.de", "lea@y@x.de", "a b@x.de", "lea(at)x.de", "lea@-x.de", "lea@x-.de", "lea@x_y.de",
     "lea@x.d", "lea@x.12", "Lea <lea@x.de>", "lea@x.de; ida@x.de", "lea@x.de\n", "l" * 65 + "@x.de",
     "lea@" + "x." * 126 + "de"],
)  # fmt: skip
def test_what_can_not(text: str) -> None:
    assert not can_be_address(text)
