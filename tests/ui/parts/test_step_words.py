from __future__ import annotations

import importlib
import inspect
import pkgutil

from app import i18n, services
from app.domain.ids import PersonId, new_id
from app.domain.people import Person
from app.services import people
from app.store.vault import Vault
from ui.parts.step_words import FIELDS, STEPS, step_text

TABLES = ("person", "programme", "enrolment", "tandem", "agreement", "goal", "meeting")
UNDOABLE_NOT = {"demo", "demo_people", "erase", "resumes"}  # these leave no step


def verbs() -> list[str]:
    """The names under which ``desk.do`` runs the verbs of app.services."""
    found = []
    for module in pkgutil.iter_modules(services.__path__):
        if module.name in UNDOABLE_NOT:
            continue
        inside = importlib.import_module(f"app.services.{module.name}")
        for name, made in inspect.getmembers(inside, inspect.isfunction):
            first = next(iter(inspect.signature(made).parameters), "")
            if made.__module__ == inside.__name__ and first == "change" and not name.startswith("_"):
                found.append(f"{module.name}.{name}")
    return found


def test_every_step_says_what_it_was_in_both_languages() -> None:
    labels = verbs()
    assert "people.remove" in labels
    assert [label for label in labels if not step_text(label)] == []
    with i18n.speaking("de"):
        assert step_text("people.remove") == "Personen entfernt"
        assert step_text("goals.whatever") == "Ziel geändert"
    assert step_text("unheard.of") == ""


def test_no_words_are_kept_for_a_verb_that_is_gone() -> None:
    labels = verbs()
    modules = {label.partition(".")[0] for label in labels}
    assert {key for key in STEPS if key not in labels and key not in modules} == set()


def test_a_single_field_is_named_several_are_not(vault: Vault) -> None:
    columns = {f"{table}.{row[1]}" for table in TABLES for row in vault.rows(f'PRAGMA table_info("{table}")')}
    assert set(FIELDS) <= columns
    with vault.change("people.add") as change:
        identity = people.add(change, Person(id=PersonId(new_id()), given_name="Aiko", family_name="Ito"))
    with vault.change("people.edit") as change:
        people.edit(change, identity, family_name="Mori")
    with vault.change("people.edit") as change:
        people.edit(change, identity, email="mori@example.org", phone="1")
    told = []
    i18n.set_language("en")
    for turn in (vault.undo, vault.undo, vault.redo, vault.undo, vault.undo):
        step = turn()
        assert step is not None
        told.append(step_text(step.label, step.field))
    named = "person changed (Family name)"
    assert told == ["person changed", named, named, named, "person added"]
