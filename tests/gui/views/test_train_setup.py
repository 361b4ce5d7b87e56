from __future__ import annotations

from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from rednet_gui.models.session import Session
from rednet_gui.models.training import Training
from rednet_gui.views.train_setup import TrainSetup


def test_nothing_stays_of_the_question_where_a_recipe_goes(session: Session, qtbot: QtBot) -> None:
    setup = TrainSetup(Training())
    qtbot.addWidget(setup)
    setup.export.click()
    (dialog,) = setup.findChildren(QFileDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not setup.findChildren(QFileDialog))
