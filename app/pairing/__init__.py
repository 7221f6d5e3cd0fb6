"""The matching engine: people and a programme in, the best plan and the reasons for it out. Pure; touches no file.

`plan` is the way in (propose, examine); `solve.assign` is the solver on bare arrays. Import these modules on first
use: they bring NumPy with them.
"""
