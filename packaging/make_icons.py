"""The program's icon in the sizes and formats that desktops want: python packaging/make_icons.py FOLDER

Writes FOLDER/hicolor/SIDExSIDE/apps/rednet-restore.png, the drawing itself, an .ico and an .icns.
"""

from __future__ import annotations

import argparse
import os
import shutil
import struct
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = Path(__file__).parents[1] / "resources" / "icons" / "app.svg"
NAME = "rednet-restore"
SIDES = (16, 24, 32, 48, 64, 128, 256, 512, 1024)
HICOLOR_SIDES = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIDES = (16, 24, 32, 48, 64, 128, 256)
ICNS_KINDS = {b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}
"""Apple's names of the sizes."""


def png(renderer: QSvgRenderer, side: int) -> bytes:
    """The drawing as a PNG file."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):
        raise RuntimeError(f"the icon cannot be drawn {side} pixels wide")
    return bytes(buffer.data().data())


def ico(pngs: dict[int, bytes]) -> bytes:
    """Windows' container: a directory of 16 bytes for each picture, then the pictures."""
    offset = 6 + 16 * len(pngs)
    entries, content = b"", b""
    for side, data in pngs.items():
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(data), offset + len(content))
        content += data
    return struct.pack("<HHH", 0, 1, len(pngs)) + entries + content


def icns(pngs: dict[bytes, bytes]) -> bytes:
    """Apple's container: name and length before each picture."""
    content = b"".join(kind + struct.pack(">I", len(data) + 8) + data for kind, data in pngs.items())
    return b"icns" + struct.pack(">I", len(content) + 8) + content


def main() -> None:
    """Draw all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    app = QGuiApplication([])
    renderer = QSvgRenderer(str(DRAWING))
    pngs = {side: png(renderer, side) for side in SIDES}
    for side in HICOLOR_SIDES:
        target = folder / "hicolor" / f"{side}x{side}" / "apps" / f"{NAME}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pngs[side])
    scalable = folder / "hicolor" / "scalable" / "apps"
    scalable.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(DRAWING, scalable / f"{NAME}.svg")
    (folder / f"{NAME}.ico").write_bytes(ico({side: pngs[side] for side in ICO_SIDES}))
    (folder / f"{NAME}.icns").write_bytes(icns({kind: pngs[side] for kind, side in ICNS_KINDS.items()}))
    del app


if __name__ == "__main__":
    main()
