"""The colour space of a screen, as the system knows it."""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import sys
from pathlib import Path

from PySide6.QtGui import QColorSpace, QGuiApplication, QScreen

log = logging.getLogger(__name__)

SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)

_LONGEST_BYTES = 2**24
_known: dict[str, QColorSpace] = {}


def screen_profile(screen: QScreen) -> QColorSpace:
    """What pixels must be converted to for a screen; sRGB where the system says nothing, or converts by itself."""
    name = screen.name()
    if name not in _known:
        _known[name] = _usable(_read(screen))
    return _known[name]


def _read(screen: QScreen) -> bytes:
    """The ICC profile; empty if there is none."""
    try:
        if QGuiApplication.platformName() == "xcb":
            return _of_x_screen(QGuiApplication.screens().index(screen))
        if sys.platform == "win32":
            return _of_windows_screen(screen.name())
    except (OSError, AttributeError, ValueError) as error:
        log.warning("the screen's profile cannot be read: %s", error)
    return b""


def _usable(icc: bytes) -> QColorSpace:
    profile = QColorSpace.fromIccProfile(icc) if icc else SRGB
    return profile if profile.isValidTarget() else SRGB


def _of_x_screen(number: int) -> bytes:
    """Source: "ICC Profiles in X Specification" 0.4: a property of the root window, numbered from the second on."""
    x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XDefaultRootWindow.restype = x.XInternAtom.restype = ctypes.c_ulong
    display = ctypes.c_void_p(x.XOpenDisplay(None))
    if not display:
        return b""
    try:
        root = ctypes.c_ulong(x.XDefaultRootWindow(display))
        name = f"_ICC_PROFILE_{number}" if number else "_ICC_PROFILE"
        atom = ctypes.c_ulong(x.XInternAtom(display, name.encode(), True))
        kind, count, rest = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_ulong()
        width, data = ctypes.c_int(), ctypes.c_void_p()
        asked = (ctypes.c_long(0), ctypes.c_long(_LONGEST_BYTES // 4), False, ctypes.c_ulong(0))
        answer = (ctypes.byref(part) for part in (kind, width, count, rest, data))
        if not atom or x.XGetWindowProperty(display, root, atom, *asked, *answer) or not data:
            return b""
        found = ctypes.string_at(data, count.value) if width.value == 8 else b""
        x.XFree(data)
        return found
    finally:
        x.XCloseDisplay(display)


def _of_windows_screen(name: str) -> bytes:
    """The file that GetICMProfileW names."""
    if sys.platform != "win32":
        return b""
    gdi = ctypes.windll.gdi32
    gdi.CreateDCW.restype = ctypes.c_void_p
    device = ctypes.c_void_p(gdi.CreateDCW(name, None, None, None))
    if not device:
        return b""
    try:
        path, length = ctypes.create_unicode_buffer(1024), ctypes.c_ulong(1024)
        if not gdi.GetICMProfileW(device, ctypes.byref(length), path):
            return b""
    finally:
        gdi.DeleteDC(device)
    return Path(path.value).read_bytes()
