"""Where masks are loaded from and saved to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from rednet_gui.models.formats import READABLE

translate = QCoreApplication.translate


def mask_open_dialog(parent: QWidget, folder: Path) -> QFileDialog:
    """Ask for a mask; `fileSelected` says which."""
    pictures = translate("dialogs", "Photos (%1)").replace("%1", READABLE.patterns)
    everything = translate("dialogs", "All files (*)")
    dialog = QFileDialog(parent, translate("dialogs", "Open a mask"), str(folder), f"{pictures};;{everything}")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def mask_save_dialog(parent: QWidget, suggestion: Path) -> QFileDialog:
    """Ask where to save a mask; `fileSelected` says where."""
    dialog = QFileDialog(parent, translate("dialogs", "Save the mask"), str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(translate("dialogs", "PNG picture (*.png)"))
    dialog.setDefaultSuffix("png")
    dialog.selectFile(str(suggestion))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
