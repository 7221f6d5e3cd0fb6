"""One pairing in a process of its own: prints its peak memory in MB and its seconds as JSON.

python tests/bench/pairing_peak.py ours|scipy COUNT
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "app" / "pairing"), str(HERE.parents[1])]


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(which: str, count: int) -> None:
    from bench_pairing import plain_columns, plain_scores, sides
    from pairing_people import programme

    from app.pairing.plan import propose
    from app.pairing.rules import broken_rules, hard_bits

    mentors, mentees, line = sides(count)
    if which == "ours":
        before, start = peak(), time.perf_counter()
        pairs = len(propose(programme(), [*mentors, *mentees], supervisors=line).pairs)
    else:
        optimize: Any = importlib.import_module("scipy.optimize")

        columns = plain_columns(mentors, mentees)
        blocked = broken_rules(programme(), mentors[:1], mentees, line) & hard_bits(programme()) != 0
        before, start = peak(), time.perf_counter()
        score = plain_scores(*columns)
        score[:1][blocked] = -(10**7)
        pairs = len(optimize.linear_sum_assignment(score, maximize=True)[0])
    found = {"pairs": pairs, "before": before, "peak": peak(), "above": peak() - before}
    print(json.dumps({**found, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
