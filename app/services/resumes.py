"""Verbs on the vault's Resume: written at the lock, taken at the next opening."""

from __future__ import annotations

from app.domain.resumes import Resume
from app.store import resumes
from app.store.vault import Change


def keep(change: Change, resume: Resume) -> None:
    resumes.write(change, resume)


def forget(change: Change) -> None:
    resumes.forget(change)
