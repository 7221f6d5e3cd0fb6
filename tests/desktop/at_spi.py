#!/usr/bin/python3
"""What a screen reader does to the demo: looks, presses, reads, types, locks, unlocks.

    at_spi.py journey PASSPHRASE BUTTON...   once through everything; BUTTON: the names of the rail's buttons
    at_spi.py storm CHANGES BUTTON...        changes pages while other processes ask for all there is, without a pause
    at_spi.py ask                            such a process; ends when it is ended

Run by the system's python3 (its gi speaks AT-SPI) on a screen with an accessibility bus. Prints a line per step; exit
status 1 and the reason at the first thing that fails.
"""

from __future__ import annotations

import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import gi  # type: ignore[import-not-found, unused-ignore]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found, unused-ignore]  # noqa: E402

warnings.filterwarnings("ignore", category=DeprecationWarning)

Node = Any
PATIENCE = 40.0
BUTTONS = {"push button", "button"}
PRESSES = {"press", "click", "toggle"}
CONTROLS = {
    *BUTTONS, "toggle button", "check box", "radio button", "combo box", "text", "entry", "password text",
    "spin button", "slider", "table", "tree table", "tree", "list", "list box", "menu item", "page tab",
}  # fmt: skip


def tell(step: str) -> None:
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


def wait(what: str, find: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true answer of ``find``; gives up with ``what`` was waited for."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            found = find()
        except GLib.Error:
            found = None  # the widget went while it was looked at
        if found:
            return found
        time.sleep(0.1)
    sys.exit(f"never seen: {what}")


def children(node: Node) -> Iterator[Node]:
    for place in range(min(node.get_child_count(), 300)):
        child = node.get_child_at_index(place)
        if child is not None:
            yield child


def walk(node: Node) -> Iterator[Node]:
    """What can be seen below a node; tables are not entered, they have thousands of cells."""
    yield node
    if node.get_role_name() not in ("table", "tree table"):
        for child in children(node):
            if has(child, Atspi.StateType.SHOWING):
                yield from walk(child)


def has(node: Node, state: Any) -> bool:
    return bool(node.get_state_set().contains(state))


def application() -> Node | None:
    """The newest program of ours on the bus; the one before a lock may still be listed for a moment."""
    ours = [app for app in children(Atspi.get_desktop(0)) if "tandembuch" in (app.get_name() or "").lower()]
    return next((app for app in reversed(ours) if app.get_child_count()), None)


def named(name: str, roles: set[str] | None = None) -> Node | None:
    app = application()
    if app is None:
        return None
    for node in walk(app):
        if (node.get_name() or "") == name and (roles is None or node.get_role_name() in roles):
            return node
    return None


def actions(node: Node) -> list[str]:
    """What can be done with it; nothing with one that has gone or can't be used now."""
    action = node.get_action_iface()
    return [] if action is None else [action.get_action_name(at).lower() for at in range(action.get_n_actions())]


def press(name: str) -> None:
    """Presses a button, looked for each time: the rail shown while the demo is made is not that of the open vault."""

    def pressed() -> bool:
        button = named(name, BUTTONS)
        names = [] if button is None else actions(button)
        place = next((at for at, one in enumerate(names) if one in PRESSES), None)
        if button is None or place is None:
            return False
        with suppress(GLib.Error):  # the program that locks is gone before it answers
            button.get_action_iface().do_action(place)
        return True

    wait(f"the button {name!r}, to be pressed", pressed)


def nameless() -> list[str]:
    app = application()
    assert app is not None
    wrong = []
    for node in walk(app):
        if not has(node, Atspi.StateType.SHOWING) or node.get_role_name() in ("scroll bar", "filler", "panel"):
            continue
        if has(node, Atspi.StateType.FOCUSABLE) or node.get_role_name() in CONTROLS:
            name = node.get_name() or ""
            if not name.strip() or name != name.strip():
                around = node.get_parent()
                wrong.append(f"[{node.get_role_name()}] {name!r} in {around and around.get_name()!r}")
    return wrong


def demand_names(page: str) -> None:
    """Every control has a name; one that is only just being made gets it in a moment."""
    until = time.monotonic() + PATIENCE / 4
    while wrong := wait("the controls", lambda: [nameless()])[0]:
        if time.monotonic() > until:
            sys.exit(f"{page}: no good name: {wrong}")
        time.sleep(0.2)


def rows(table: Node) -> int:
    return int(table.get_table_iface().get_n_rows())


def type_into(node: Node, text: str) -> None:
    editable = node.get_editable_text_iface()
    if editable is None or not editable.set_text_contents(text):
        sys.exit(f"{node.get_name()!r} takes no text")


def go_round(pages: list[str]) -> None:
    """Opens each page by its button, and looks for controls that a blind user could not tell apart."""
    for page in pages:
        open_page(page)


def open_page(page: str) -> None:
    press(page)
    wait(f"the page {page!r}", lambda: f"{page} – Tandembuch" in titles())
    demand_names(page)
    tell(f"{page}: every control is named")


def titles() -> list[str]:
    app = application()
    return [] if app is None else [child.get_name() for child in children(app)]


def look_for_somebody() -> None:
    """Reads the table of people, then searches for the first of them."""
    open_page("People")
    table = wait("the table of people", lambda: named("People", {"table", "tree table"}))
    all_of_them = wait("rows in it", lambda: rows(table))
    first = table.get_table_iface().get_accessible_at(0, 0).get_name()
    if not first or "," not in first:
        sys.exit(f"the first cell says {first!r}, no name")
    search = wait("the search field", lambda: named("Search name, department or learning goal"))
    type_into(search, first.partition(",")[0])
    fewer = wait("fewer rows", lambda: 0 < rows(table) < all_of_them and rows(table))
    tell(f"search: {fewer} of {all_of_them} rows")


def lock_and_unlock(passphrase: str) -> None:
    press("Lock")
    field = wait("the passphrase field of a new process", lambda: named("Passphrase", {"password text", "text"}))
    tell("locked")
    demand_names("unlock")
    type_into(field, passphrase)
    press("Unlock")
    wait("the page that was shown before", lambda: "People – Tandembuch" in titles())
    tell("unlocked")


def journey(passphrase: str, pages: list[str]) -> None:
    wait("the window of the demo", lambda: named(pages[0], BUTTONS))
    tell("the window is there")
    go_round(pages)
    look_for_somebody()
    lock_and_unlock(passphrase)


def ask() -> None:
    """Asks for everything again and again, shown or hidden, and for children that are no longer there."""
    while True:
        app = application()
        if app is not None:
            ask_below(app)
            tell("asked")


def ask_below(node: Node) -> None:
    try:
        count = node.get_child_count()
        node.get_name(), node.get_role_name(), node.get_state_set()
    except GLib.Error:
        return  # the widget went
    for place in range(min(count, 12) + 2):
        with suppress(GLib.Error):
            child = node.get_child_at_index(place)
            if child is not None:
                ask_below(child)


def storm(changes: int, pages: list[str]) -> None:
    wait("the window of the demo", lambda: named(pages[0], BUTTONS))
    askers = [subprocess.Popen([sys.executable, __file__, "ask"], stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for asker in askers:
            assert asker.stdout is not None
            asker.stdout.readline()  # it has been everywhere once
        for change in range(changes):
            # Another page each time, and each page before each other.
            press(pages[(change * (1 + change // len(pages) % (len(pages) - 1))) % len(pages)])
    finally:
        for asker in askers:
            asker.kill()
            asker.communicate()
    wait("the program's answer", lambda: named(pages[0], BUTTONS))
    tell(f"{changes} pages")


def main(act: str, *words: str) -> None:
    Atspi.init()
    Atspi.set_timeout(int(PATIENCE * 1000), int(PATIENCE * 1000))  # a busy program answers late
    if act == "journey":
        journey(words[0], list(words[1:]))
    elif act == "storm":
        storm(int(words[0]), list(words[1:]))
    else:
        ask()


if __name__ == "__main__":
    main(*sys.argv[1:])
