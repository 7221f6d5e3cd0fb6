"""A PDF on its way out of the window into a file."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import Fault


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
