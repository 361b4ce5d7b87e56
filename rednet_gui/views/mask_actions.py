"""What can be done with the mask, with its words and keys, and its menu."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from rednet_gui.models.limit import LimitMode
from rednet_gui.views.undo_actions import UndoActions
from rednet_gui.views.widgets import make_action


class MaskActions(QObject):
    """The actions of the mask.

    Attributes: one per action, named after what it does.
        tools: a group of those that choose a tool, at most one of which is checked.
        modes: a group of one action per `LimitMode`, which is its data.
        menu: holds them all.
    """

    def __init__(self, window: QMainWindow, undo_actions: UndoActions) -> None:
        super().__init__(window)
        self.undo, self.redo = undo_actions.undo, undo_actions.redo
        self._make_tools()
        self._make_operations()
        self._make_modes()
        self._fill_menu()

    def _make_tools(self) -> None:
        self.paint = make_action(
            self,
            self.tr("&Paint a mask"),
            "P",
            "inpaint",
            self.tr("Paint where to fill, or where the restoration counts"),
        )
        self.brush = make_action(
            self,
            self.tr("&Brush"),
            "B",
            "inpaint",
            self.tr("Paint the mask; the right button or Alt erases, Shift draws a line"),
        )
        self.lasso = make_action(
            self,
            self.tr("L&asso"),
            "F",
            "lasso",
            self.tr("Mark what you draw a line around; the right button or Alt frees it"),
        )
        self.rectangle = make_action(
            self, self.tr("&Rectangle"), "M", "rectangle", self.tr("Mark a rectangle; the right button or Alt frees it")
        )
        self.wand = make_action(
            self,
            self.tr("&Wand"),
            "W",
            "wand",
            self.tr("Mark what is connected and of one color, as the sky; Alt frees it"),
        )
        self.larger = make_action(self, self.tr("&Larger brush"), ".")
        self.smaller = make_action(self, self.tr("S&maller brush"), ",")
        self.harder = make_action(self, self.tr("Harder brush"), "Ctrl+.")
        self.softer = make_action(self, self.tr("So&fter brush"), "Ctrl+,")
        self.tools = QActionGroup(self)
        self.tools.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for action in (self.brush, self.lasso, self.rectangle, self.wand):
            action.setCheckable(True)
            self.tools.addAction(action)

    def _make_operations(self) -> None:
        self.grow = make_action(self, self.tr("&Grow"), "Ctrl+G", "grow", self.tr("Move the edge of the mask outward"))
        self.shrink = make_action(
            self, self.tr("S&hrink"), "Ctrl+Shift+G", "shrink", self.tr("Move the edge of the mask inward")
        )
        self.feather = make_action(
            self,
            self.tr("Fea&ther"),
            "Shift+F6",
            "feather",
            self.tr("Let the edge of the mask fade out, so that nobody sees it"),
        )
        self.invert = make_action(
            self, self.tr("&Invert"), "Ctrl+I", "invert", self.tr("Paint what is free, and free what is painted")
        )
        self.clear = make_action(self, self.tr("&Clear"), "Ctrl+D", "clear", self.tr("Take all paint away"))
        self.find_dust = make_action(
            self,
            self.tr("Find &dust and scratches"),
            "Ctrl+Shift+D",
            "dust",
            self.tr("Mark thin lines and specks that stand out, as on scanned photos"),
        )
        self.load = make_action(
            self,
            self.tr("&Open a mask…"),
            "Ctrl+Shift+I",
            "load",
            self.tr("Take a mask from a picture: white is painted"),
        )
        self.save = make_action(
            self, self.tr("&Save the mask…"), "Ctrl+Shift+E", "save", self.tr("Keep the mask as a PNG")
        )
        self.show = make_action(self, self.tr("Show the mas&k"), "Q", "mask", self.tr("Show the mask over the photo"))
        for action in (self.paint, self.show):
            action.setCheckable(True)
        self.show.setChecked(True)

    @property
    def operations(self) -> tuple[QAction, ...]:
        """What changes a mask that is there."""
        return self.grow, self.shrink, self.feather, self.clear, self.save

    def _make_modes(self) -> None:
        self.modes = QActionGroup(self)
        for mode, words, keys, help_ in (
            (LimitMode.EVERYWHERE, self.tr("Restore e&verywhere"), "Alt+1", self.tr("Restore all of the photo")),
            (
                LimitMode.ONLY,
                self.tr("Restore only where painted"),
                "Alt+2",
                self.tr("Restore only what is painted, such as the sky"),
            ),
            (
                LimitMode.EXCEPT,
                self.tr("Do &not restore where painted"),
                "Alt+3",
                self.tr("Leave what is painted as it is, such as eyes"),
            ),
        ):
            action = make_action(self, words, keys, f"limit-{mode.value}", help_)
            action.setCheckable(True)
            action.setData(mode)
            action.setIconVisibleInMenu(True)
            self.modes.addAction(action)

    def _fill_menu(self) -> None:
        window = self.parent()
        assert isinstance(window, QMainWindow)
        self.menu = QMenu(self.tr("&Mask"), window)
        groups = (
            [self.paint],
            self.tools.actions(),
            [self.larger, self.smaller, self.harder, self.softer],
            [self.undo, self.redo],
            [self.grow, self.shrink, self.feather, self.invert, self.clear],
            [self.find_dust, self.load, self.save],
            self.modes.actions(),
            [self.show],
        )
        for actions in groups:
            self.menu.addActions(actions)
            if actions is not groups[-1]:
                self.menu.addSeparator()
        menus = window.menuBar().actions()
        window.menuBar().insertMenu(menus[2] if len(menus) > 2 else menus[-1], self.menu)
