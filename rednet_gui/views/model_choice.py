"""Which model does a task: the stock one, or one of the user's."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rednet_gui.models.own_models import OwnModels
from rednet_gui.models.session import Session
from rednet_gui.views.theme import SPACE
from rednet_gui.views.train_words import card_words
from rednet_gui.views.widgets import label


class ModelChoice(QWidget):
    """Shown for tasks that the user has models for; what is chosen stays chosen.

    Signals:
        choose_requested: the name of a task, and an `OwnModel` or None for the stock model.
        manage_requested: the list is to be put in order.

    Attributes:
        box: the models of the task.
        manage: opens the list.
    """

    choose_requested = Signal(str, object)
    manage_requested = Signal()

    def __init__(self, session: Session, models: OwnModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._models = session, models
        self.box = QComboBox()
        self.box.setAccessibleName(self.tr("Model"))
        self.manage = QPushButton(self.tr("Manage…"))
        self.manage.setProperty("role", "small")
        self.manage.setToolTip(self.tr("Rename, export, import or delete your models"))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.box, 1)
        row.addWidget(self.manage)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, int(1.5 * SPACE), 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(label(self.tr("Model"), role="section"))
        layout.addLayout(row)
        self.box.currentIndexChanged.connect(self._on_index_changed)
        self.manage.clicked.connect(self.manage_requested)
        models.changed.connect(self._show)
        session.task_changed.connect(self._show)
        session.activity_changed.connect(self._show_activity)
        self._show()

    def _show(self) -> None:
        task = self._session.task.name
        own = self._models.of(task)
        chosen = self._models.chosen.get(task)
        with QSignalBlocker(self.box):
            self.box.clear()
            self.box.addItem(self.tr("Stock model"))
            for model in own:
                self.box.addItem(model.name)
            self.box.setCurrentIndex(next((n for n, model in enumerate(own, 1) if model == chosen), 0))
        stock = self.tr("The model that came with the program restores with this task")
        self.box.setToolTip(stock if chosen is None else card_words(chosen))
        self.setVisible(bool(own))

    def _show_activity(self) -> None:
        self.box.setEnabled(self._session.can_choose)

    def _on_index_changed(self, index: int) -> None:
        task = self._session.task.name
        self.choose_requested.emit(task, self._models.of(task)[index - 1] if index > 0 else None)
