"""Settings of this device: how the window looks and which vaults it opened. Never the name of a person."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

RECENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``text_size`` in percent (80 to 200), ``idle_minutes`` 1 to 120; ``window``, ``tables``: widget states."""

    language: str = "de"
    scheme: str = "system"  # system, light, dark
    text_size: int = 100
    density: str = "comfortable"  # comfortable, compact
    idle_minutes: int = 5
    remember_recent: bool = True
    hide_from_capture: bool = True  # where the system can keep the windows out of recordings
    recent: tuple[str, ...] = ()
    folder: str = ""  # where the last file was saved
    window: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)


def load(path: Path) -> Settings:
    """The settings kept at ``path``; what is missing or unreadable takes its default."""
    first = Settings()
    kept = _kept(path)
    known: dict[str, Any] = {}
    for entry in fields(Settings):
        value = kept.get(entry.name)
        default = getattr(first, entry.name)
        if isinstance(default, tuple) and isinstance(value, list):
            known[entry.name] = tuple(str(item) for item in value)
        elif type(value) is type(default):
            known[entry.name] = value
    if "language" not in known:
        known["language"] = _system_language()
    return _in_range(replace(first, **known))


def _kept(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        import json  # a first start has nothing to read

        kept = json.loads(text)
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def save(path: Path, settings: Settings) -> None:
    """Writes them whole or not at all; a folder that can't be written is no reason to stop the program."""
    import json

    part = path.with_name(f"{path.name}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(part, path)


def with_recent(settings: Settings, vault: Path) -> Settings:
    """The vault first in the list of recent ones, unless the list is switched off."""
    if not settings.remember_recent:
        return replace(settings, recent=())
    name = str(vault.resolve())
    return replace(settings, recent=(name, *(other for other in settings.recent if other != name))[:RECENT])


def _in_range(settings: Settings) -> Settings:
    return replace(
        settings,
        language=settings.language if settings.language in ("de", "en") else "en",
        scheme=settings.scheme if settings.scheme in ("system", "light", "dark") else "system",
        density=settings.density if settings.density in ("comfortable", "compact") else "comfortable",
        text_size=min(200, max(80, settings.text_size)),
        idle_minutes=min(120, max(1, settings.idle_minutes)),
    )


def _system_language() -> str:
    name = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if not name:
        import locale

        name = locale.getlocale()[0] or ""
    return "en" if name.lower().startswith(("en", "c.")) else "de"
