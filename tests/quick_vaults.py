"""What vaults of tests are made with."""

from __future__ import annotations

from app.store import key

PASSPHRASE = "Krähe-Würfel-7-Lampe"  # opens the fixture ``vault``
QUICK = {1: key.Profile(1, 8, 1)}  # derives a key in a millisecond instead of half a second
