"""The command line inside the bundle."""

import sys

from engine.cli.main import main

sys.exit(main())
