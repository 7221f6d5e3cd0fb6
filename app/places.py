"""Where the program keeps its own files; ``--home DIR`` puts all of them into one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """``settings``: a file; ``backups`` and ``documents``: made on first use. ``vaults``: where new ones go."""

    settings: Path
    backups: Path
    vaults: Path


def places(home: Path | None = None) -> Places:
    """The folders of this user, or everything below ``home``."""
    if home is not None:
        home = home.expanduser().resolve()
        return Places(home / "settings.json", home / "backups", home / "vaults")
    from platformdirs import PlatformDirs

    folders = PlatformDirs("Tandembuch", appauthor=False)
    return Places(
        Path(folders.user_config_dir) / "settings.json",
        Path(folders.user_data_dir) / "backups",
        Path(folders.user_documents_dir) / "Tandembuch",
    )
