"""Putting the user's own models in order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QFileDialog, QListWidgetItem, QWidget

from rednet_gui.models.own_models import OwnModel, OwnModels
from rednet_gui.views.dialogs import Question
from rednet_gui.views.name_list import NameList, dialog_button, lay_out_names
from rednet_gui.views.train_words import card_words
from rednet_gui.views.widgets import label

_SIZE = (560, 400)


class ModelsDialog(QDialog):
    """A list of the models, and what can be done with the chosen one.

    Signals:
        choose_requested: the name of a task, and a model or None for the stock model.
        rename_requested: a model and a name.
        delete_requested: a model.
        pass_on_requested: a model and a path to write it to.
        take_in_requested: the path of a file.

    Attributes:
        list: the models; F2, or a double click, changes a name.
        card: where the chosen one comes from.
        use, rename, delete, pass_on, take_in, back: the buttons.
    """

    choose_requested = Signal(str, object)
    rename_requested = Signal(object, str)
    delete_requested = Signal(object)
    pass_on_requested = Signal(object, Path)
    take_in_requested = Signal(Path)

    def __init__(self, models: OwnModels, parent: QWidget) -> None:
        super().__init__(parent)
        self._models = models
        self.setWindowTitle(self.tr("My models"))
        self.resize(*_SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = NameList(self.tr("My models"))
        self.list.setObjectName("models")
        self.card = label(role="muted", is_wrapped=True)
        self.use = QCheckBox(self.tr("Use by default"))
        self.use.setToolTip(self.tr("Restore with this model whenever its task is chosen"))
        self.rename = dialog_button(self.tr("Rename"), self.tr("Change the name of the model (F2)"))
        self.delete = dialog_button(self.tr("Delete…"), self.tr("Remove the model for good"))
        self.pass_on = dialog_button(self.tr("Export…"), self.tr("Write the model to one file, for other computers"))
        self.take_in = dialog_button(self.tr("Import…"), self.tr("Take in a model from a file"))
        self.back = dialog_button(self.tr("Close"), self.tr("Go back (Esc)"))
        above = (self.use, self.rename, self.delete, self.pass_on)
        lay_out_names(self, self.list, self.card, above, (self.take_in, self.back))
        self._connect()
        self._fill()

    def _connect(self) -> None:
        self._models.changed.connect(self._fill)
        self.list.currentRowChanged.connect(self._show_choice)
        self.list.itemChanged.connect(self._on_item_changed)
        self.use.clicked.connect(self._on_use_clicked)
        self.rename.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self.delete.clicked.connect(self._ask_delete)
        self.pass_on.clicked.connect(self._ask_target)
        self.take_in.clicked.connect(self._ask_source)
        self.back.clicked.connect(self.accept)

    def _fill(self) -> None:
        self.list.fill(model.name for model in self._models.items)
        self._show_choice()

    def _chosen(self) -> OwnModel | None:
        row = self.list.currentRow()
        return self._models.items[row] if 0 <= row < len(self._models.items) else None

    def _show_choice(self) -> None:
        model = self._chosen()
        for button in (self.use, self.rename, self.delete, self.pass_on):
            button.setEnabled(model is not None)
        self.use.setChecked(model is not None and self._models.chosen.get(model.task) == model)
        nothing = self.tr("There are no models of yours yet. Train one, or import a file.")
        self.card.setText(nothing if model is None else card_words(model))

    def _on_item_changed(self, item: QListWidgetItem) -> None:
        model = self._models.items[self.list.row(item)]
        if item.text().strip() and item.text() != model.name:
            self.rename_requested.emit(model, item.text())
        else:
            self._fill()

    def _on_use_clicked(self, is_on: bool) -> None:
        model = self._chosen()
        if model is not None:
            self.choose_requested.emit(model.task, model if is_on else None)

    def _ask_delete(self) -> None:
        model = self._chosen()
        if model is None:
            return
        words = self.tr("Delete the model “%1”?").replace("%1", model.name)
        details = self.tr("Photos that were restored with it stay as they are.")
        question = Question(self, words, details, self.tr("Keep it"), self.tr("Delete it"))
        question.accepted.connect(lambda: self.delete_requested.emit(model))
        question.open()

    def _ask_target(self) -> None:
        model = self._chosen()
        if model is None:
            return
        dialog = self._file_dialog(self.tr("Export the model"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("safetensors")
        dialog.selectFile(model.file_name)
        dialog.fileSelected.connect(lambda name: self.pass_on_requested.emit(model, Path(name)))
        dialog.open()

    def _ask_source(self) -> None:
        dialog = self._file_dialog(self.tr("Import a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.take_in_requested.emit(Path(name)))
        dialog.open()

    def _file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self, title, str(Path.home()))
        dialog.setNameFilter(self.tr("Models (*.safetensors)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog
