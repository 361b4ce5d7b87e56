"""The window inside the bundle."""

import sys

from rednet_gui.display import complain, obstacle

if sentence := obstacle(sys.argv[1:]):
    complain(sentence)
    sys.exit(1)

from rednet_gui.app import main  # only now: it loads Qt

sys.exit(main())
