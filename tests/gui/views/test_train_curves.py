from __future__ import annotations

from pytestqt.qtbot import QtBot

from rednet_gui.models.session import Session
from rednet_gui.models.training import Training
from rednet_gui.views.train_curves import TrainCurves
from rednet_gui.views.train_pictures import TABLE_WIDTH


def test_the_charts_end_where_the_pictures_below_them_end(qtbot: QtBot, session: Session) -> None:
    training = Training()
    curves = TrainCurves(training)
    qtbot.addWidget(curves)
    curves.resize(1400, 300)
    training.set_stock({"15": 34.0, "50": 28.0})
    training.add_record({"step": 10, "loss": 0.1})
    curves.show()
    assert curves.quality is not None
    assert curves.loss is not None
    loss = curves.loss
    qtbot.waitUntil(lambda: loss.geometry().right() + 1 == TABLE_WIDTH)
    assert curves.quality.geometry().left() == 0
    assert curves.quality.width() == loss.width()
    assert curves.quality.line == 31
    assert loss.points == [(10, 0.1)]
