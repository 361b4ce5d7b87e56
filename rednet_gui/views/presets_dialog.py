"""Putting the presets in order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QListWidgetItem, QWidget

from rednet_gui.models.presets import Preset, Presets
from rednet_gui.views.dialogs import Question
from rednet_gui.views.name_list import NameList, dialog_button, lay_out_names
from rednet_gui.views.step_words import steps_words
from rednet_gui.views.widgets import label

_SIZE = (520, 360)


class PresetsDialog(QDialog):
    """A list of the presets, and what can be done with the chosen one.

    Signals:
        apply_requested, delete_requested: a `Preset`.
        rename_requested: a `Preset` and a name.
        pass_on_requested: a `Preset` and a path to write it to.
        take_in_requested: a file is to be chosen.

    Attributes:
        list: the presets; a double click, or F2, changes a name.
        words: what the chosen one does.
        apply, rename, delete, take_in, pass_on, back: the buttons.
    """

    apply_requested = Signal(object)
    delete_requested = Signal(object)
    rename_requested = Signal(object, str)
    pass_on_requested = Signal(object, Path)
    take_in_requested = Signal()

    def __init__(self, presets: Presets, parent: QWidget) -> None:
        super().__init__(parent)
        self._presets = presets
        self._can_apply = False
        self.setWindowTitle(self.tr("Presets"))
        self.resize(*_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = NameList(self.tr("Presets"))
        self.words = label(role="muted", is_wrapped=True)
        self.apply = dialog_button(
            self.tr("Use for this photo"), self.tr("Put these steps in the place of the photo's")
        )
        self.rename = dialog_button(self.tr("Rename"), self.tr("Change the name of the preset (F2)"))
        self.delete = dialog_button(self.tr("Delete…"), self.tr("Remove the preset for good"))
        self.take_in = dialog_button(self.tr("Import…"), self.tr("Take steps from a file, or from a restored photo"))
        self.pass_on = dialog_button(self.tr("Export…"), self.tr("Write the preset to a file, for others or “rednet”"))
        self.back = dialog_button(self.tr("Close"), self.tr("Go back to the photo (Esc)"))
        above = (self.apply, self.rename, self.delete, self.pass_on)
        lay_out_names(self, self.list, self.words, above, (self.take_in, self.back))
        self._connect()
        self._fill()

    def set_can_apply(self, can_apply: bool) -> None:
        """Say whether there is a photo to use a preset for."""
        self._can_apply = can_apply
        self._show_choice()

    def _connect(self) -> None:
        self._presets.changed.connect(self._fill)
        self.list.currentRowChanged.connect(self._show_choice)
        self.list.itemChanged.connect(self._on_item_changed)
        self.apply.clicked.connect(self._apply)
        self.rename.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self.delete.clicked.connect(self._ask_delete)
        self.take_in.clicked.connect(self.take_in_requested)
        self.pass_on.clicked.connect(self._ask_target)
        self.back.clicked.connect(self.accept)

    def _fill(self) -> None:
        self.list.fill(preset.name for preset in self._presets.items)
        self._show_choice()

    def _chosen(self) -> Preset | None:
        row = self.list.currentRow()
        return self._presets.items[row] if 0 <= row < len(self._presets.items) else None

    def _show_choice(self) -> None:
        preset = self._chosen()
        is_usable = preset is not None and preset.steps is not None
        self.apply.setEnabled(is_usable and self._can_apply)
        self.rename.setEnabled(is_usable)
        self.pass_on.setEnabled(is_usable)
        self.delete.setEnabled(preset is not None)
        nothing = self.tr("There are no presets yet. Keep a photo's steps as one, or import a file.")
        self.words.setText(nothing if preset is None else steps_words(preset))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        preset = self._presets.items[self.list.row(item)]
        if item.text().strip() and item.text() != preset.name and preset.steps is not None:
            self.rename_requested.emit(preset, item.text())
        else:
            self._fill()

    def _apply(self) -> None:
        self.apply_requested.emit(self._chosen())
        self.accept()

    def _ask_delete(self) -> None:
        preset = self._chosen()
        if preset is None:
            return
        words = self.tr("Delete the preset “%1”?").replace("%1", preset.name)
        details = self.tr("Photos that were restored with it stay as they are.")
        question = Question(self, words, details, self.tr("Keep it"), self.tr("Delete it"))
        question.accepted.connect(lambda: self.delete_requested.emit(preset))
        question.open()

    def _ask_target(self) -> None:
        preset = self._chosen()
        if preset is None:
            return
        dialog = QFileDialog(self, self.tr("Export the preset"), str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Steps (*.json)"))
        dialog.setDefaultSuffix("json")
        dialog.selectFile(preset.path.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.pass_on_requested.emit(preset, Path(name)))
        dialog.open()
