"""Works out what the pairing says about the demo's tandems and writes resources/demo/ratings.json.

    python packaging/demo_ratings.py

Run it after a change of the scores or of the demo's people; a test says when it is due.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.i18n import LANGUAGES, speaking  # noqa: E402
from app.services import demo  # noqa: E402
from app.store import alternatives, programmes, tandems  # noqa: E402
from app.store.vault import create_vault  # noqa: E402

RATINGS = ROOT / "resources" / "demo" / "ratings.json"


def ratings(language: str, folder: Path) -> list[list[object]]:
    """Of each tandem in turn its score; of each reason its criterion, points, most points and facts; and whom else the
    two would have had: side, enrolment, points."""
    with (
        create_vault(folder / f"{language}.tandembuch", "demo") as vault,
        speaking(language),
        vault.change("demo.fill", undoable=False) as change,
    ):
        programme = demo.fill(change, date.today(), rate_anew=True)
        enrolled = {one.person: one.id for one in programmes.enrolments(change, programme)}
        return [
            [
                tandem.score,
                [[one.criterion, one.points, one.most, list(one.facts)] for one in tandem.reasons],
                [
                    [side, enrolled[person], points]
                    for side, (person, points) in sorted(alternatives.of_tandem(change, tandem.id).items())
                ],
            ]
            for tandem in tandems.of_programme(change, programme)
        ]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = {language: ratings(language, Path(folder)) for language in LANGUAGES}
    lines = (
        f'"{language}": [\n' + ",\n".join(json.dumps(one, ensure_ascii=False) for one in rated) + "\n]"
        for language, rated in found.items()
    )
    RATINGS.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
    print(f"{len(found['de'])} tandems in {RATINGS}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
