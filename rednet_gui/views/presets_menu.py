"""Presets: a menu of them, and a dialog to put them in order."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from rednet_gui.models.presets import Preset, Presets
from rednet_gui.models.session import Session
from rednet_gui.views.presets_dialog import PresetsDialog
from rednet_gui.views.step_words import steps_words
from rednet_gui.views.widgets import make_action


class PresetsMenu(QObject):
    """Lists the presets, and offers to keep the photo's steps as another one.

    Signals:
        apply_requested, delete_requested: a `Preset`.
        save_requested: a name for the photo's steps.
        rename_requested: a `Preset` and a name.
        take_in_requested: the path of a file with steps.
        pass_on_requested: a `Preset` and a path to write it to.

    Attributes:
        menu: the presets and the actions:
        save, take_in, manage: keep, import, put in order.
    """

    apply_requested = Signal(object)
    delete_requested = Signal(object)
    save_requested = Signal(str)
    rename_requested = Signal(object, str)
    take_in_requested = Signal(Path)
    pass_on_requested = Signal(object, Path)

    def __init__(self, session: Session, presets: Presets, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._presets, self._window = session, presets, window
        self.menu = QMenu(self.tr("Pre&sets"), window)
        self.menu.setToolTipsVisible(True)
        self.save = make_action(self, self.tr("&Keep these steps as a preset…"), "Ctrl+Shift+S")
        self.take_in = make_action(self, self.tr("&Import from a file or a restored photo…"), "Ctrl+Shift+M")
        self.manage = make_action(self, self.tr("&Manage presets…"), "Ctrl+M")
        self.save.triggered.connect(self._ask_name)
        self.take_in.triggered.connect(self._ask_file)
        self.manage.triggered.connect(self._show_dialog)
        presets.changed.connect(self._fill)
        self._is_enabled = False
        self._fill()

    def set_enabled(self, is_enabled: bool) -> None:
        """Say whether there is a photo whose steps can be changed."""
        self._is_enabled = is_enabled
        self.save.setEnabled(is_enabled)
        for action in self.menu.actions():
            if isinstance(action.data(), Preset):
                action.setEnabled(is_enabled)

    def _fill(self) -> None:
        self.menu.clear()
        for preset in self._presets.items:
            action = self.menu.addAction(preset.name.replace("&", "&&"))
            action.setData(preset)
            action.setToolTip(steps_words(preset))
            action.triggered.connect(lambda _=False, preset=preset: self.apply_requested.emit(preset))
        if self._presets.items:
            self.menu.addSeparator()
        self.menu.addActions([self.save, self.take_in, self.manage])
        self.set_enabled(self._is_enabled)

    def _ask_name(self) -> None:
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Keep the steps as a preset"))
        dialog.setLabelText(self.tr("Name, such as “Old family scans”:"))
        dialog.setOkButtonText(self.tr("Keep"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.textValueSelected.connect(self._on_name_given)
        dialog.open()

    def _on_name_given(self, name: str) -> None:
        if name.strip():
            self.save_requested.emit(name)

    def _ask_file(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Import steps"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Steps and restored photos (*.json *.jpg *.jpeg *.png *.tif *.tiff *.webp)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.take_in_requested.emit(Path(name)))
        dialog.open()

    def _show_dialog(self) -> None:
        dialog = PresetsDialog(self._presets, self._window)
        dialog.apply_requested.connect(self.apply_requested)
        dialog.delete_requested.connect(self.delete_requested)
        dialog.rename_requested.connect(self.rename_requested)
        dialog.pass_on_requested.connect(self.pass_on_requested)
        dialog.take_in_requested.connect(self._ask_file)
        dialog.set_can_apply(self._is_enabled)
        dialog.open()
