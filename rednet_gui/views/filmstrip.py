"""The open pictures in a row below the canvas."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QContextMenuEvent,
    QIcon,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from rednet_gui.models.album import Album, Mark, Order
from rednet_gui.settings import REOPENS, Settings
from rednet_gui.views.actions import Actions
from rednet_gui.views.theme import SPACE, Color, icon

_HEIGHT = 92
_ITEM = QSize(104, 82)
_PICTURE_HEIGHT = 54
_BADGE_PX = 18
_BUTTON_PX = 32
_MISSING_OPACITY = 0.35

_MARK_LOOKS = {
    Mark.RESTORED: ("restore", Color.TEXT),
    Mark.SAVED: ("saved", Color.SUCCESS),
    Mark.FAILED: ("error", Color.ERROR),
    Mark.MISSING: ("missing", Color.ERROR),
}


class Filmstrip(QFrame):
    """Shows the album while it has several pictures.

    Signals:
        chosen: the `Entry` that the user wants to see.
        remove_requested: the `Entry` to take out.
        order_requested: an `Order`.
        sight_changed: the first and the last row that can be seen.

    Attributes:
        pictures: the row itself.
        order_menu: how the row is sorted.
    """

    chosen = Signal(object)
    remove_requested = Signal(object)
    order_requested = Signal(object)
    sight_changed = Signal(int, int)

    def __init__(self, album: Album, actions: Actions, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setFixedHeight(_HEIGHT)
        self._album = album
        self._actions = actions
        self._settings = settings
        self.pictures = _Pictures(album)
        self.pictures.addAction(actions.remove)
        self.pictures.chosen.connect(self.chosen)
        self.pictures.sight_changed.connect(self.sight_changed)
        self.pictures.menu_requested.connect(self._show_menu)
        self.order_menu = self._make_order_menu()
        self.button = self._make_button()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE // 2, SPACE // 2, SPACE, SPACE // 2)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.pictures, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        for signal in (album.modelReset, album.rowsRemoved, actions.filmstrip.toggled):
            signal.connect(self._show)
        self._show()

    def _make_order_menu(self) -> QMenu:
        menu = QMenu(self.tr("S&ort the photos"), self)
        self._orders = QActionGroup(menu)
        for order, words in (
            (Order.ADDED, self.tr("As &added")),
            (Order.NAME, self.tr("By &name")),
            (Order.DATE, self.tr("By &date of the file")),
        ):
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setData(order)
            self._orders.addAction(action)
        self._orders.triggered.connect(lambda action: self.order_requested.emit(Order(action.data())))
        menu.addSeparator()
        reopen = menu.addAction(self.tr("&Open these photos again at the next start"))
        reopen.setCheckable(True)
        reopen.setChecked(self._settings.get(REOPENS))
        reopen.toggled.connect(lambda is_on: self._settings.set(REOPENS, is_on))
        menu.aboutToShow.connect(self._check_order)
        return menu

    def _make_button(self) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("sort"))
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.setToolTip(self.tr("Sort the photos, and whether they are opened again"))
        button.setAccessibleName(self.tr("Sort the photos"))
        button.setMenu(self.order_menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _check_order(self) -> None:
        for action in self._orders.actions():
            action.setChecked(action.data() == self._album.order)

    def _show(self) -> None:
        self.setVisible(self._album.rowCount() > 1 and self._actions.filmstrip.isChecked())

    def _show_menu(self, index: QModelIndex, place: QPoint) -> None:
        menu = QMenu(self)
        if index.isValid():
            entry = self._album.entry_at(index)
            menu.addAction(self.tr("&Remove from the filmstrip (the file stays)")).triggered.connect(
                lambda: self.remove_requested.emit(entry)
            )
        menu.addMenu(self.order_menu)
        menu.addSeparator()
        menu.addAction(self._actions.filmstrip)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)


class _Pictures(QListView):
    """The thumbnails. What is highlighted is what the album shows, not what was clicked."""

    chosen = Signal(object)
    sight_changed = Signal(int, int)
    menu_requested = Signal(QModelIndex, QPoint)

    def __init__(self, album: Album, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._album = album
        self.setModel(album)
        self.setItemDelegate(_Painter(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Open photos"))
        self.horizontalScrollBar().setSingleStep(_ITEM.width() // 2)
        self.horizontalScrollBar().valueChanged.connect(self._tell_sight)
        album.current_changed.connect(self.keep_in_step)
        album.modelReset.connect(self.keep_in_step)
        album.modelReset.connect(self._tell_sight)

    def keep_in_step(self) -> None:
        """Highlight what the album shows; the window may have asked first, and the user said no."""
        index = self._album.index(self._album.row_of(self._album.current))
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def _tell_sight(self) -> None:
        left = self.horizontalScrollBar().value()
        self.sight_changed.emit(left // _ITEM.width(), (left + self.viewport().width()) // _ITEM.width())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and self._album.entry_at(index) is not self._album.current:
            self.chosen.emit(self._album.entry_at(index))
        self.keep_in_step()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        has_pointed = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if has_pointed else self.currentIndex()
        place = event.pos() if has_pointed else self.visualRect(index).center()
        self.menu_requested.emit(index, self.viewport().mapToGlobal(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self.indexAt(event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()  # dragging across the row chooses nothing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isprintable() and event.text():  # else taken for the beginning of a name
            event.ignore()
            return
        super().keyPressEvent(event)
        self._choose(self.currentIndex())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.x() or turned.y()))
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_sight()
        self.keep_in_step()


class _Painter(QStyledItemDelegate):
    """Draws a thumbnail with its name and its mark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icons: dict[tuple[str, Color], QIcon] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return _ITEM

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        album = index.model()
        assert isinstance(album, Album)
        entry = album.entry_at(index)
        cell = option.rect.adjusted(2, 0, -2, 0)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_back(painter, option, cell, is_current=entry is album.current)
        place = QRect(cell.left() + 5, cell.top() + 5, cell.width() - 10, _PICTURE_HEIGHT)
        painter.setOpacity(_MISSING_OPACITY if entry.mark is Mark.MISSING else 1)
        picture = self._paint_picture(painter, place, entry.thumbnail)
        painter.setOpacity(1)
        if entry.mark in _MARK_LOOKS:
            self._paint_mark(painter, picture, entry.mark)
        painter.setPen((Color.TEXT if entry is album.current else Color.MUTED).now)
        font = painter.font()
        font.setPixelSize(11)
        painter.setFont(font)
        line = QRect(place.left(), place.bottom() + 3, place.width(), cell.bottom() - place.bottom() - 5)
        name = painter.fontMetrics().elidedText(album.title(entry), Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, name)
        painter.restore()

    def _paint_back(self, painter: QPainter, option: QStyleOptionViewItem, cell: QRect, *, is_current: bool) -> None:
        is_under_mouse = bool(option.state & option.state.State_MouseOver)
        if not is_current and not is_under_mouse:
            return
        has_focus = is_current and bool(option.state & option.state.State_HasFocus)
        painter.setPen(QPen((Color.FOCUS if has_focus else Color.ACTIVE).now, 1) if is_current else Qt.PenStyle.NoPen)
        painter.setBrush((Color.RAISED if is_current else Color.SUNKEN).now)
        painter.drawRoundedRect(cell.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_picture(self, painter: QPainter, place: QRect, thumbnail: QImage | None) -> QRect:
        """Where it came to lie; an empty frame stands in for one that is not loaded or cannot be."""
        if thumbnail is None or thumbnail.isNull():
            frame = QRect(0, 0, place.height() * 4 // 3, place.height())
            frame.moveCenter(place.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Color.CANVAS.now)
            painter.drawRoundedRect(frame, 3, 3)
            self._icon("photo", Color.FAINT).paint(painter, frame.adjusted(15, 15, -15, -15))
            return frame
        size = thumbnail.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        size = size.boundedTo(thumbnail.size()).expandedTo(QSize(1, 1))
        frame = QRect(QPoint(), size)
        frame.moveCenter(place.center())
        painter.drawImage(frame, thumbnail)
        return frame

    def _paint_mark(self, painter: QPainter, picture: QRect, mark: Mark) -> None:
        badge = QRect(0, 0, _BADGE_PX, _BADGE_PX)
        badge.moveBottomRight(picture.bottomRight() + QPoint(4, 4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Color.EDGE.now)
        painter.drawEllipse(badge)
        self._icon(*_MARK_LOOKS[mark]).paint(painter, badge.adjusted(3, 3, -3, -3))

    def _icon(self, name: str, color: Color) -> QIcon:
        if (name, color) not in self._icons:
            self._icons[name, color] = icon(name, color)
        return self._icons[name, color]
