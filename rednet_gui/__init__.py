"""The window of RED-Net Restore. Shows the engine; computes nothing itself."""

import engine as engine  # first, since it says how torch is loaded

APP_NAME = "rednet-restore"
"""Names the folders of settings, caches and logs."""

APP_TITLE = "RED-Net Restore"
