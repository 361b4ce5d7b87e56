"""The contact sheet: one place of the photo in several versions, to choose from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from rednet_gui.models.contact_sheet import ZOOMS, ContactSheet, can_open
from rednet_gui.models.session import Session
from rednet_gui.text import task_text
from rednet_gui.views.actions import Actions
from rednet_gui.views.contact_cell import ContactCell
from rednet_gui.views.contact_words import caption, help_words
from rednet_gui.views.layer import Layer
from rednet_gui.views.theme import SPACE
from rednet_gui.views.widgets import label, percent_words, plain

_LARGEST = QSize(1600, 1000)
_STEP_PX = 64
_WHEEL_STEP = 120
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ContactSheetDialog(QDialog):
    """Shows the sheet while it is open.

    Signals:
        window_changed: width and height of the cells' pictures, in device pixels.
        place_requested: column and row of the picture to show in the middle.
        zoom_requested: one of `ZOOMS`.
        chosen: the `Variant`.

    Attributes:
        cells: row by row.
        place, help: the words above and below them.
    """

    window_changed = Signal(int, int)
    place_requested = Signal(int, int)
    zoom_requested = Signal(int)
    chosen = Signal(object)

    def __init__(self, session: Session, sheet: ContactSheet, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._session = session
        self._sheet = sheet
        self._action = actions.contact_sheet
        self._drag_center = (0, 0)
        self._wheel = 0
        self.cells: list[ContactCell] = []
        self.setWindowTitle(self.tr("Contact sheet"))
        self.place = label(role="strong")
        self.zoom = label(role="muted")
        self.help = label(role="muted")
        self.back = QPushButton(self.tr("Back"))
        self.back.setToolTip(self.tr("Go back without choosing (Esc)"))
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.reject)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE)
        self._lay_out()
        sheet.opened.connect(self._show_sheet)
        sheet.closed.connect(self._hide_sheet)
        sheet.sight_changed.connect(self._show_sight)
        sheet.sample_added.connect(self._show_sample)
        for signal in (
            session.source_changed,
            session.activity_changed,
            session.task_changed,
            session.level_changed,
            session.kernel_changed,
            session.mask.is_empty_changed,
        ):
            signal.connect(self._show_whether_possible)
        self._show_whether_possible()

    def cell_at(self, row: int, column: int) -> ContactCell | None:
        """The cell at a place; None where there is none."""
        return next((cell for cell in self.cells if cell.variant.place == (row, column)), None)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.place, 1)
        top.addWidget(label(self.tr("Drag, or Shift and an arrow key: another place · Wheel: zoom"), role="muted"))
        top.addSpacing(SPACE)
        top.addWidget(self.zoom)
        bottom = QHBoxLayout()
        bottom.addWidget(self.help, 1)
        bottom.addWidget(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(int(1.5 * SPACE))
        layout.addLayout(top)
        layout.addLayout(self._grid, 1)
        layout.addLayout(bottom)

    def _show_whether_possible(self) -> None:
        self._action.setEnabled(can_open(self._session))

    def _show_sheet(self) -> None:
        source, task = self._sheet.source, self._session.task.name
        assert source is not None
        self.place.setText(f"{task_text(task).title} · {source.title or self.tr('Pasted picture')}")
        photo = Layer(source.view)
        for variant in self._sheet.variants:
            cell = ContactCell(self._sheet, variant, photo, self)
            words = caption(task, variant)
            cell.setText(words)
            cell.setAccessibleName(words)
            cell.setAccessibleDescription(help_words(variant))
            cell.setToolTip(help_words(variant))
            cell.clicked.connect(self._on_clicked)
            cell.pointed.connect(self._on_pointed)
            cell.drag_begun.connect(self._on_drag_begun)
            cell.dragged.connect(self._on_dragged)
            self._grid.addWidget(cell, *variant.place)
            self.cells.append(cell)
        self._share_room()
        self.resize((self._window.size() - QSize(5 * SPACE, 5 * SPACE)).boundedTo(_LARGEST))
        self.open()
        current = next(cell for cell in self.cells if cell.variant == self._sheet.start)
        current.setFocus()
        self._show_sight()

    def _share_room(self) -> None:
        used = {cell.variant.place for cell in self.cells}
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, int(any(place[0] == row for place in used)))
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, int(any(place[1] == column for place in used)))

    def _hide_sheet(self) -> None:
        for cell in self.cells:
            self._grid.removeWidget(cell)
            cell.hide()
            cell.deleteLater()
        self.cells = []
        self.hide()

    def _show_sight(self) -> None:
        self.zoom.setText(percent_words(self._sheet.zoom))
        for cell in self.cells:
            cell.update()

    def _show_sample(self, variant: object) -> None:
        for cell in self.cells:
            if cell.variant == variant:
                cell.take_sample()

    def _on_clicked(self) -> None:
        cell = self.sender()
        assert isinstance(cell, ContactCell)
        if cell.variant.can_be_chosen:
            self.chosen.emit(cell.variant)

    def _on_pointed(self) -> None:
        cell = self.sender()
        assert isinstance(cell, ContactCell)
        self.help.setText(cell.toolTip())

    def _on_drag_begun(self) -> None:
        self._drag_center = self._sheet.center

    def _on_dragged(self, way: QPointF) -> None:
        step = self.devicePixelRatioF() / self._sheet.scale
        x, y = self._drag_center
        self.place_requested.emit(round(x - way.x() * step), round(y - way.y() * step))

    def _tell_window(self) -> None:
        if self.cells:
            sizes = [cell.window_px for cell in self.cells]
            self.window_changed.emit(max(width for width, _ in sizes), max(height for _, height in sizes))

    def _zoom(self, steps: int) -> None:
        index = ZOOMS.index(self._sheet.zoom) + steps
        self.zoom_requested.emit(ZOOMS[min(len(ZOOMS) - 1, max(0, index))])

    def _go(self, right: int, down: int) -> None:
        """Give the keyboard to the next cell in a direction."""
        at = next((cell.variant.place for cell in self.cells if cell.hasFocus()), None)
        if at is None:
            return
        row, column = at[0] + down, at[1] + right
        target = self.cell_at(row, column)
        if target is None and right:  # a shorter column: its last cell
            column_cells = [cell for cell in self.cells if cell.variant.place[1] == column]
            target = column_cells[-1] if column_cells else None
        if target is not None:
            target.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            step = max(1, round(_STEP_PX * self.devicePixelRatioF() / self._sheet.scale))
            x, y = self._sheet.center
            self.place_requested.emit(x + arrow[0] * step, y + arrow[1] * step)
        elif arrow is not None:
            self._go(*arrow)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom(-1 if event.key() == Qt.Key.Key_Minus else 1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        steps = int(self._wheel / _WHEEL_STEP)  # touchpads send parts of one
        if steps:
            self._wheel -= steps * _WHEEL_STEP
            self._zoom(steps)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._tell_window()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_window()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grid.activate()
        self._tell_window()


def sheet_button(actions: Actions) -> QToolButton:
    """Opens the sheet."""
    button = QToolButton()
    button.setDefaultAction(actions.contact_sheet)
    button.setAccessibleName(plain(actions.contact_sheet.text()))
    return button
