"""`python -m rednet_gui` is `rednet-gui`."""

from __future__ import annotations

import sys

from rednet_gui.app import main

sys.exit(main())
