"""The file types that can be opened and saved."""

from __future__ import annotations

from dataclasses import dataclass

from engine.image_io import READABLE_SUFFIXES, WRITABLE_SUFFIXES

_NAMES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "TIFF": (".tif", ".tiff"), "WebP": (".webp",)}


@dataclass(frozen=True, slots=True)
class FileType:
    """A file type by its name and suffixes, each suffix with its dot."""

    name: str
    suffixes: tuple[str, ...]

    @property
    def patterns(self) -> str:
        """As file dialogs take it: "*.jpg *.jpeg"."""
        return " ".join(f"*{suffix}" for suffix in self.suffixes)


READABLE = FileType("", READABLE_SUFFIXES)
WRITABLE = tuple(
    FileType(name, suffixes) for name, suffixes in _NAMES.items() if set(suffixes) <= set(WRITABLE_SUFFIXES)
)
