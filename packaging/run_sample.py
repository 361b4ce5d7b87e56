"""`make run`: the window on the bundled sample; without a display, the same on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMMANDS = Path(sys.executable).parent
SAMPLE = ROOT / "resources" / "samples" / "dark-astronaut.jpg"
OUT = ROOT / "out"


def has_display() -> bool:
    """Whether a window can be shown."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    """Show the sample or restore it; returns an exit code."""
    if has_display():
        return subprocess.call([str(COMMANDS / "rednet-gui"), str(SAMPLE)])
    OUT.mkdir(exist_ok=True)
    restored, screenshot = OUT / "restored-astronaut.jpg", OUT / "window.png"
    print("There is no display, so the sample is restored on the command line.", flush=True)
    if code := subprocess.call(
        [str(COMMANDS / "rednet"), "restore", str(SAMPLE), "-o", str(restored), "--task", "camera_noise"]
    ):
        return code
    print(f"before:     {SAMPLE}\nafter:      {restored}", flush=True)
    script = ROOT / "docs" / "take_screenshots.py"
    if code := subprocess.call([sys.executable, str(script), str(SAMPLE), str(OUT)]):
        return code
    print(f"screenshot: {screenshot}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
