"""Makes the vault of the present schema that later versions must still open.

    python tests/vaults/make.py

Run once for each released schema, before anything changes it again; the files that are here are never made anew.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from app.domain.drafts import Aim  # noqa: E402
from app.domain.people import Side, Skill  # noqa: E402
from app.domain.programmes import Role  # noqa: E402
from app.domain.tandems import Origin  # noqa: E402
from app.services import drafts, goals, meetings, notes, people, plans, programmes, tandems, topics  # noqa: E402
from app.services.erase import erase  # noqa: E402
from app.store.migrate import newest  # noqa: E402
from app.store.vault import Change, create_vault  # noqa: E402

PASSPHRASE = "Größe Wolke Segel Amsel 4"


def fill(change: Change) -> None:
    """A record of every kind, in words that need their accents."""
    topic = topics.add(change, "Führung", "Leadership")
    skills = (Skill(topic=topic, side=Side.SOUGHT, level=3),)
    one = people.add(change, replace(people.blank(), given_name="Ağca", family_name="Öztürk", languages=("Deutsch",)))
    other = people.add(change, replace(people.blank(), given_name="Łucja", family_name="Großmann", skills=skills))
    people.set_wishes(change, other, [one])
    third = people.add(change, replace(people.blank(), given_name="Ülo", family_name="Ångström"))
    erase(change, people.add(change, replace(people.blank(), family_name="Gelöscht")))
    programme = programmes.add(change, replace(programmes.blank(), title="Runde 1", starts_on=date(2026, 1, 12)))
    (mentor,) = programmes.enrol(change, programme, [one], Role.MENTOR)
    (mentee,) = programmes.enrol(change, programme, [other], Role.MENTEE)
    programmes.enrol(change, programme, [third], Role.MENTOR)  # the mentee's alternative
    drafts.lock(change, programme, [(mentor, mentee)], Origin.BY_HAND)
    (tandem,) = drafts.publish(change, programme, plans.solve(plans.read_basis(change, programme)).pairs)
    meeting = meetings.add(change, tandem, planned_on=date(2026, 2, 2), topics=(topic,))
    meetings.hold(change, meeting, date(2026, 2, 3), 60)
    goals.add(change, tandem, topic=topic, title="Ziel", baseline=1, target=3)
    tandems.edit_agreement(change, tandem, place="Kiel")
    drafts.seek(change, programme, aim=Aim.QUALITY)
    drafts.ban(change, programme, [(mentor, mentee)])
    notes.add(change, title="Vertraulich", body="Gespräch über Ängste", tandem=tandem)
    notes.add_gap(change, other, topic, seen=1, wanted=3, noted_on=date(2026, 2, 3))


if __name__ == "__main__":
    path = HERE / f"schema_{newest():04}.tandembuch"
    with create_vault(path, PASSPHRASE) as vault, vault.change("make") as change:
        fill(change)
    sys.stdout.write(f"{path}\n")
