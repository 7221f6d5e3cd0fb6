"""A PDF on its way out of the window into a file, and what the file is called."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

from app.errors import Fault

LONGEST = 120  # signs of a proposed name: folders and their paths are limited too
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u2028\u2029]+')


def proposed_name(document: str, programme: str, on: date) -> str:
    """ "Mentoring agreement Reverse 2026 2026-11-22.pdf": a name that every system takes; it names no person."""
    said = " ".join(_FORBIDDEN.sub(" ", f"{document} {programme}").split())[:LONGEST].strip(" .")
    return f"{said} {on.isoformat()}.pdf".strip()


def write_pdf(path: Path, pdf: bytes, password: str) -> None:
    """Writes the file whole or not at all, encrypted with AES-256 where a password is given."""
    if password:
        from app.documents.protection import encrypted

        pdf = encrypted(pdf, password)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(pdf)
        os.replace(part, path)
    except OSError:
        part.unlink(missing_ok=True)
        raise Fault("file.unwritable") from None
