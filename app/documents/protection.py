"""A password on a finished PDF: AES-256, by pypdf."""

from __future__ import annotations

import io


def encrypted(pdf: bytes, password: str) -> bytes:
    """The same pages, readable with the password alone."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, algorithm="AES-256")
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()
