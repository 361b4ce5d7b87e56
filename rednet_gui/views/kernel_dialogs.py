"""Where kernels are loaded from and saved to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from rednet_gui.models.formats import READABLE

translate = QCoreApplication.translate


def kernel_open_dialog(parent: QWidget, folder: Path) -> QFileDialog:
    """Ask for a kernel; `fileSelected` says which."""
    kernels = translate("dialogs", "Blur kernels (%1)").replace("%1", f"*.npy {READABLE.patterns}")
    everything = translate("dialogs", "All files (*)")
    dialog = QFileDialog(parent, translate("dialogs", "Load a blur"), str(folder), f"{kernels};;{everything}")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


class KernelSaveDialog(QFileDialog):
    """Asks where to save a kernel; `fileSelected` says where."""

    def __init__(self, parent: QWidget, folder: Path) -> None:
        super().__init__(parent, translate("dialogs", "Save the blur"), str(folder))
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._suffixes = {
            translate("dialogs", "PNG picture (*.png)"): "png",
            translate("dialogs", "NumPy array, exact (*.npy)"): "npy",
        }
        self.setNameFilters(list(self._suffixes))
        self.setDefaultSuffix("png")
        self.selectFile("blur.png")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filterSelected.connect(self._on_filter_selected)

    @Slot(str)
    def _on_filter_selected(self, words: str) -> None:
        self.setDefaultSuffix(self._suffixes[words])
