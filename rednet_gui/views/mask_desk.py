"""Painting the mask: connects its bar, its tools, its overlay and the canvas."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from rednet_gui.models.limit import LimitMode
from rednet_gui.models.mask_options import MaskOptions
from rednet_gui.models.samples import folder_for_result
from rednet_gui.models.session import Session
from rednet_gui.settings import MASK_FOLDER, Settings
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_tool import CanvasTool
from rednet_gui.views.mask_actions import MaskActions
from rednet_gui.views.mask_bar import MaskBar
from rednet_gui.views.mask_control import MaskControl
from rednet_gui.views.mask_dialogs import mask_open_dialog, mask_save_dialog
from rednet_gui.views.mask_overlay import MaskOverlay
from rednet_gui.views.mask_tools import BrushTool, LassoTool, RectangleTool, WandTool
from rednet_gui.views.undo_actions import UndoActions


class MaskDesk(QObject):
    """Gives the canvas the chosen tool and passes on what takes long.

    Signals:
        grow_requested, shrink_requested, feather_requested, invert_requested, clear_requested, dust_requested: no
            more to say; numbers are among the options.
        wand_requested: a pixel, and whether it erases.
        load_requested, save_requested: the path of a mask.

    Attributes:
        options: how one paints.
        actions, bar, control, overlay, brush, lasso, rectangle, wand: the parts.
    """

    grow_requested = Signal()
    shrink_requested = Signal()
    feather_requested = Signal()
    invert_requested = Signal()
    clear_requested = Signal()
    dust_requested = Signal()
    wand_requested = Signal(QPoint, bool)
    load_requested = Signal(Path)
    save_requested = Signal(Path)

    def __init__(
        self, session: Session, canvas: Canvas, settings: Settings, window: QMainWindow, undo_actions: UndoActions
    ) -> None:
        super().__init__(canvas)
        self._session, self._canvas, self._window = session, canvas, window
        self._mask = session.mask
        self._told: int | None = None
        self.options = MaskOptions(settings, self)
        self.actions = MaskActions(window, undo_actions)
        self.bar = MaskBar(self.actions, self.options)
        self.control = MaskControl(session)
        self.overlay = MaskOverlay(self._mask, self.options)
        self.brush, self.lasso = BrushTool(self._mask, self.options), LassoTool(self._mask)
        self.rectangle, self.wand = RectangleTool(self._mask), WandTool(self._mask)
        acts = self.actions
        self._tools: dict[QAction, CanvasTool] = {
            acts.brush: self.brush,
            acts.lasso: self.lasso,
            acts.rectangle: self.rectangle,
            acts.wand: self.wand,
        }
        self._last = acts.brush
        for part in (self.overlay, *self._tools.values()):
            part.setParent(self)
        canvas.add_overlay(self.overlay)
        self._connect_actions()
        self._connect_session()
        self._show()

    def _connect_actions(self) -> None:
        acts, options = self.actions, self.options
        for action in acts.tools.actions():
            action.toggled.connect(self._on_tool_toggled)
        for action, signal in (
            (acts.grow, self.grow_requested),
            (acts.shrink, self.shrink_requested),
            (acts.feather, self.feather_requested),
            (acts.invert, self.invert_requested),
            (acts.clear, self.clear_requested),
            (acts.find_dust, self.dust_requested),
        ):
            action.triggered.connect(signal)
        acts.larger.triggered.connect(lambda: options.resize_brush(1))
        acts.smaller.triggered.connect(lambda: options.resize_brush(-1))
        acts.harder.triggered.connect(lambda: options.harden_brush(1))
        acts.softer.triggered.connect(lambda: options.harden_brush(-1))
        acts.load.triggered.connect(self._ask_load)
        acts.save.triggered.connect(self._ask_save)
        acts.show.toggled.connect(self.overlay.set_shown)
        acts.paint.triggered.connect(self._on_paint_triggered)
        acts.modes.triggered.connect(self._on_mode_triggered)
        self.wand.picked.connect(self.wand_requested)
        self.control.paint.clicked.connect(self._on_paint_triggered)
        self._canvas.tool_changed.connect(self._on_canvas_tool_changed)

    def _connect_session(self) -> None:
        session = self._session
        session.source_changed.connect(self._on_source_changed)
        session.task_changed.connect(self._show)
        session.task_changed.connect(self._on_task_changed)
        session.result_changed.connect(self._uncover_result)
        session.activity_changed.connect(self._show)
        session.limit.mode_changed.connect(self._show)
        self._mask.is_empty_changed.connect(self._show)
        self._mask.done.connect(self._tell_of_no_effect)
        self._mask.steps_changed.connect(self._reveal)
        self._mask.changed.connect(self._reveal_stroke)

    def _show(self) -> None:
        acts = self.actions
        can_paint = self._session.can_touch_up
        for action in (acts.paint, *self._tools, acts.invert, acts.find_dust, acts.load):
            action.setEnabled(can_paint)
        acts.modes.setEnabled(can_paint and not self._session.task.needs_mask)
        for action in acts.modes.actions():
            action.setChecked(action.data() == self._session.limit.mode)
        for action in acts.operations:
            action.setEnabled(can_paint and not self._mask.is_empty)
        if not can_paint:
            self._put_away()
        self.bar.setVisible(acts.tools.checkedAction() is not None)

    def _on_tool_toggled(self) -> None:
        chosen = self.actions.tools.checkedAction()
        if chosen is not None:
            self._last = chosen
            self.actions.show.setChecked(True)
            self._canvas.set_tool(self._tools[chosen])
        elif self._canvas.tool in self._tools.values():  # others have tools too
            self._canvas.set_tool(None)
        for switch in (self.control.paint, self.actions.paint):
            switch.setChecked(chosen is not None)
        self.bar.setVisible(chosen is not None)

    def _on_canvas_tool_changed(self) -> None:
        if self._canvas.tool not in self._tools.values():
            self._put_away()

    def _put_away(self) -> None:
        chosen = self.actions.tools.checkedAction()
        if chosen is not None:
            chosen.setChecked(False)

    def _on_paint_triggered(self, is_wanted: bool) -> None:
        if is_wanted:
            self._last.setChecked(True)
        else:
            self._put_away()

    def _on_mode_triggered(self, action: QAction) -> None:
        limit = self._session.limit
        limit.set_mode(LimitMode(action.data()))
        if limit.is_nothing:
            self._last.setChecked(True)
            self._session.noticed.emit(self.tr("Nothing is painted yet, so the photo stays as it is."))

    def _tell_of_no_effect(self) -> None:
        """Say once for each photo that paint alone limits nothing."""
        session = self._session
        photo = None if session.source is None else id(session.source.track)
        has_effect = session.task.needs_mask or session.limit.mode is not LimitMode.EVERYWHERE
        is_painting = self._canvas.tool in self._tools.values()
        if is_painting and not has_effect and not self._mask.is_empty and photo != self._told:
            self._told = photo
            words = self.tr("The mask has no effect yet: choose “Restore only where painted” in the Mask menu (Alt+2).")
            session.noticed.emit(words)

    def _on_source_changed(self) -> None:
        self._canvas.cancel_stroke()
        self._show()
        self._offer_brush()

    def _on_task_changed(self) -> None:
        """What is painted would have no effect with most tasks, so the tool goes; filling starts with it."""
        if not self._session.task.needs_mask and self._session.limit.mode is LimitMode.EVERYWHERE:
            self._put_away()
        self._offer_brush()

    def _offer_brush(self) -> None:
        """Filling starts with painting."""
        if self._session.source is not None and self._session.lacks == "mask":
            self._last.setChecked(True)

    def _uncover_result(self) -> None:
        """What was filled in lies under the mask."""
        if self._session.result is not None:
            self.actions.show.setChecked(False)

    def _reveal(self) -> None:
        """Nobody paints blindly."""
        if self.actions.tools.checkedAction() is not None and not self._mask.is_empty:
            self.actions.show.setChecked(True)

    def _reveal_stroke(self) -> None:
        if self._mask.is_changing and not self.actions.show.isChecked():
            self._reveal()

    def _folder(self) -> Path:
        source = self._session.source
        beside = folder_for_result(None if source is None else source.path)
        last = Path(self.options.get(MASK_FOLDER) or beside)
        return last if last.is_dir() else beside

    def _ask_load(self) -> None:
        dialog = mask_open_dialog(self._window, self._folder())
        dialog.fileSelected.connect(lambda name: self.load_requested.emit(Path(name)))
        dialog.open()

    def _ask_save(self) -> None:
        source = self._session.source
        stem = "pasted" if source is None or source.path is None else source.path.stem
        dialog = mask_save_dialog(self._window, self._folder() / f"{stem}-mask.png")
        dialog.fileSelected.connect(lambda name: self.save_requested.emit(Path(name)))
        dialog.open()
