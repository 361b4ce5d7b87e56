"""The curves of a training: how much is wrong still, and how good held-out photos become."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rednet_gui.models.training import Training
from rednet_gui.views.theme import SPACE, Color
from rednet_gui.views.train_pictures import TABLE_WIDTH
from rednet_gui.views.train_words import db_words
from rednet_gui.views.widgets import label

_HEIGHT = 190
_LINE_PX = 2


class TrainCurves(QWidget):
    """Two small charts; the score of the stock model is a line across.

    Attributes:
        facts: the newest numbers, in words.
        quality, loss: the charts; None until there is something to draw.
    """

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.quality: _Chart | None = None
        self.loss: _Chart | None = None
        self.facts = label(role="muted", is_wrapped=True)
        self._charts = QHBoxLayout()
        self._charts.setSpacing(2 * SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 2 * SPACE, 0)
        layout.setSpacing(SPACE)
        row = QHBoxLayout()
        row.addLayout(self._charts, 1)
        row.addStretch()
        layout.addLayout(row)
        layout.addWidget(self.facts)
        training.curves_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        curves = self._training.curves
        if self.quality is None and (curves.stock is not None or curves.scores or curves.losses):
            self.quality = _Chart(
                self.tr("How good photos become that it never learned from"),
                self.tr("PSNR in decibels: higher is better; the dashed line is the stock model"),
                unit=self.tr("PSNR, dB"),
            )
            self.loss = _Chart(
                self.tr("How much is still wrong"),
                self.tr("Loss in the photos that it learns from: lower is better"),
                unit=self.tr("Loss"),
            )
            for chart in (self.quality, self.loss):
                chart.setMaximumWidth((TABLE_WIDTH - 2 * SPACE) // 2)  # as wide as the pictures below
                self._charts.addWidget(chart, 1)
        if self.quality is None or self.loss is None:
            return
        last_step = max(1, self._training.state.steps)
        self.quality.draw(curves.scores, last_step, curves.stock)
        self.loss.draw(curves.losses, last_step, None)
        self.facts.setText(self._facts())

    def _facts(self) -> str:
        curves = self._training.curves
        if curves.stock is None:
            return ""
        if not curves.scores:
            words = self.tr("To beat: %1, the dashed line.")
            return words.replace("%1", db_words(curves.stock))
        newest = curves.scores[-1][1]
        return (
            self.tr("Now %1, to beat: %2, the dashed line. Difference: %3.")
            .replace("%1", db_words(newest))
            .replace("%2", db_words(curves.stock))
            .replace("%3", db_words(newest - curves.stock, is_signed=True))
        )


class _Chart(QWidget):
    """One curve over the steps."""

    def __init__(self, title: str, help_: str, *, unit: str) -> None:
        super().__init__()
        # Only now: it takes long to load, which the presenter has had done on another thread.
        import pyqtgraph

        self._graph = pyqtgraph
        self._view: Any = pyqtgraph.GraphicsLayoutWidget()
        self._view.setFixedHeight(_HEIGHT)
        self._view.ci.layout.setContentsMargins(SPACE, SPACE, 3 * SPACE, SPACE)  # the last number is as wide
        self._view.setAccessibleName(title)
        self._view.setToolTip(help_)
        self._box: Any = pyqtgraph.ViewBox(enableMenu=False, enableMouse=False)
        self._axes: list[Any] = [pyqtgraph.AxisItem(side) for side in ("left", "bottom")]
        self._view.addItem(self._axes[0], 0, 0)
        self._view.addItem(self._box, 0, 1)
        self._view.addItem(self._axes[1], 1, 1)
        for axis in self._axes:
            axis.linkToView(self._box)
            axis.enableAutoSIPrefix(False)
            axis.setStyle(maxTickLevel=1, hideOverlappingLabels=False)
        self._axes[0].setLabel(unit)
        self._axes[1].setLabel(self.tr("Steps"))
        self._curve: Any = pyqtgraph.PlotDataItem(antialias=True)
        self._line: Any = pyqtgraph.InfiniteLine(angle=0)
        self._line.hide()
        self._box.addItem(self._curve)
        self._box.addItem(self._line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(label(title, role="section"))
        layout.addWidget(self._view)
        self._style()

    @property
    def points(self) -> list[tuple[float, float]]:
        """What is drawn."""
        steps, values = self._curve.getData()
        return [] if steps is None else list(zip(steps.tolist(), values.tolist(), strict=True))

    @property
    def line(self) -> float | None:
        """Where the line across is."""
        return float(self._line.value()) if self._line.isVisible() else None

    def draw(self, points: list[tuple[int, float]], last_step: int, line: float | None) -> None:
        """Show these."""
        steps, values = [step for step, _ in points], [value for _, value in points]
        self._curve.setData(steps, values, symbol="o" if len(points) < 2 else None)
        self._line.setVisible(line is not None)
        if line is not None:
            self._line.setValue(line)
            values = [*values, line]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        margin = max((high - low) * 0.08, 0.05 if line is not None else 1e-3)
        self._box.setRange(xRange=(0, last_step), yRange=(low - margin, high + margin), padding=0)
        self._view.setAccessibleDescription(QLocale().toString(values[-1], "f", 3) if points else "")

    def _style(self) -> None:
        graph = self._graph
        self._view.setBackground(Color.CANVAS.now)
        for axis in self._axes:
            axis.setPen(graph.mkPen(Color.RING.now))
            axis.setTextPen(graph.mkPen(Color.MUTED.now))
        self._curve.setPen(graph.mkPen(Color.TEXT.now, width=_LINE_PX))
        self._curve.setSymbolBrush(graph.mkBrush(Color.TEXT.now))
        self._line.setPen(graph.mkPen(Color.ERROR.now, width=_LINE_PX, style=Qt.PenStyle.DashLine))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._style()
