"""Whether a window can be shown at all; asked before Qt is loaded, which would end the process instead of telling."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

LIBRARIES = (
    "libEGL.so.1",
    "libGL.so.1",
    "libX11.so.6",
    "libX11-xcb.so.1",
    "libxcb.so.1",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libfreetype.so.6",
)
"""What Qt loads on Linux from the system itself."""

_DIALOGS = (("zenity", "--error", "--text"), ("kdialog", "--error"), ("xmessage",))


def obstacle(arguments: Sequence[str] = ()) -> str:
    """Why the program cannot start with these arguments, in one sentence; empty if it can."""
    if sys.platform != "linux":
        return ""
    missing = [name for name in LIBRARIES if not _loads(name)]
    if missing:
        return f"This system lacks {', '.join(missing)}: install that with its package manager, then start again."
    if {"--version", "--help", "-h"} & set(arguments) or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY") or _reaches_x_display():
        return ""
    return "There is no display to show a window on: start it on a desktop, or use the command `rednet`."


def complain(sentence: str) -> None:
    """Tell it where the user looks: in the terminal, or else in a dialog of the desktop."""
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")
        if sys.stderr.isatty():
            return
    if not os.environ.get("WAYLAND_DISPLAY") and not _reaches_x_display():
        return
    for dialog in _DIALOGS:
        if shutil.which(dialog[0]):
            subprocess.run([*dialog, sentence], check=False)
            return


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _reaches_x_display() -> bool:
    if not os.environ.get("DISPLAY"):
        return False
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if display is None:
        return False
    x11.XCloseDisplay(ctypes.c_void_p(display))
    return True
