"""The questions that the window asks. None of them blocks; the answer comes as a signal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from rednet_gui import APP_TITLE
from rednet_gui.models.formats import READABLE, WRITABLE
from rednet_gui.models.stake import Stake

translate = QCoreApplication.translate


def open_dialog(parent: QWidget, folder: str) -> QFileDialog:
    """Ask for pictures; `filesSelected` says which."""
    pictures = translate("dialogs", "Photos (%1)").replace("%1", READABLE.patterns)
    dialog = QFileDialog(
        parent, translate("dialogs", "Open photos"), folder, f"{pictures};;{translate('dialogs', 'All files (*)')}"
    )
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def reference_dialog(parent: QWidget, folder: str) -> QFileDialog:
    """Ask for a picture to measure against; `fileSelected` says which."""
    dialog = open_dialog(parent, folder)
    dialog.setWindowTitle(translate("dialogs", "Open the photo as it should be"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def folder_dialog(parent: QWidget, folder: str) -> QFileDialog:
    """Ask for a folder of pictures; `filesSelected` says which."""
    dialog = QFileDialog(parent, translate("dialogs", "Open all photos of a folder"), folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


class SaveDialog(QFileDialog):
    """Asks where to save; `fileSelected` says where. A name without a suffix gets that of the chosen file type.

    Args:
        source: what was opened; Qt's own dialog stays until another name is chosen.
    """

    def __init__(self, parent: QWidget, suggestion: Path, source: Path | None = None) -> None:
        super().__init__(parent, translate("dialogs", "Save the restored photo"), str(suggestion.parent))
        self._source = source
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._types = {f"{kind.name} ({kind.patterns})": kind for kind in WRITABLE}
        self.setNameFilters(list(self._types))
        for words, kind in self._types.items():
            if suggestion.suffix.lower() in kind.suffixes:
                self.selectNameFilter(words)
        self.setDefaultSuffix(suggestion.suffix)
        self.selectFile(str(suggestion))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.filterSelected.connect(self._on_filter_selected)

    @Slot(str)
    def _on_filter_selected(self, words: str) -> None:
        self.setDefaultSuffix(self._types[words].suffixes[0])

    def accept(self) -> None:
        chosen = [Path(name).resolve() for name in self.selectedFiles()]
        if self._source is None or self._source.resolve() not in chosen:
            super().accept()
            return
        refusal = QMessageBox(self)
        refusal.setWindowTitle(APP_TITLE)
        refusal.setText(translate("dialogs", "The original photo is never overwritten."))
        refusal.setInformativeText(translate("dialogs", "Choose another name or folder."))
        refusal.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        refusal.open()


class Question(QMessageBox):
    """Asks before something is lost; `accepted` says it may go. Nothing happens unless the user says so.

    Args:
        words, details: what is asked, and what it means.
        keep, discard: words for the buttons of the same names.
    """

    def __init__(self, parent: QWidget, words: str, details: str, keep: str, discard: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(APP_TITLE)
        self.setText(words)
        self.setInformativeText(details)
        self.keep: QPushButton = self.addButton(keep, QMessageBox.ButtonRole.RejectRole)
        self.discard: QPushButton = self.addButton(discard, QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.keep)
        self.setEscapeButton(self.keep)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


class DiscardQuestion(Question):
    """Asks before work is lost; `accepted` says it may go."""

    def __init__(self, parent: QWidget, stake: Stake) -> None:
        keep = translate("dialogs", "Keep working")
        discard = translate("dialogs", "Discard them") if stake.unsaved > 1 else translate("dialogs", "Discard it")
        words, lost = _what_is_lost(stake)
        super().__init__(parent, words, f"{lost} {_batch_ends()}" if stake.ends_batch else lost, keep, discard)


def _batch_ends() -> str:
    return translate("dialogs", "The batch of this window ends when it closes; photos that are done stay.")


def _what_is_lost(stake: Stake) -> tuple[str, str]:
    if stake == Stake(ends_batch=True):
        lost = translate("dialogs", "Its list is not kept for the next start.")
        return translate("dialogs", "The batch is not done."), lost
    if stake.is_running:
        return translate("dialogs", "A photo is being restored."), _what_stopping_loses(stake)
    if stake.unsaved > 1:
        several = translate("dialogs", "%1 photos with your work are not saved.")
        lost = translate("dialogs", "Without saving it is lost. The originals are kept, but not of pasted photos.")
        if not stake.has_pasted:
            several = translate("dialogs", "%1 restored photos are not saved.")
            lost = translate("dialogs", "Without saving they are lost. The originals are kept in any case.")
        return several.replace("%1", QLocale().toString(stake.unsaved)), lost
    if stake.has_pasted:
        lost = translate("dialogs", "It is in no file: without saving it is lost, and your work on it.")
        return translate("dialogs", "The pasted photo is not saved."), lost
    lost = translate("dialogs", "Without saving it is lost. The original is kept in any case.")
    return translate("dialogs", "The restored photo is not saved."), lost


def _what_stopping_loses(stake: Stake) -> str:
    if stake.has_pasted:
        return translate(
            "dialogs",
            "Going on stops that; what is not saved is lost. The originals are kept, but not of pasted photos.",
        )
    if stake.unsaved:
        return translate(
            "dialogs", "Going on stops that; restored photos that are not saved are lost. The originals are kept."
        )
    return translate("dialogs", "Going on stops that. The original is kept in any case.")


def about_box(parent: QWidget, version: str) -> QMessageBox:
    """Say what the program is."""
    box = QMessageBox(parent)
    box.setWindowTitle(APP_TITLE)
    box.setText(f"{APP_TITLE} {version}")
    box.setInformativeText(
        translate("dialogs", "Restores photos with RED-Net (Mao, Shen, Yang, 2016), offline, on this computer.")
    )
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
