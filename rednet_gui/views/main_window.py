"""The window: puts the parts together and passes on what the user asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from rednet_gui import APP_TITLE
from rednet_gui.errors import ErrorText
from rednet_gui.models.album import Album, Entry
from rednet_gui.models.batch import Batch
from rednet_gui.models.samples import folder_for_result
from rednet_gui.models.session import Activity, Session
from rednet_gui.models.stake import Stake, stake_in_closing, stake_in_removing
from rednet_gui.settings import OPEN_FOLDER, SAVE_FOLDER, SHOWS_FILMSTRIP, Settings
from rednet_gui.views.actions import Actions
from rednet_gui.views.banner import Banner
from rednet_gui.views.blur_desk import BlurDesk
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.canvas_feed import CanvasFeed
from rednet_gui.views.compare_tools import CompareTools
from rednet_gui.views.dialogs import DiscardQuestion, SaveDialog, folder_dialog, open_dialog
from rednet_gui.views.dropping import accept_copy, local_paths, on_clipboard
from rednet_gui.views.empty_hint import EmptyHint
from rednet_gui.views.filmstrip import Filmstrip
from rednet_gui.views.mask_desk import MaskDesk
from rednet_gui.views.more_menus import MoreMenus
from rednet_gui.views.opening_view import OpeningView
from rednet_gui.views.pages import Pages
from rednet_gui.views.side_panel import SidePanel
from rednet_gui.views.status_bar import StatusBar
from rednet_gui.views.suggestion_bar import SuggestionBar
from rednet_gui.views.undo_actions import UndoActions
from rednet_gui.views.view_bar import ViewBar
from rednet_gui.views.widgets import with_key

_START_SIZE = (1280, 800)
_SPLIT_STEP = 0.05


class MainWindow(QMainWindow):
    """Shows the session.

    Signals:
        open_requested: the paths of pictures and folders.
        picture_requested, remove_requested: an `Entry` of the album, to show and to take out.
        read_again_requested: one to show as its file is now.
        sample_requested: the name of the task whose sample to open.
        paste_requested: a picture.
        save_requested: the path to save the result to.
        restore_requested, cancel_requested: no more to say.
        activated: the user comes from elsewhere.

    Attributes:
        actions_, undo_actions: what can be done.
        canvas, compare, filmstrip, panel, banner, empty_hint, status: the parts; columns: beside one another.
        pages: the desk, which all these are on, and the others; batch: what goes on on one of them.
    """

    open_requested = Signal(list)
    picture_requested = Signal(object)
    remove_requested = Signal(object)
    read_again_requested = Signal(object)
    sample_requested = Signal(str)
    paste_requested = Signal(QImage)
    save_requested = Signal(Path)
    restore_requested = Signal()
    cancel_requested = Signal()
    activated = Signal()

    def __init__(self, session: Session, album: Album, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._album = album
        self._settings = settings
        self.batch: Batch | None = None
        self._may_close = False
        self._closes_once_saved = False
        self.setAcceptDrops(True)
        self.setMinimumSize(880, 640)
        self.actions_ = Actions(self)
        self.canvas = Canvas()
        self._feed = CanvasFeed(session, self.canvas)
        self.compare = CompareTools(session, self.actions_, self.canvas, settings)
        self.suggestion = SuggestionBar(session, self.canvas)
        self.empty_hint = EmptyHint(self.actions_.open.shortcut())
        self.panel = SidePanel(session, settings)
        self.filmstrip = Filmstrip(album, self.actions_, settings)
        self.status = StatusBar(session)
        self.view_bar = ViewBar(session, self.actions_)
        self.blur_desk = BlurDesk(session, self.actions_, self.canvas)
        self.panel.add_controls(self.blur_desk.panel)
        self.undo_actions = UndoActions(session, self)
        self.mask_desk = MaskDesk(session, self.canvas, settings, self, self.undo_actions)
        self.panel.add_controls(self.mask_desk.control)
        self.view_bar.add(self.mask_desk.actions.paint)
        self._lay_out()
        self.banner = Banner(self.stage)
        self._menus = MoreMenus(session, self.actions_, self.filmstrip.order_menu, settings, self)
        self._connect_actions()
        self._tell_keys()
        self._connect_session()
        self._recall()
        self._show_session()
        self.empty_hint.button.setFocus()

    def open_paths(self, paths: list[Path]) -> None:
        """Ask for pictures, and all that are in folders, to be opened."""
        if paths:
            self._replace_photo(lambda: self.open_requested.emit(paths))

    def ask_to_read_again(self, entry: Entry) -> None:
        """Ask whether what is not saved of a photo of the album may go for what its file is now."""
        self._once_discarded(lambda: self.read_again_requested.emit(entry), Stake(unsaved=1))

    def _lay_out(self) -> None:
        self.stage = QStackedWidget()
        self.stage.addWidget(self.empty_hint)
        self.stage.addWidget(self.canvas)
        OpeningView(self._session, self.stage)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.view_bar)
        left.addWidget(self.mask_desk.bar)
        left.addWidget(self.stage, 1)
        left.addWidget(self.filmstrip)
        top = self.columns = QHBoxLayout()
        top.setSpacing(0)
        top.addLayout(left, 1)
        top.addWidget(self.panel)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top, 1)
        layout.addWidget(self.status)
        self.pages = Pages(central, (self.actions_.file_menu, self.actions_.help_menu), self)

    def _connect_actions(self) -> None:
        acts, canvas, panel = self.actions_, self.canvas, self.panel
        acts.open.triggered.connect(self._ask_open)
        acts.open_folder.triggered.connect(self._ask_open_folder)
        acts.remove.triggered.connect(lambda: self._remove(self._album.current))
        acts.previous_picture.triggered.connect(lambda: self._choose(self._album.neighbor(-1)))
        acts.next_picture.triggered.connect(lambda: self._choose(self._album.neighbor(1)))
        acts.filmstrip.toggled.connect(lambda is_on: self._settings.set(SHOWS_FILMSTRIP, is_on))
        acts.paste.triggered.connect(self._paste)
        acts.save.triggered.connect(self._ask_save)
        acts.quit.triggered.connect(self.close)
        acts.restore.triggered.connect(self._restore)
        acts.stop.triggered.connect(self._stop)
        acts.auto.triggered.connect(panel.level.auto_requested)
        acts.stronger.triggered.connect(panel.level.strengthen)
        acts.weaker.triggered.connect(panel.level.weaken)
        acts.zoom_in.triggered.connect(canvas.zoom_in)
        acts.zoom_out.triggered.connect(canvas.zoom_out)
        acts.fit.triggered.connect(canvas.zoom_to_fit)
        acts.actual.triggered.connect(canvas.zoom_to_actual)
        acts.original.triggered.connect(canvas.set_original_shown)
        acts.split_left.triggered.connect(lambda: canvas.set_split(canvas.split - _SPLIT_STEP))
        acts.split_right.triggered.connect(lambda: canvas.set_split(canvas.split + _SPLIT_STEP))
        self.empty_hint.open_requested.connect(self._ask_open)
        for offer in (self.empty_hint, self._menus):
            offer.sample_requested.connect(self._open_sample)
        self._menus.noticed.connect(self.banner.show_notice)
        self.filmstrip.chosen.connect(self._choose)
        self.filmstrip.remove_requested.connect(self._remove)
        panel.save.clicked.connect(self._ask_save)
        panel.run.restore_requested.connect(self._restore)
        panel.run.cancel_requested.connect(self._stop)
        canvas.view_changed.connect(self._show_view)
        self.pages.changed.connect(self._show_page)

    def _tell_keys(self) -> None:
        acts, panel = self.actions_, self.panel
        for control, action in (
            (panel.run.restore, acts.restore),
            (panel.run.cancel, acts.stop),
            (panel.level.auto, acts.auto),
            (panel.save, acts.save),
            (self.banner.close_button, acts.stop),
        ):
            control.setToolTip(with_key(control.toolTip(), action))

    def _connect_session(self) -> None:
        session = self._session
        session.source_changed.connect(self._show_source)
        for signal in (
            session.result_changed,
            session.saved_changed,
            session.activity_changed,
            session.task_changed,
            session.level_changed,
            session.kernel_changed,
            session.strength_changed,
            session.preview_changed,
            session.mask.is_empty_changed,
        ):
            signal.connect(self._show_session)
        session.result_changed.connect(self._show_pictures)
        session.activity_changed.connect(self._close_once_saved)
        session.failed.connect(self._on_failed)
        session.noticed.connect(self.banner.show_notice)
        for signal in (self._album.current_changed, self._album.modelReset, self._album.rowsRemoved):
            signal.connect(self._show_album)

    def _show_source(self) -> None:
        self.stage.setCurrentWidget(self.canvas)
        self._show_pictures()
        if self._feed.begin():
            self._show_other_photo()

    def _show_other_photo(self) -> None:
        self.pages.show_desk()
        self.banner.hide()
        if not self.filmstrip.pictures.hasFocus():  # there the keys go on to the next picture
            self.canvas.setFocus()

    def _show_page(self, page: QWidget) -> None:
        self.banner.lie_over(self.stage if self.pages.is_desk_shown else page)
        self._show_session()

    def _show_pictures(self) -> None:
        self.canvas.set_original_shown(False)
        self._feed.show()

    def _show_session(self) -> None:
        session, acts = self._session, self.actions_
        acts.restore.setEnabled(session.can_restore)
        acts.save.setEnabled(session.can_save and self.pages.is_desk_shown)
        acts.auto.setEnabled(session.task.can_estimate and session.can_choose)
        for action in (acts.stronger, acts.weaker):
            action.setEnabled(session.can_choose)
        acts.auto.setChecked(session.is_auto)
        name = "" if session.source is None else session.source.title or self.tr("Pasted picture")
        self.setWindowTitle(f"{name}[*] – {APP_TITLE}" if name else APP_TITLE)
        self.setWindowModified(bool(name) and session.has_unsaved_result)
        self._show_view()

    def _show_view(self) -> None:
        acts, scale = self.actions_, self.canvas.scale_factor
        for action in (acts.zoom_in, acts.zoom_out, acts.fit, acts.actual):
            action.setEnabled(scale is not None)
        comparison = self.canvas.comparison
        acts.original.setEnabled(comparison.has_original)
        for action in (acts.split_left, acts.split_right):
            action.setEnabled(comparison.has_divider)
        acts.original.setChecked(self.canvas.is_original_shown)
        self.view_bar.show_scale(scale)

    def _show_album(self) -> None:
        acts, album = self.actions_, self._album
        acts.previous_picture.setEnabled(album.neighbor(-1) is not None)
        acts.next_picture.setEnabled(album.neighbor(1) is not None)
        acts.remove.setEnabled(album.current is not None and album.rowCount() > 1)

    def _ask_open(self) -> None:
        self._ask_paths(open_dialog(self, self._settings.get(OPEN_FOLDER)))

    def _ask_open_folder(self) -> None:
        self._ask_paths(folder_dialog(self, self._settings.get(OPEN_FOLDER)))

    def _ask_paths(self, dialog: QFileDialog) -> None:
        dialog.filesSelected.connect(self._on_open_selected)
        dialog.open()

    def _open_sample(self, task: str) -> None:
        self._replace_photo(lambda: self.sample_requested.emit(task))

    def _on_open_selected(self, names: list[str]) -> None:
        self.open_paths([Path(name) for name in names])

    def _choose(self, entry: Entry | None) -> None:
        if entry is not None:
            self._replace_photo(lambda: self.picture_requested.emit(entry))

    def _remove(self, entry: Entry | None) -> None:
        if entry is None:
            return
        if entry is self._album.current and self._session.activity is Activity.SAVING:
            self.banner.show_notice(self.tr("Wait until the photo is saved."))
            return
        stake = stake_in_removing(self._session, self._album, entry)
        self._once_discarded(lambda: self.remove_requested.emit(entry), stake)

    def _ask_save(self) -> None:
        source = self._session.source
        if source is None or not self._session.can_save:
            return
        beside = folder_for_result(source.path)
        folder = Path(self._settings.get(SAVE_FOLDER) or beside)
        dialog = SaveDialog(self, (folder if folder.is_dir() else beside) / source.result_name, source.path)
        dialog.fileSelected.connect(self._on_save_selected)
        dialog.open()

    def _on_save_selected(self, name: str) -> None:
        self.save_requested.emit(Path(name))

    def _paste(self) -> None:
        self._take(on_clipboard(), self.tr("There is no picture on the clipboard."))

    def _take(self, data: QMimeData, refusal: str) -> None:
        """Open what was pasted or dropped; say `refusal` if it is no picture."""
        paths = local_paths(data)
        image = data.imageData() if not paths and data.hasImage() else None
        if paths:
            self.open_paths(paths)
        elif isinstance(image, QImage) and not image.isNull():
            self._replace_photo(lambda: self.paste_requested.emit(image))
        else:
            self.banner.show_notice(refusal)

    def _restore(self) -> None:
        self.panel.level.take_typed()
        self.restore_requested.emit()

    def _stop(self) -> None:
        if self.canvas.cancel_stroke():
            return
        if self._session.is_running:
            self.panel.run.show_canceling()
            self.cancel_requested.emit()
        else:
            self.banner.hide()

    def _replace_photo(self, then: Callable[[], None]) -> None:
        if self._session.activity is Activity.SAVING:
            self.banner.show_notice(self.tr("Wait until the photo is saved."))
        else:
            # The album keeps what is restored; only a run would end, and nobody misses one that began by itself.
            self._once_discarded(then, Stake(self._session.is_asked_run))

    def _once_discarded(self, then: Callable[[], None], stake: Stake) -> None:
        """Go on with `then`; ask first if that loses work."""
        if not stake:
            then()
            return
        question = DiscardQuestion(self, stake)
        question.accepted.connect(then)
        question.open()

    def _close_now(self) -> None:
        self._may_close = True
        self.close()

    def _close_once_saved(self) -> None:
        if self._closes_once_saved and self._session.activity is Activity.IDLE:
            self._closes_once_saved = False
            self.close()

    def _on_failed(self, error: ErrorText) -> None:
        self._closes_once_saved = False  # stay, so that it can be read
        self.banner.show_error(error)

    def _recall(self) -> None:
        self.resize(*_START_SIZE)
        self.restoreGeometry(self._settings.window_state("geometry"))
        self.actions_.filmstrip.setChecked(self._settings.get(SHOWS_FILMSTRIP))
        self._show_album()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.banner.place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event.mimeData()) or event.mimeData().hasImage():
            accept_copy(event)
            self.empty_hint.set_lit(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.empty_hint.set_lit(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.empty_hint.set_lit(False)
        accept_copy(event)
        if not self.compare.takes_drop(event):
            self._take(event.mimeData(), self.tr("What was dropped is no picture."))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._session.activity is Activity.SAVING:
            event.ignore()
            self._closes_once_saved = True
            return
        stake = stake_in_closing(self._session, self._album, self.batch)
        if stake and not self._may_close:
            event.ignore()
            self._once_discarded(self._close_now, stake)
            return
        self._settings.set_window_state("geometry", self.saveGeometry())
        event.accept()
