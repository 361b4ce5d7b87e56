"""Shaping the blur on the picture: connects its panel, its tools and the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, Signal

from rednet_gui.models.blur import BlurKind
from rednet_gui.models.session import Session
from rednet_gui.views.actions import Actions
from rednet_gui.views.blur_panel import DRAWN_KINDS, BlurPanel
from rednet_gui.views.blur_tools import ArrowTool, LightTool, PathTool
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_tool import CanvasTool
from rednet_gui.views.widgets import with_key


class BlurDesk(QObject):
    """Gives the canvas the tool of the chosen kind of blur while the user wants to draw.

    Signals:
        sight_changed: the part of the opened picture that is in sight.

    Attributes:
        panel: the controls.
        arrow, path, light: the tools.
    """

    sight_changed = Signal(QRect)

    def __init__(self, session: Session, actions: Actions, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session, self._action, self._canvas = session, actions.draw_blur, canvas
        self.panel = BlurPanel(session)
        self.panel.draw.setToolTip(with_key(self.panel.draw.toolTip(), self._action))
        self.arrow, self.path, self.light = ArrowTool(), PathTool(), LightTool()
        self._tools: dict[BlurKind, CanvasTool] = {
            BlurKind.MOTION: self.arrow,
            BlurKind.PATH: self.path,
            BlurKind.LIGHT: self.light,
        }
        for tool in self._tools.values():
            tool.setParent(self)
        self._sight = QRect()
        self.arrow.drawn.connect(self._on_arrow_drawn)
        self.panel.kind_requested.connect(self._on_kind_requested)
        self.panel.numbers_requested.connect(lambda numbers: session.blur.set_numbers(**numbers))
        self.panel.start_over_requested.connect(session.blur.start_over)
        self.panel.draw.toggled.connect(self._action.setChecked)
        self._action.toggled.connect(self.panel.draw.setChecked)
        self._action.toggled.connect(self._show)
        session.blur.changed.connect(self._show)
        for signal in (session.task_changed, session.source_changed, session.activity_changed):
            signal.connect(self._show)
        for tool in self._tools.values():
            session.source_changed.connect(tool.cancel)  # what is drawn belongs to the photo before
        canvas.view_changed.connect(self._tell_sight)
        self._show()

    def _show(self) -> None:
        session, kind = self._session, self._session.blur.kind
        can_draw = session.task.needs_kernel and kind in DRAWN_KINDS and session.source is not None
        if not can_draw:
            self._action.setChecked(False)
        self._action.setEnabled(can_draw and session.can_choose)
        wanted = self._tools.get(kind) if self._action.isChecked() and session.can_choose else None
        if wanted is not None or self._canvas.tool in self._tools.values():  # others have tools too
            self._canvas.set_tool(wanted)

    def _on_kind_requested(self, kind: BlurKind) -> None:
        self._session.blur.set_kind(kind)
        if self._action.isEnabled():
            self._action.setChecked(True)

    def _on_arrow_drawn(self, length: float, angle: float) -> None:
        self._session.blur.set_numbers(length=length, angle=angle)

    def _tell_sight(self) -> None:
        placement = self._canvas.placement
        if placement is None:
            return
        seen = placement.visible
        corners = (placement.to_picture(corner) for corner in (seen.topLeft(), seen.bottomRight()))
        sight = QRectF(*corners).toAlignedRect()
        if sight != self._sight:
            self._sight = sight
            self.sight_changed.emit(sight)
