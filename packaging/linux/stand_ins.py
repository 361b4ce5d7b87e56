"""Put stand-ins in the place of the video libraries that OpenCV is linked with: stand_ins.py dist/rednet-restore

They are a tenth of an installer, OpenCV does not load without them, and the program opens no video and no AVIF with it.
A stand-in has the name of the library, and of its functions those that OpenCV asks for, which give nothing.
Needs gcc and binutils.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_UNUSED = ("libavcodec", "libavformat", "libavutil", "libswscale", "libavif")
_ASKED_FOR = re.compile(r" U (\w+)", re.MULTILINE)
_OFFERED = re.compile(r" T (\w+)(?:@@(\w+))?$", re.MULTILINE)
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def main() -> None:
    """Replace them, and remove what only they need."""
    bundle = Path(sys.argv[1])
    if shutil.which("gcc") is None:
        sys.stderr.write("gcc is missing: OpenCV's video libraries stay, and the installers are a tenth larger.\n")
        return
    (opencv,) = bundle.rglob("cv2.abi3.so")
    (folder,) = bundle.rglob("opencv_python_headless.libs")
    asked_for = set(_ASKED_FOR.findall(_said_by("nm", "-D", "--undefined-only", opencv)))
    for name in _UNUSED:
        (library,) = folder.glob(f"{name}-*")
        _stand_in(library, asked_for)
    needed = _needed_by(opencv, folder)
    for library in folder.iterdir():
        if library not in needed:
            library.unlink()
    for link in bundle.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def _said_by(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _stand_in(library: Path, asked_for: set[str]) -> None:
    offered = dict(_OFFERED.findall(_said_by("nm", "-D", "--with-symbol-versions", library)))
    functions = {name: version for name, version in offered.items() if name in asked_for}
    with tempfile.TemporaryDirectory() as work:
        source, versions = Path(work, "stand_in.c"), Path(work, "versions")
        source.write_text("".join(f"void *{name}(void) {{ return 0; }}\n" for name in functions), encoding="ascii")
        versions.write_text(
            "".join(f"{version} {{ global: *; }};\n" for version in {*functions.values()}), encoding="ascii"
        )
        linking = [f"-Wl,-soname,{library.name}", "-Wl,--build-id=none"]
        linking += [f"-Wl,--version-script={versions}"] if any(functions.values()) else []
        library.unlink()
        _said_by("gcc", "-shared", "-nostdlib", "-s", "-w", "-fno-builtin", "-o", library, source, *linking)


def _needed_by(library: Path, folder: Path) -> set[Path]:
    """What of a folder is loaded with a library, directly or not."""
    found, waiting = set[Path](), [library]
    while waiting:
        names = _NEEDED.findall(_said_by("readelf", "-d", waiting.pop()))
        new = {folder / name for name in names if (folder / name).exists()} - found
        found |= new
        waiting += new
    return found


main()
