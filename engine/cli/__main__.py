"""`python -m engine.cli` is `rednet`."""

import sys

from engine.cli.main import main

sys.exit(main())
