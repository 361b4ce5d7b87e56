"""Measuring before and after against a reference."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot

from engine.image_io import Image
from engine.metrics import Fidelity, fidelity
from engine.run_context import RunContext
from engine.strength import apply_strength
from engine.tasks import Level
from engine.tensors import Size, resize_pixels
from engine.transparency import to_mix
from rednet_gui.errors import ErrorText
from rednet_gui.jobs import Runner
from rednet_gui.models.engine import Engine
from rednet_gui.models.reference import Scores
from rednet_gui.models.session import Activity, Session
from rednet_gui.presenters.work import Work

log = logging.getLogger(__name__)

_MEASURE_AFTER_MS = 250


class ReferencePresenter(QObject):
    """Opens the reference, and measures whenever the result, its strength or its mask has become another.

    Args:
        runner: the one that restores, so that measuring never takes its threads.
        file_runner: for short work on files.
    """

    def __init__(
        self, engine: Engine, runner: Runner, file_runner: Runner, session: Session, *, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engine = engine
        self._session = session
        self._reference = session.reference
        self._path = Path()
        self._known: dict[Path, Path] = {}  # the reference of each photo
        self._timer = QTimer(self, singleShot=True, interval=_MEASURE_AFTER_MS)
        self._timer.timeout.connect(self._measure)
        self._reading = Work(file_runner, session, self)
        self._reading.succeeded.connect(self._on_read)
        self._measuring = Work(runner, session, self)
        self._measuring.succeeded.connect(self._reference.set_scores)
        self._measuring.finished.connect(lambda: self._reference.set_measuring(self._timer.isActive()))
        session.source_changed.connect(self._on_source_changed)
        session.activity_changed.connect(self._on_activity_changed)
        for signal in (session.result_changed, session.strength_changed, session.limit.changed):
            signal.connect(self._on_result_changed)

    @Slot(Path)
    def choose(self, path: Path) -> None:
        """Measure against the picture in this file."""
        if self._session.source is None:
            return
        log.info("opening a reference")
        self._path = path

        def read(ctx: RunContext) -> Image:
            return self._engine.read(path)

        self._reading.start(read)

    @Slot()
    def drop(self) -> None:
        """Measure no longer."""
        source = self._session.source
        if source is not None and source.path is not None:
            self._known.pop(source.path, None)
        self._forget()

    def _forget(self) -> None:
        self._reading.cancel()
        self._measuring.cancel()
        self._timer.stop()
        self._reference.set_image(None)

    @Slot(object)
    def _on_read(self, image: Image) -> None:
        source = self._session.source
        if source is None:
            return
        sizes = self._possible_sizes()
        if (image.height, image.width) not in sizes:
            self._session.failed.emit(self._refusal(image, sizes[0]))
            return
        if source.path is not None:
            self._known[source.path] = self._path
        self._reference.set_image(image, self._path.name)
        self._measure()

    def _possible_sizes(self) -> list[Size]:
        """What a reference may measure: as much as the result, the photo, or what it will become."""
        session = self._session
        assert session.source is not None
        height, width = session.source.view.height, session.source.view.width
        sizes = [session.task.output_size(Level(session.level), height, width), (height, width)]
        return sizes if session.result is None else [_size(session.result.image), *sizes]

    def _refusal(self, image: Image, wanted: Size) -> ErrorText:
        sentence = self.tr("%5: it has %1 × %2 pixels; the reference must have %3 × %4, like the restored photo.")
        numbers = (image.width, image.height, wanted[1], wanted[0])
        for place, word in enumerate((*map(str, numbers), self._path.name), 1):
            sentence = sentence.replace(f"%{place}", word)
        return ErrorText(
            self.tr("This picture cannot be the reference"), sentence, self.tr("Choose the same picture in that size.")
        )

    @Slot()
    def _on_source_changed(self) -> None:
        self._forget()
        source = self._session.source
        if source is not None and source.path in self._known:
            self.choose(self._known[source.path])

    @Slot()
    def _on_activity_changed(self) -> None:
        """Stay out of the way of a run, and measure when it is over."""
        if self._session.activity is Activity.RESTORING or self._reference.scores.after is None:
            self._on_result_changed()

    @Slot()
    def _on_result_changed(self) -> None:
        """Measure soon: not at every step of a slider that is being dragged."""
        if self._reference.image is not None:
            self._measuring.cancel()
            self._reference.set_scores(Scores(self._reference.scores.before))
            self._timer.start()
            self._reference.set_measuring(True)

    @Slot()
    def _measure(self) -> None:
        session, clean = self._session, self._reference.image
        source, result = session.source, session.result
        if source is None or clean is None or session.activity is Activity.RESTORING:
            return
        original, known, strength = source.image, self._reference.scores.before, session.strength
        restored = None if result is None or _size(result.image) != _size(clean) else result.image
        limit = None if result is None else session.limit_of(result.task)
        mask = None if limit is None else limit.copy()  # it changes under the brush

        def measure(ctx: RunContext) -> Scores:
            def score(image: Image) -> Fidelity:
                return fidelity(image.pixels, clean.pixels, ctx.check_canceled)

            before = known or score(_fitted(original, _size(clean), ctx))
            if restored is None:
                return Scores(before, None)
            mixed = to_mix(original, restored, ctx.check_canceled)
            return Scores(before, score(apply_strength(mixed, restored, strength, mask=mask)))

        self._reference.set_measuring(True)
        self._measuring.start(measure)


def _size(image: Image) -> Size:
    return image.height, image.width


def _fitted(image: Image, size: Size, ctx: RunContext) -> Image:
    """The photo in the size of the reference, bicubic."""
    return image if _size(image) == size else Image(resize_pixels(image.pixels, size, ctx.check_canceled))
