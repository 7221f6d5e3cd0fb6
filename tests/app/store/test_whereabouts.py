"""Where a vault lies, and how it comes home."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from quick_vaults import PASSPHRASE

from app.errors import Fault, VaultInUse
from app.services import notes
from app.store import moving
from app.store.lockfile import LockFile
from app.store.vault import create_vault, open_vault
from app.store.whereabouts import Risk, Whereabouts, by_mounts, cloud_of, whereabouts

MOUNTS = r"""22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
31 22 8:17 / /media/anna/BLAUER\040STICK rw,nosuid - vfat /dev/sdb1 rw
32 22 0:45 / /run/media/anna/rot rw - exfat /dev/sdc1 rw
33 22 0:46 / /srv/daten rw - cifs //server/daten rw
34 22 0:47 / /srv/daten/lokal rw - ext4 /dev/sdd1 rw
35 22 0:48 / /home/anna/wolke rw - fuse.rclone remote: rw
36 22 0:49 / /home/anna/fern rw - fuse.sshfs host: rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/anna/Dokumente/a.tandembuch", None),
        ("/media/anna/BLAUER STICK/Mentoring/a.tandembuch", Risk.REMOVABLE),
        ("/run/media/anna/rot/a.tandembuch", Risk.REMOVABLE),
        ("/media/a.tandembuch", None),
        ("/srv/daten/a.tandembuch", Risk.NETWORK),
        ("/srv/datenbank/a.tandembuch", None),
        ("/srv/daten/lokal/a.tandembuch", None),
        ("/home/anna/wolke/a.tandembuch", Risk.CLOUD),
        ("/home/anna/fern/x/a.tandembuch", Risk.NETWORK),
        ("/run/user/1000/gvfs/smb-share:server=s,share=d/a.tandembuch", Risk.NETWORK),
    ],
)
def test_linux_tells_by_its_mounts(path: str, expected: Risk | None) -> None:
    found = by_mounts(path, MOUNTS)
    assert (found.risk if found else None) is expected


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (PureWindowsPath(r"C:\Users\Anna\OneDrive - Firma GmbH\a.tandembuch"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Anna\OneDrive\Dokumente\a.tandembuch"), "OneDrive"),
        (PureWindowsPath(r"C:\Users\Anna\Dropbox (Firma)\a.tandembuch"), "Dropbox"),
        (PurePosixPath("/Users/anna/Library/Mobile Documents/com~apple~CloudDocs/a.tandembuch"), "iCloud"),
        (PurePosixPath("/Users/a/Library/CloudStorage/GoogleDrive-a@b.de/Meine Ablage/a.tandembuch"), "Google Drive"),
        (PurePosixPath("/home/anna/Nextcloud/Mentoring/a.tandembuch"), "Nextcloud"),
        (PurePosixPath("/home/anna/ownCloud/a.tandembuch"), "ownCloud"),
        (PurePosixPath("/home/anna/MagentaCLOUD/a.tandembuch"), "MagentaCLOUD"),
        (PurePosixPath("/home/anna/Dokumente/Dropbox.tandembuch"), None),
        (PurePosixPath("/home/anna/Boxen/a.tandembuch"), None),
        (PurePosixPath("/home/anna/Mentoring/a.tandembuch"), None),
    ],
)
def test_clouds_are_known_by_their_folders(path: PurePosixPath, name: str | None) -> None:
    assert cloud_of(path) == (Whereabouts(Risk.CLOUD, name) if name else None)


def test_the_folder_that_windows_names_counts_whatever_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", "/srv/abgleich")
    assert cloud_of(PurePosixPath("/srv/abgleich/a.tandembuch")) == Whereabouts(Risk.CLOUD, "OneDrive")


def test_a_file_that_is_not_there_yet_has_a_place(tmp_path: Path) -> None:
    assert whereabouts(tmp_path / "neu" / "a.tandembuch") is None
    assert whereabouts(tmp_path / "Dropbox" / "a.tandembuch") == Whereabouts(Risk.CLOUD, "Dropbox")


@pytest.fixture
def away(tmp_path: Path, quick_key: None) -> Path:  # noqa: ARG001
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with create_vault(folder / "Büro.tandembuch", PASSPHRASE) as vault, vault.change("add") as change:
        notes.add(change, title="eins")
    return folder / "Büro.tandembuch"


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_to_a_vault_goes_with_it(away: Path, tmp_path: Path) -> None:
    link = tmp_path / "Verknüpfung.tandembuch"
    link.symlink_to(away)
    content = away.read_bytes()
    home = tmp_path / "daheim"
    assert moving.move_vault(link, home) == home / link.name
    assert (home / link.name).read_bytes() == content
    assert not link.is_symlink()
    assert list(away.parent.iterdir()) == []


def test_a_vault_moves_whole(away: Path, tmp_path: Path) -> None:
    home = tmp_path / "daheim" / "Tandembuch"
    content = away.read_bytes()
    assert moving.move_vault(away, home) == home / away.name
    assert (home / away.name).read_bytes() == content
    assert list(away.parent.iterdir()) == []
    with open_vault(home / away.name, PASSPHRASE) as vault:
        assert vault.rows("SELECT title FROM note") == [("eins",)]


def test_it_takes_nobodys_place(away: Path, tmp_path: Path) -> None:
    (tmp_path / away.name).write_bytes(b"another")
    assert moving.move_vault(away, tmp_path) == tmp_path / "Büro 2.tandembuch"
    assert (tmp_path / away.name).read_bytes() == b"another"


def test_a_change_that_was_cut_off_is_taken_back_first(away: Path, tmp_path: Path) -> None:
    away.with_name(f"{away.name}-journal").write_bytes(b"x" * 600)
    content = away.read_bytes()
    with pytest.raises(Fault, match="moving.journal"):
        moving.move_vault(away, tmp_path / "daheim")
    assert away.read_bytes() == content
    assert not (tmp_path / "daheim").exists()


def test_an_open_vault_does_not_move(away: Path, tmp_path: Path) -> None:
    lock = LockFile(away)
    try:
        with pytest.raises(VaultInUse):
            moving.move_vault(away, tmp_path)
    finally:
        lock.release()
    assert away.exists()


def test_what_can_not_be_written_leaves_it_where_it_was(away: Path, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("no folder")
    with pytest.raises(Fault, match="backups.unwritable"):
        moving.move_vault(away, tmp_path / "datei")
    assert away.exists()
