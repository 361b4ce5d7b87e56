"""What both programs of the bundle start with: the window as `rednet-gui`, the command line as `rednet`."""

import os
import sys
from pathlib import Path


def give_back_environment() -> None:
    """Let a browser that is started from here have the system's libraries; those of the bundle are found already.

    Source: PyInstaller's manual, "LD_LIBRARY_PATH / LIBPATH considerations" and "Independent subprocess".
    """
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"  # our own programs, started from here, find the bundle anew
    for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
        os.environ.pop(name, None)
    if (original := os.environ.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        os.environ["LD_LIBRARY_PATH"] = original


if Path(sys.argv[0]).stem != "rednet-gui":
    from engine.cli.main import main
else:
    from rednet_gui.display import complain, obstacle

    if sentence := obstacle(sys.argv[1:]):
        complain(sentence)
        sys.exit(1)
    from rednet_gui.app import main  # only now: it loads Qt

give_back_environment()  # after OpenCV was loaded, which puts a folder of its own there
sys.exit(main())
