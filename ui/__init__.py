"""The Qt window on what ``app`` knows and does."""

import ctypes
import sys

if sys.version_info < (3, 12):
    # Before Python 3.12 None, True and False are counted like any object, and PySide6 6.12 takes one count too many
    # off them in each call that returns one: after some ten thousand calls the interpreter would abort
    # ("deallocating None"). A count that can't be used up makes them as lasting as they are from 3.12 on.
    for lasting in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(lasting)).value += 1 << 40
