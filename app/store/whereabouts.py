"""Where a vault lies: in a folder that a cloud keeps in step, on a network drive, on a stick. Each has its dangers."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath


class Risk(StrEnum):
    CLOUD = "cloud"
    NETWORK = "network"
    REMOVABLE = "removable"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is risky about a place; ``name``: the cloud's."""

    risk: Risk
    name: str = ""


# What a folder is called that a cloud keeps in step, and whose it is.
_CLOUDS: tuple[tuple[str, str], ...] = (
    (r"onedrive( ?-.*)?", "OneDrive"),
    (r"sharepoint", "SharePoint"),
    (r"dropbox( \(.*\))?", "Dropbox"),
    (r"icloud ?drive|com~apple~clouddocs|mobile documents", "iCloud"),
    (r"nextcloud\d*", "Nextcloud"),
    (r"owncloud( .*)?", "ownCloud"),
    (r"google ?drive(-.*)?|drivefs", "Google Drive"),
    (r"box( sync)?|box-box", "Box"),
    (r"pcloud ?(drive|sync)?", "pCloud"),
    (r"mega(sync)?", "MEGA"),
    (r"magentacloud", "MagentaCLOUD"),
    (r"(strato )?hidrive", "HiDrive"),
    (r"seafile|seadrive", "Seafile"),
    (r"syncthing", "Syncthing"),
    (r"tresorit( drive)?", "Tresorit"),
)
_CLOUD_MOUNTS = ("fuse.rclone", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.seadrive", "fuse.pcloud")
_NETWORK_MOUNTS = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "afpfs", "webdav", "davfs", "fuse.davfs2", "fuse.sshfs", "ceph",
    "fuse.gvfsd-fuse", "glusterfs", "fuse.glusterfs", "ncpfs", "fuse.smbnetfs",
)  # fmt: skip
_STICKS = ("/media/", "/run/media/")
_REMOVABLE_DRIVE, _REMOTE_DRIVE = 2, 4


def whereabouts(path: Path) -> Whereabouts | None:
    """What is risky about the place of a file, or of one that will be made; None where nothing is known to be."""
    with suppress(OSError):
        path = path.expanduser().resolve()
    return cloud_of(path) or _by_system(path)


def cloud_of(path: PurePath) -> Whereabouts | None:
    """The cloud whose folder the path leads through, known by its usual name or by what the system says."""
    for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        folder = os.environ.get(variable, "")
        if folder and path.is_relative_to(folder):
            return Whereabouts(Risk.CLOUD, "OneDrive")
    for part in path.parts[:-1]:
        for pattern, name in _CLOUDS:
            if re.fullmatch(pattern, part, re.IGNORECASE):
                return Whereabouts(Risk.CLOUD, name)
    return None


def _by_system(path: Path) -> Whereabouts | None:
    if sys.platform == "win32":
        return _by_drive(path)
    if sys.platform == "darwin":
        return _by_volume(path)
    with suppress(OSError):
        return by_mounts(str(path), Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace"))
    return None


def by_mounts(path: str, mounts: str) -> Whereabouts | None:
    """By the table of mounts that Linux gives."""
    if re.search(r"/run/user/\d+/gvfs/", path):
        return Whereabouts(Risk.NETWORK)
    best, kind = "", ""
    for point, found in _mounted(mounts):
        if (path == point or path.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
            best, kind = point, found
    if kind in _CLOUD_MOUNTS:
        return Whereabouts(Risk.CLOUD, kind.removeprefix("fuse."))
    if kind in _NETWORK_MOUNTS:
        return Whereabouts(Risk.NETWORK)
    return Whereabouts(Risk.REMOVABLE) if f"{best}/".startswith(_STICKS) else None


def _mounted(mounts: str) -> Iterator[tuple[str, str]]:
    """Where each file system is mounted, and of which kind it is."""
    for line in mounts.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if dash and len(fields) > 4:
            yield re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), fields[4]), after.split(" ")[0]


def _drive_type(root: str) -> int:
    windows = getattr(ctypes, "windll", None)
    return 0 if windows is None else int(windows.kernel32.GetDriveTypeW(root))


def _by_drive(path: Path) -> Whereabouts | None:
    if path.drive.startswith("\\\\"):
        return Whereabouts(Risk.NETWORK)
    kinds = {_REMOTE_DRIVE: Risk.NETWORK, _REMOVABLE_DRIVE: Risk.REMOVABLE}
    kind = kinds.get(_drive_type(f"{path.drive}\\"))
    return None if kind is None else Whereabouts(kind)


def _by_volume(path: Path) -> Whereabouts | None:
    if path.parts[:2] != ("/", "Volumes"):
        return None
    return Whereabouts(Risk.NETWORK if _volume_kind(path.parents[-3]) in _NETWORK_MOUNTS else Risk.REMOVABLE)


def _volume_kind(volume: Path) -> str:
    """The kind of file system as macOS calls it: 16 letters at place 72 of its struct statfs."""
    record = ctypes.create_string_buffer(4096)
    system = ctypes.CDLL(None)
    function = getattr(system, "statfs$INODE64", None) or system.statfs
    if function(os.fsencode(volume), record) != 0:
        return ""
    return record.raw[72:88].split(b"\0")[0].decode("ascii", "replace")


def sticks() -> tuple[Path, ...]:
    """The removable drives that are plugged in now and can be written to."""
    found: list[Path] = []
    if sys.platform == "win32":
        found = [Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ" if _drive_type(f"{letter}:\\") == 2]
    elif sys.platform == "darwin":
        with suppress(OSError):
            found = [one for one in Path("/Volumes").iterdir() if not one.is_symlink() and one.is_dir()]
    else:
        with suppress(OSError):
            mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
            found = [Path(point) for point, _ in _mounted(mounts) if f"{point}/".startswith(_STICKS)]
    return tuple(sorted({one for one in found if os.access(one, os.W_OK)}))
