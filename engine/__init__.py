"""RED-Net image restoration: a torch library and its command line. Knows nothing of Qt."""

import os

# Threads that wait for one another keep a core busy, for milliseconds unless told otherwise: with another program at
# work, or another thread of ours, restoring took up to five times as long as with this. Alone it takes as long.
# Read when torch is loaded; see benchmarks/busy.py.
os.environ.setdefault("GOMP_SPINCOUNT", "10000")
