"""What an e-mail address can look like, as far as one sees it without sending anything."""

from __future__ import annotations

import re

_LONGEST, _LONGEST_NAME = 254, 64
_NAME = re.compile(r"[^\s@<>,;:()\[\]\"\\.]+(?:\.[^\s@<>,;:()\[\]\"\\.]+)*\Z")
_LABEL = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?\Z")


def can_be_address(text: str) -> bool:
    """Whether mail could be sent to ``text``: a name, one @, and a domain of at least two labels. Umlauts may be."""
    name, at, domain = text.rpartition("@")
    labels = domain.split(".")
    return bool(
        at
        and len(text) <= _LONGEST
        and len(name) <= _LONGEST_NAME
        and _NAME.match(name)
        and len(labels) >= 2
        and all(_LABEL.match(label) and "_" not in label for label in labels)
        and len(labels[-1]) >= 2
        and not labels[-1].isdecimal()
    )
