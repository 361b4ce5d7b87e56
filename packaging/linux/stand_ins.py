"""Put stand-ins in the place of the video libraries that OpenCV is linked with: stand_ins.py dist/rednet-restore

They are a tenth of an installer, OpenCV does not load without them, and the program opens no video. A stand-in has the
name of the library and the functions that OpenCV asks for, which end the program, should anything ever call one.
Needs gcc and binutils.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

_ASKED_FOR = re.compile(r" U (\w+)@+((?:LIBAVCODEC|LIBAVFORMAT|LIBAVUTIL|LIBSWSCALE)_\d+)$", re.MULTILINE)
_NEEDED = re.compile(r"\(NEEDED\).*\[(.+)\]")


def main() -> None:
    """Replace them, and remove what only they need."""
    bundle = Path(sys.argv[1])
    if shutil.which("gcc") is None:
        sys.stderr.write("gcc is missing: OpenCV's video libraries stay, and the installers are a tenth larger.\n")
        return
    (opencv,) = bundle.rglob("cv2.abi3.so")
    (folder,) = bundle.rglob("opencv_python_headless.libs")
    functions = defaultdict[str, list[str]](list)
    for name, version in _ASKED_FOR.findall(_said_by("nm", "-D", "--undefined-only", opencv)):
        functions[version].append(name)
    for version, names in functions.items():
        (library,) = folder.glob(f"{version.partition('_')[0].lower()}-*")
        _stand_in(library, version, names)
    needed = _needed_by(opencv, folder)
    for library in folder.iterdir():
        if library not in needed:
            library.unlink()
    for link in bundle.rglob("*"):
        if link.is_symlink() and not link.exists():
            link.unlink()


def _said_by(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _stand_in(library: Path, version: str, names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as work:
        source, versions = Path(work, "stand_in.c"), Path(work, "versions")
        source.write_text("".join(f"void {name}(void) {{ __builtin_trap(); }}\n" for name in names), encoding="ascii")
        versions.write_text(f"{version} {{ global: *; }};\n", encoding="ascii")
        linking = (f"-Wl,-soname,{library.name}", f"-Wl,--version-script={versions}", "-Wl,--build-id=none")
        library.unlink()
        _said_by("gcc", "-shared", "-nostdlib", "-s", "-w", "-o", library, source, *linking)


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
