"""Everything that can be done, with its words, key and place in the menus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.widgets import make_action, with_key

Keys = QKeySequence.StandardKey


class Actions(QObject):
    """The window's actions.

    Attributes: one per action, named after what it does.
        modes: a group of one action per `CompareMode`, which is its data.
        compare_menu: holds them.
        file_menu, view_menu, help_menu: to which parts of the window add what is theirs.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.open = make_action(self, self.tr("&Open…"), Keys.Open, "open")
        self.open_folder = make_action(self, self.tr("Open a &folder…"), "Ctrl+Shift+O")
        self.paste = make_action(self, self.tr("&Paste a picture"), Keys.Paste)
        self.save = make_action(self, self.tr("&Save as…"), Keys.Save, "save")
        self.remove = make_action(self, self.tr("R&emove from the filmstrip"), Keys.Delete)
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # only in the strip
        self.quit = make_action(self, self.tr("&Quit"), "Ctrl+Q")
        self.restore = make_action(self, self.tr("&Restore"), "Ctrl+R", "restore")
        self.stop = make_action(self, self.tr("&Cancel"), "Esc")
        self.auto = make_action(self, self.tr("&Estimate the level"), "Ctrl+E")
        self.stronger = make_action(self, self.tr("S&tronger"), "Ctrl+Up")
        self.weaker = make_action(self, self.tr("&Weaker"), "Ctrl+Down")
        self.contact_sheet = make_action(self, self.tr("Contact s&heet…"), "Ctrl+T", "contact-sheet")
        self.zoom_in = make_action(self, self.tr("Zoom &in"), "Ctrl++", "zoom-in")
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.zoom_out = make_action(self, self.tr("Zoom o&ut"), "Ctrl+-", "zoom-out")
        self.fit = make_action(self, self.tr("&Fit in the window"), "Ctrl+0", "fit")
        self.actual = make_action(self, self.tr("Actual size, &100 %"), "Ctrl+1", "actual")
        self.original = make_action(self, self.tr("Sho&w the original"), "\\", "original")
        self.split_left = make_action(self, self.tr("Divider to the lef&t"), "[")
        self.split_right = make_action(self, self.tr("Divider to the &right"), "]")
        self.next_picture = make_action(self, self.tr("&Next photo"), "PgDown")
        self.previous_picture = make_action(self, self.tr("Pre&vious photo"), "PgUp")
        self.filmstrip = make_action(self, self.tr("Show the film&strip"), "F9")
        self.loupe = make_action(self, self.tr("&Loupe"), "L", "loupe")
        self.histogram = make_action(self, self.tr("&Histogram"), "H", "histogram")
        self.reference = make_action(self, self.tr("Compare with a re&ference…"), "Ctrl+Shift+R")
        self.draw_blur = make_action(self, self.tr("&Draw the blur on the photo"), "K")
        for action in (self.auto, self.original, self.filmstrip, self.loupe, self.histogram, self.draw_blur):
            action.setCheckable(True)
        self._make_modes()
        self.keys = make_action(self, self.tr("&Keyboard and mouse"), "F1")
        self.guide = make_action(self, self.tr("&User guide"), "Shift+F1")
        self.about = make_action(self, self.tr("&About RED-Net Restore"))
        self.show_log = make_action(self, self.tr("Open the &log folder"))
        self._explain()
        self._fill_menus()

    def _explain(self) -> None:
        """Tooltips of buttons that show no words."""
        for action, words in (
            (self.zoom_in, self.tr("Show the photo larger")),
            (self.zoom_out, self.tr("Show the photo smaller")),
            (self.fit, self.tr("Show all of the photo")),
            (self.actual, self.tr("Show every pixel of the photo as it is, to judge sharpness and noise")),
            (self.original, self.tr("Show the photo as it was; holding Space shows it for a moment")),
            (self.loupe, self.tr("Magnify what is under the pointer, before on the left and after on the right")),
            (self.histogram, self.tr("Show how bright what you see is, and in which colors")),
            (self.contact_sheet, self.tr("Compare levels and amounts side by side, and choose")),
        ):
            action.setToolTip(with_key(words, action))

    def _make_modes(self) -> None:
        self.compare_menu = QMenu(self.tr("&Compare"), self._window)
        self.compare_menu.setToolTip(self.tr("How the photo before and after is compared"))
        self.modes = QActionGroup(self)
        for mode, words, keys in (
            (CompareMode.SPLIT, self.tr("&Left and right of a divider"), "F5"),
            (CompareMode.SPLIT_ACROSS, self.tr("&Above and below a divider"), "F6"),
            (CompareMode.SIDE_BY_SIDE, self.tr("&Side by side"), "F7"),
            (CompareMode.DIFFERENCE, self.tr("The &difference, made brighter"), "F8"),
            (CompareMode.REMOVED, self.tr("What was &removed, on gray"), "Shift+F8"),
        ):
            action = make_action(self, words, keys, mode.value)
            action.setCheckable(True)
            action.setData(mode)
            action.setIconVisibleInMenu(True)
            self.modes.addAction(action)
            self.compare_menu.addAction(action)
        self.modes.actions()[0].setChecked(True)

    def _fill_menus(self) -> None:
        files = [self.open, self.open_folder, self.paste, None, self.save, None, self.remove, None, self.quit]
        photo = [
            self.restore,
            self.stop,
            None,
            self.auto,
            self.stronger,
            self.weaker,
            self.contact_sheet,
            self.draw_blur,
            None,
            self.reference,
        ]
        zoom = [self.zoom_in, self.zoom_out, self.fit, self.actual]
        compare = [
            self.compare_menu,
            self.loupe,
            self.histogram,
            None,
            self.original,
            self.split_left,
            self.split_right,
        ]
        album = [self.previous_picture, self.next_picture, self.filmstrip]
        self.file_menu = self._add_menu(self.tr("&File"), files)
        self._add_menu(self.tr("&Photo"), photo)
        self.view_menu = self._add_menu(self.tr("&View"), [*zoom, None, *compare, None, *album])
        self.help_menu = self._add_menu(self.tr("&Help"), [self.guide, self.keys, None, self.show_log, self.about])

    def _add_menu(self, title: str, entries: Sequence[QAction | QMenu | None]) -> QMenu:
        """None makes a line between entries."""
        menu = self._window.menuBar().addMenu(title)
        for entry in entries:
            if entry is None:
                menu.addSeparator()
            elif isinstance(entry, QMenu):
                menu.addMenu(entry)
            else:
                menu.addAction(entry)
        return menu
