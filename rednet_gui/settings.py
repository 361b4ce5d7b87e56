"""The one place that reads and writes settings. One table row per setting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

from rednet_gui import APP_NAME

T = TypeVar("T", bool, int, float, str)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One row of the table.

    Attributes:
        key: its name in the file.
        default: used when the file has nothing, or nothing valid; its type is the setting's type.
        text: what it means.
        is_valid: whether a value read from the file can be used.
    """

    key: str
    default: T
    text: str
    is_valid: Callable[[T], bool] = lambda _: True


TASK = Setting("task", "camera_noise", "The task that is chosen")
LEVEL = Setting("level", -1.0, "The level of that task; negative for the task's own default")
IS_AUTO = Setting("auto_level", True, "Whether the level follows the estimate")
LIVE = Setting("live", True, "Whether every change of task or level restores at once")
QUALITY = Setting("quality", 95, "Quality of JPEG and WebP files", lambda value: 1 <= value <= 100)
IS_AUTO_QUALITY = Setting("auto_quality", True, "Whether that is the quality of the photo that was opened")
SAVES_SRGB = Setting("save_srgb", False, "Whether results are converted to sRGB; otherwise their profile stays")
OPEN_FOLDER = Setting("open_folder", "", "Where the last photo was opened")
REOPENS = Setting("reopen", True, "Whether the last photos are opened at the start")
SHOWS_FILMSTRIP = Setting("filmstrip", True, "Whether the filmstrip is shown when several photos are open")
SHOWS_STEPS = Setting("steps", False, "Whether the list of steps is shown")
APPEARANCE = Setting("appearance", "dark", "How the window looks", lambda value: value in ("dark", "light", "system"))
COMPARE_MODE = Setting("compare", "split", "How before and after are compared")
SHOWS_LOUPE = Setting("loupe", False, "Whether a lens shows what is under the pointer larger")
SHOWS_HISTOGRAM = Setting("histogram", False, "Whether the histogram is shown")
BRUSH_SIZE = Setting("brush_size", 40.0, "Diameter of the brush in picture pixels", lambda value: 1 <= value <= 1000)
BRUSH_HARDNESS = Setting("brush_hardness", 0.8, "How sharp its edge is", lambda value: 0 <= value <= 1)
WAND_TOLERANCE = Setting("wand_tolerance", 24, "How alike what the wand marks is", lambda value: 0 <= value <= 128)
MASK_AMOUNT = Setting("mask_amount", 4, "How far a mask grows, shrinks or fades", lambda value: 1 <= value <= 100)
DUST_SENSITIVITY = Setting("dust_sensitivity", 60, "How faint dust may be, in percent", lambda value: 0 <= value <= 100)
MASK_COLOR = Setting("mask_color", "red", "What the mask is shown in")
MASK_OPACITY = Setting("mask_opacity", 50, "How much of the photo the mask covers, in percent", lambda v: 5 <= v <= 100)
MASK_FOLDER = Setting("mask_folder", "", "Where the last mask was loaded or saved; empty for beside the photo")
LANGUAGE = Setting("language", "", "The window's language as a code; empty for the system's")
SAVE_FOLDER = Setting("save_folder", "", "Where the last photo was saved; empty for beside the source")
BATCH_FOLDER = Setting("batch_folder", "", "Where the results of a batch go; empty for beside each photo")
BATCH_TEMPLATE = Setting("batch_template", "{name}-restored.{ext}", "What they are called")
BATCH_OVERWRITES = Setting("batch_overwrites", False, "Whether they replace files that are there")
BATCH_STAGE = Setting("batch_stage", "idle", "What the batch was doing when the window was closed")


class Settings:
    """Reads and writes the settings, and the window's state beside them.

    Args:
        folder: where the two INI files lie; None for the platform's own place.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or platformdirs.user_config_path(APP_NAME, appauthor=False)
        self._values = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self._window = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    def get(self, setting: Setting[T]) -> T:
        """The value, or the default where the file has nothing usable."""
        try:
            # An INI file gives back text, 'false' too, unless it is told the type.
            value = self._values.value(setting.key, setting.default, type=type(setting.default))
        except (TypeError, ValueError):
            return setting.default
        return value if isinstance(value, type(setting.default)) and setting.is_valid(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value."""
        self._values.setValue(setting.key, value)

    def window_state(self, key: str) -> QByteArray:
        """What `set_window_state` stored; empty if nothing."""
        value = self._window.value(key, QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_window_state(self, key: str, state: QByteArray) -> None:
        """Remember a widget's geometry or state."""
        self._window.setValue(key, state)

    def sync(self) -> None:
        """Write to disk now."""
        self._values.sync()
        self._window.sync()
