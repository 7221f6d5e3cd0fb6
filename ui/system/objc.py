"""Messages to macOS's own objects, by ctypes: the few that Qt does not send for us."""

from __future__ import annotations

from functools import cache
from typing import Any

RUNTIME = "/usr/lib/libobjc.dylib"


@cache
def runtime() -> Any:
    """The Objective-C runtime; OSError elsewhere than on macOS."""
    import ctypes  # which other systems need not wait for

    library = ctypes.CDLL(RUNTIME)
    for function in (library.objc_getClass, library.sel_registerName):
        function.restype = ctypes.c_void_p
        function.argtypes = [ctypes.c_char_p]
    return library


def class_named(name: str) -> int:
    """The address of a class, 0 where there is none."""
    return int(runtime().objc_getClass(name.encode()) or 0)


def send(receiver: int, selector: str, *words: int | bytes) -> int:
    """Sends a message; its words are addresses and numbers (int) or C strings (bytes). Gives an address or number.

    A message to nothing (0) does nothing and gives 0, as in Objective-C itself.
    """
    import ctypes

    shapes = [ctypes.c_char_p if isinstance(word, bytes) else ctypes.c_void_p for word in words]
    call = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, *shapes)
    library = runtime()
    return int(call(("objc_msgSend", library))(receiver, library.sel_registerName(selector.encode()), *words) or 0)


def text(words: str) -> int:
    """An NSString, which goes by itself."""
    return send(class_named("NSString"), "stringWithUTF8String:", words.encode())
