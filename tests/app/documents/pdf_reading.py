"""Reads finished PDFs back, for the tests of documents."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.i18n import number_text, speaking


def opened(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def pages(pdf: bytes) -> int:
    return len(opened(pdf).pages)


def text_of(pdf: bytes) -> str:
    """All text, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in opened(pdf).pages).split())


def fonts_of(pdf: bytes) -> set[str]:
    """The names of all fonts the pages may use."""
    found: set[str] = set()
    for page in opened(pdf).pages:
        resources: Any = page["/Resources"].get_object()
        if "/Font" in resources:
            found |= {str(font.get_object()["/BaseFont"]) for font in resources["/Font"].get_object().values()}
    return found


def tool(name: str, pdf: bytes, folder: Path, *options: str) -> str:
    """What a PDF tool of the system says about the file; skips the test where it is not installed."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    file = folder / "read.pdf"
    file.write_bytes(pdf)
    tail = ["-"] if name == "pdftotext" else []
    done = subprocess.run([path, *options, str(file), *tail], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def number(value: float, language: str) -> str:
    with speaking(language):
        return number_text(value)
