"""A disk that loses its power: what a recording may have left on it.

What was synced is there. Of everything else the disk kept any part, in any order: a write may be dropped whole or torn
between its sectors, a file may have grown by a write that never came (then zeros or noise stand there), and an entry
made, renamed or removed in a folder that was not synced since may be as before.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from disk_recording import Cut, Event, Made, MadeFolder, Removed, Renamed, Said, Synced, Written

Loose = TypeVar("Loose")
SECTOR = 512
PAGE = 4096


@dataclass(eq=False)
class File:
    kept: bytearray = field(default_factory=bytearray)
    loose: list[Written | Cut] = field(default_factory=list)


@dataclass(eq=False)
class Folder:
    """``loose``: an entry's name, and what it is from then on (None: gone); a rename is two at once."""

    kept: dict[str, File | Folder] = field(default_factory=dict)
    loose: list[dict[str, File | Folder | None]] = field(default_factory=list)

    def now(self) -> dict[str, File | Folder]:
        return _with(self.kept, self.loose)


def _with(
    entries: dict[str, File | Folder], changes: list[dict[str, File | Folder | None]]
) -> dict[str, File | Folder]:
    found = dict(entries)
    for change in changes:
        for name, node in change.items():
            if node is None:
                found.pop(name, None)
            else:
                found[name] = node
    return found


class Disk:
    """Follows a recording; at each moment it can be asked for a state that a loss of power may leave."""

    def __init__(self, root: Path) -> None:
        """``root`` as it is now, all of it synced."""
        self._path = root
        self._root = _read(root)

    def follow(self, event: Event) -> None:
        match event:
            case Made(path):
                self._parent(path).loose.append({path.name: File()})
            case MadeFolder(path):
                self._parent(path).loose.append({path.name: Folder()})
            case Written(path) | Cut(path):
                self._file(path).loose.append(event)
            case Renamed(source, target):
                self._rename(source, target)
            case Removed(path):
                self._parent(path).loose.append({path.name: None})
            case Synced(path):
                self._sync(path)
            case Said():
                pass

    def _node(self, path: Path) -> File | Folder:
        node: File | Folder = self._root
        for name in path.relative_to(self._path).parts:
            assert isinstance(node, Folder)
            node = node.now()[name]
        return node

    def _parent(self, path: Path) -> Folder:
        node = self._node(path.parent)
        assert isinstance(node, Folder)
        return node

    def _file(self, path: Path) -> File:
        node = self._node(path)
        assert isinstance(node, File)
        return node

    def _rename(self, source: Path, target: Path) -> None:
        assert source.parent == target.parent, "a rename between folders is not modelled"
        self._parent(source).loose.append({source.name: None, target.name: self._node(source)})

    def _sync(self, path: Path) -> None:
        node = self._node(path)
        if isinstance(node, File):
            for event in node.loose:
                _apply(node.kept, event)
        else:
            node.kept = node.now()
        node.loose.clear()

    def now(self, target: Path) -> None:
        """The state of a system that goes on: everything is there."""
        self._lay(self._root, target, lambda file: _all(file), lambda folder: folder.now())

    def without_power(self, target: Path, chance: random.Random) -> None:
        """One of the states that a loss of power at this moment may leave, laid into the empty folder ``target``."""
        share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        torn = chance.choice((0.0, 0.3))
        in_order = chance.random() < 0.3
        self._lay(
            self._root,
            target,
            lambda file: _some(file, chance, share, torn, in_order=in_order),
            lambda folder: _with(folder.kept, _few(folder.loose, chance, share, in_order=in_order)),
        )

    def _lay(
        self,
        folder: Folder,
        target: Path,
        content: Callable[[File], bytearray],
        entries: Callable[[Folder], dict[str, File | Folder]],
    ) -> None:
        target.mkdir(exist_ok=True)
        for name, node in entries(folder).items():
            if isinstance(node, Folder):
                self._lay(node, target / name, content, entries)
            else:
                (target / name).write_bytes(content(node))


def _read(path: Path) -> Folder:
    found = Folder()
    for entry in path.iterdir():
        found.kept[entry.name] = _read(entry) if entry.is_dir() else File(bytearray(entry.read_bytes()))
    return found


def _apply(content: bytearray, event: Written | Cut) -> None:
    if isinstance(event, Cut):
        if event.size < len(content):
            del content[event.size :]
        else:
            content.extend(bytes(event.size - len(content)))
        return
    if event.at > len(content):
        content.extend(bytes(event.at - len(content)))
    content[event.at : event.at + len(event.content)] = event.content


def _all(file: File) -> bytearray:
    content = bytearray(file.kept)
    for event in file.loose:
        _apply(content, event)
    return content


def _few(loose: list[Loose], chance: random.Random, share: float, *, in_order: bool) -> list[Loose]:
    if in_order:
        return loose[: chance.randint(0, len(loose))]
    return [event for event in loose if chance.random() < share]


def _some(file: File, chance: random.Random, share: float, torn: float, *, in_order: bool) -> bytearray:
    content = bytearray(file.kept)
    for event in _few(file.loose, chance, share, in_order=in_order):
        for part in _torn(event, chance) if isinstance(event, Written) and chance.random() < torn else (event,):
            _apply(content, part)
    size = len(_all(file))
    if size > len(content) and chance.random() < 0.3:
        grown = size - len(content)
        content += chance.randbytes(grown) if chance.random() < 0.5 else bytes(grown)
    return content


def _torn(event: Written, chance: random.Random) -> Iterator[Written]:
    """Some of the sectors or pages of a write, or its first ones."""
    step = chance.choice((SECTOR, PAGE))
    edges = [event.at, *range((event.at // step + 1) * step, event.at + len(event.content), step)]
    end = chance.randint(0, len(edges)) if chance.random() < 0.5 else len(edges)
    for begin in edges[:end]:
        stop = min((begin // step + 1) * step, event.at + len(event.content))
        if end < len(edges) or chance.random() < 0.5:
            yield Written(event.path, begin, event.content[begin - event.at : stop - event.at])
