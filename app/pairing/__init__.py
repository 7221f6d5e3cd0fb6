"""The matching engine: people and a programme in, the best plan and the reasons for it out. Pure; touches no file.

`plan` is the way in (propose, examine); `solve.assign` is the solver on bare arrays. Import these modules on first
use: they bring NumPy with them.
"""

import os

# The products of matrices here are short: threads for them win no time, and spin on a core long after each.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
