"""A suggestion over the picture: what the file tells, and a button that acts on it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton

from rednet_gui.models.session import Session
from rednet_gui.models.suggestion import suggested_quality
from rednet_gui.views.canvas import Canvas
from rednet_gui.views.theme import SPACE, Color, icon
from rednet_gui.views.widgets import label

_ICON_PX = 16


class SuggestionBar(QFrame):
    """Says at which quality a JPEG was saved, until the user acts on it or closes it for this picture.

    Signals:
        taken: the artefacts of that quality shall be removed.

    Attributes:
        text: the sentence.
        apply, close_button: act on it, or not.
    """

    taken = Signal()

    def __init__(self, session: Session, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._session, self._canvas = session, canvas
        self._closed_for: object = None
        self.setObjectName("suggestion")
        self.text = label()
        self.apply = QPushButton(self.tr("Remove JPEG artifacts"))
        self.apply.setProperty("role", "toggle")
        self.apply.setToolTip(self.tr("Choose that task, with the quality that the file tells"))
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", Color.MUTED))
        self.close_button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.close_button.setAccessibleName(self.tr("Close the suggestion"))
        self.close_button.setToolTip(self.tr("Close the suggestion"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(int(1.5 * SPACE), SPACE // 2, SPACE // 2, SPACE // 2)
        layout.setSpacing(SPACE)
        for widget in (self.text, self.apply, self.close_button):
            layout.addWidget(widget)
        self.apply.clicked.connect(self._take)
        self.close_button.clicked.connect(self._close)
        canvas.installEventFilter(self)
        for signal in (session.source_changed, session.result_changed, session.task_changed, session.activity_changed):
            signal.connect(self._show)
        self._show()

    def _take(self) -> None:
        self._canvas.setFocus()
        self.taken.emit()

    def _close(self) -> None:
        self._canvas.setFocus()
        self._closed_for = self._session.source
        self._show()

    def _show(self) -> None:
        quality = suggested_quality(self._session)
        is_wanted = quality is not None and self._session.source is not self._closed_for
        if quality is not None:
            words = self.tr("This JPEG was saved at about quality %1.")
            self.text.setText(words.replace("%1", QLocale().toString(quality)))
            self._place()
        self.apply.setEnabled(self._session.can_choose)
        self.setVisible(is_wanted)

    def _place(self) -> None:
        self.adjustSize()
        self.move((self._canvas.width() - self.width()) // 2, 2 * SPACE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False
