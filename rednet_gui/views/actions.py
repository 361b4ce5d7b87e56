"""Everything that can be done, with its words, key and place in the menus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from rednet_gui.views.comparison import CompareMode
from rednet_gui.views.theme import icon
from rednet_gui.views.widgets import with_key

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
        self.open = self._make(self.tr("&Open…"), Keys.Open, "open")
        self.open_folder = self._make(self.tr("Open a &folder…"), QKeySequence("Ctrl+Shift+O"))
        self.paste = self._make(self.tr("&Paste a picture"), Keys.Paste)
        self.save = self._make(self.tr("&Save as…"), Keys.Save, "save")
        self.remove = self._make(self.tr("R&emove from the filmstrip"), Keys.Delete)
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)  # only in the strip
        self.quit = self._make(self.tr("&Quit"), QKeySequence("Ctrl+Q"))
        self.restore = self._make(self.tr("&Restore"), QKeySequence("Ctrl+R"), "restore")
        self.stop = self._make(self.tr("&Cancel"), QKeySequence("Esc"))
        self.auto = self._make(self.tr("&Estimate the level"), QKeySequence("Ctrl+E"))
        self.stronger = self._make(self.tr("S&tronger"), QKeySequence("Ctrl+Up"))
        self.weaker = self._make(self.tr("&Weaker"), QKeySequence("Ctrl+Down"))
        self.contact_sheet = self._make(self.tr("Contact s&heet…"), QKeySequence("Ctrl+T"), "contact-sheet")
        self.zoom_in = self._make(self.tr("Zoom &in"), QKeySequence("Ctrl++"), "zoom-in")
        self.zoom_in.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self.zoom_out = self._make(self.tr("Zoom o&ut"), QKeySequence("Ctrl+-"), "zoom-out")
        self.fit = self._make(self.tr("&Fit in the window"), QKeySequence("Ctrl+0"), "fit")
        self.actual = self._make(self.tr("Actual size, &100 %"), QKeySequence("Ctrl+1"), "actual")
        self.original = self._make(self.tr("Sho&w the original"), QKeySequence("\\"), "original")
        self.split_left = self._make(self.tr("Divider to the lef&t"), QKeySequence("["))
        self.split_right = self._make(self.tr("Divider to the &right"), QKeySequence("]"))
        self.next_picture = self._make(self.tr("&Next photo"), QKeySequence("PgDown"))
        self.previous_picture = self._make(self.tr("Pre&vious photo"), QKeySequence("PgUp"))
        self.filmstrip = self._make(self.tr("Show the film&strip"), QKeySequence("F9"))
        self.loupe = self._make(self.tr("&Loupe"), QKeySequence("L"), "loupe")
        self.histogram = self._make(self.tr("&Histogram"), QKeySequence("H"), "histogram")
        self.reference = self._make(self.tr("Compare with a re&ference…"), QKeySequence("Ctrl+Shift+R"))
        self.draw_blur = self._make(self.tr("&Draw the blur on the photo"), QKeySequence("K"))
        for action in (self.auto, self.original, self.filmstrip, self.loupe, self.histogram, self.draw_blur):
            action.setCheckable(True)
        self._make_modes()
        self.keys = self._make(self.tr("&Keyboard and mouse"), QKeySequence("F1"))
        self.guide = self._make(self.tr("&User guide"), QKeySequence("Shift+F1"))
        self.about = self._make(self.tr("&About RED-Net Restore"))
        self.show_log = self._make(self.tr("Open the &log folder"))
        self._explain()
        self._fill_menus()

    def _make(
        self, text: str, keys: QKeySequence | QKeySequence.StandardKey | None = None, icon_name: str = ""
    ) -> QAction:
        action = QAction(text, self)
        if icon_name:
            action.setIcon(icon(icon_name))
            action.setIconVisibleInMenu(False)
        if keys is not None:
            action.setShortcut(keys)
        action.setToolTip(with_key(text.replace("&", "").removesuffix("…"), action))
        return action

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
            action = self._make(words, QKeySequence(keys), mode.value)
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
