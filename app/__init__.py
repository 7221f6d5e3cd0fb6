"""What the program knows and does; it never imports Qt."""

import os

VERSION = "0.1.0"

# NumPy's products of matrices are small here. On several threads they would take longer, as these wait by spinning and
# so keep the processor from the window. It is read once, when NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
