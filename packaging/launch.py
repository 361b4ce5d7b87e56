"""What both programs of the bundle start with: the window as `rednet-gui`, the command line as `rednet`."""

import sys
from pathlib import Path

if Path(sys.argv[0]).stem != "rednet-gui":
    from engine.cli.main import main
else:
    from rednet_gui.display import complain, obstacle

    if sentence := obstacle(sys.argv[1:]):
        complain(sentence)
        sys.exit(1)
    from rednet_gui.app import main  # only now: it loads Qt

sys.exit(main())
