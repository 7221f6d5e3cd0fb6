"""Names as large as their room allows, on one line or two, never cut; and what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, product

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from app.documents.badge_inputs import Below, NameSheet
from app.documents.lettering import STRONG, largest, line, width
from app.documents.words import OWNERS, joined
from app.domain.meetings import GoalOwner
from app.i18n import tr, trc

SPREAD = 1.3  # from line to line of what stands below a name, in sizes
LEADING = 1.14  # from line to line, in sizes
CAP, DEPTH = 0.73, 0.22  # how high Inter's capitals are above the line and how far its letters reach below, in sizes
WORTH = 1.12  # so much larger must a name become for another line to be worth it
STEP = 0.25
LONG = 30  # signs from which on three lines are thought of
MOST_PLACES = 16  # of a name to be parted at


@dataclass(frozen=True, slots=True, kw_only=True)
class BigName:
    """The lines of a name and their size in points."""

    lines: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """From the top of the first line's capitals to the depth of the last line's letters, in points."""
        return self.size * (CAP + LEADING * (len(self.lines) - 1) + DEPTH)


def big_name(name: str, wide: float, high: float, most: float) -> BigName:
    """The name as large as it fits into the room; on two lines, a long one on three, where that is clearly larger.

    A double name ("Hans-Peter") is parted only where that, too, is clearly larger.
    """
    words = line(name)
    best = BigName(lines=(words,), size=_size((words,), wide, high, most))
    for lines in sorted(_parted(words), key=lambda lines: (len(lines), _torn(lines))):
        size = _size(lines, wide, high, most)
        dearer = len(best.lines) < len(lines) or _torn(best.lines) < _torn(lines)
        if size > best.size * (WORTH if dearer else 1):
            best = BigName(lines=lines, size=size)
    return best


def _torn(lines: tuple[str, ...]) -> int:
    """How many double names are parted between the lines."""
    return sum(one.endswith("-") for one in lines[:-1])


def _parted(words: str) -> list[tuple[str, ...]]:
    """All ways of two lines, then of three: at spaces and after hyphens; a word without either is parted in two.

    A title or a "von und zu" keeps with what follows it: no line ends with one but where a long name could not be
    parted else.
    """
    every = [at + 1 for at, sign in enumerate(words[:-1]) if sign in " -" and at]
    places = [at for at in every if words[at - 2] != "." and not _particle(words[:at])]
    if not places and len(words) > 20:
        places = every or [len(words) // 2]
    found = [(words[:at].rstrip(), words[at:]) for at in places]
    if len(words) <= LONG:
        return list(found)
    thirds = [(words[:a].rstrip(), words[a:b].rstrip(), words[b:]) for a, b in combinations(places[:MOST_PLACES], 2)]
    return [*found, *thirds]


def _particle(words: str) -> bool:
    """Whether they end with a small word, as "von" or "de la" are."""
    return words.endswith(" ") and words.split()[-1].islower()


def _size(lines: tuple[str, ...], wide: float, high: float, most: float) -> float:
    widest = max(width(one, STRONG, 100) for one in lines) / 100
    tall = CAP + LEADING * (len(lines) - 1) + DEPTH
    size = min(most, high / tall, wide / widest if widest else most)
    return max(int(size / STEP) * STEP, STEP)


def draw_big_name(canvas: Canvas, name: BigName, left: float, top: float, colour: Color, middle: float = 0) -> None:
    """Draws it with its capitals' tops at ``top``; each line centred about ``middle`` where that is given."""
    canvas.setFillColor(colour)
    canvas.setFont(STRONG, name.size)
    base = top - name.size * CAP
    for one in name.lines:
        if middle:
            canvas.drawCentredString(middle, base, one)
        else:
            canvas.drawString(left, base, one)
        base -= name.size * LEADING


def below_lines(person: NameSheet, wanted: frozenset[Below]) -> tuple[str, ...]:
    """At most two: role and organisation or department, and with whom the person is in a tandem."""
    role = _role(person) if Below.ROLE in wanted else ""
    affiliation = line(person.affiliation) if Below.AFFILIATION in wanted else ""
    first = " · ".join(part for part in (role, affiliation) if part)
    partners = joined([line(name) for name in person.partners]) if Below.PARTNER in wanted else ""
    second = tr("In a tandem with {names}").format(names=partners) if partners else ""
    return tuple(part for part in (first, second) if part)


def _role(person: NameSheet) -> str:
    if person.guest:
        return trc("name badge", "Guest") if person.name else ""
    if person.mentor and person.mentee:
        return tr("Mentor and mentee")
    if person.mentor or person.mentee:
        return tr(OWNERS[GoalOwner.MENTOR if person.mentor else GoalOwner.MENTEE])
    return ""


def set_lines(
    texts: Sequence[str], fonts: Sequence[str], sizes: tuple[float, float], room: float, high: float
) -> list[tuple[list[str], float]]:
    """Each text's lines and their size, from the larger of the sizes to the smaller: one line or two, else three.

    Where all of them together would be taller than ``high`` they begin smaller; where even that is too tall each has
    a line less, and the rest is an ellipsis.
    """
    largest_size, smallest = sizes
    steps = [largest_size - step / 2 for step in range(int((largest_size - smallest) * 2) + 1)]
    found: list[tuple[list[str], float]] = []
    for most, begin in product((3, 2, 1), range(len(steps))):
        found = [_in_steps(text, font, steps[begin:], room, most) for text, font in zip(texts, fonts, strict=False)]
        if sum(len(lines) * size * SPREAD for lines, size in found) <= high:
            break
    return found


def _in_steps(text: str, font: str, steps: list[float], room: float, most: int) -> tuple[list[str], float]:
    """One line in a size that is not much smaller; else as few as will do in the largest size in which all fits."""
    lines, size = largest(text, font, [step for step in steps if step > steps[0] * 0.68], room, 1)
    for count in range(2, most + 1):
        if not any(one.endswith("…") for one in lines):
            break
        lines, size = largest(text, font, steps, room, count)
    return lines, size
