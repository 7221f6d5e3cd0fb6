"""Short products of matrices don't wake a crowd of threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PRODUCT = """
import os
import app
import numpy as np
table = np.ones((600, 600), np.float32)
table @ table
print(len(os.listdir("/proc/self/task")))
"""


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted in /proc")
def test_a_product_is_made_by_one_thread() -> None:
    own = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run(
        [sys.executable, "-c", _PRODUCT],
        cwd=Path(__file__).parents[3],
        env=own,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip() == "1"
