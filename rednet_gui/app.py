"""The program `rednet-gui`: builds the parts and connects them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

# On Windows torch must be loaded before Qt.
from engine.device import prepare_process
from engine.tasks import TASKS

# isort: split
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from rednet_gui import APP_NAME, APP_TITLE, translation
from rednet_gui.batch_tab import BatchTab
from rednet_gui.diagnostics import logging_to_file, reporting_crashes
from rednet_gui.errors import describe
from rednet_gui.jobs import GuiGarbageCollector, JobRunner
from rednet_gui.models.album import Album
from rednet_gui.models.contact_sheet import ContactSheet
from rednet_gui.models.engine import LocalEngine
from rednet_gui.models.mask_store import MaskStore
from rednet_gui.models.nets import Nets
from rednet_gui.models.output_size import OutputSize
from rednet_gui.models.picture_state import PictureStore
from rednet_gui.models.presets import Presets, PresetStore
from rednet_gui.models.session import Session
from rednet_gui.presenters.album_presenter import AlbumPresenter
from rednet_gui.presenters.blur_presenter import BlurPresenter
from rednet_gui.presenters.contact_sheet_presenter import ContactSheetPresenter
from rednet_gui.presenters.level_presenter import LevelPresenter
from rednet_gui.presenters.live_presenter import LivePresenter
from rednet_gui.presenters.mask_keeper import MaskKeeper
from rednet_gui.presenters.mask_presenter import MaskPresenter
from rednet_gui.presenters.open_presenter import OpenPresenter
from rednet_gui.presenters.plan_presenter import PlanPresenter
from rednet_gui.presenters.presets_presenter import PresetsPresenter
from rednet_gui.presenters.reference_presenter import ReferencePresenter
from rednet_gui.presenters.restore_presenter import RestorePresenter
from rednet_gui.presenters.sample_presenter import SamplePresenter
from rednet_gui.presenters.save_presenter import SavePresenter
from rednet_gui.presenters.size_presenter import SizePresenter
from rednet_gui.presenters.steps_presenter import StepsPresenter
from rednet_gui.presenters.thumbnail_presenter import ThumbnailPresenter
from rednet_gui.settings import LANGUAGE, REOPENS, Settings
from rednet_gui.train_tab import TrainTab
from rednet_gui.views import theme
from rednet_gui.views.contact_sheet import ContactSheetDialog, sheet_button
from rednet_gui.views.main_window import MainWindow
from rednet_gui.views.size_panel import SizePanel
from rednet_gui.views.steps_desk import StepsDesk


class Program(QObject):
    """Everything the window needs, put together.

    Attributes:
        session: what is worked on.
        album: the open pictures.
        window: what is seen.
        contact_sheet: versions of the picture to choose from, over the window.
        steps_desk: what is done to the picture, step by step.
        batch: the page for many pictures.
        train: the page where models are trained.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        engine = LocalEngine()
        self._runner = JobRunner(self, on_idle=engine.rest)
        self._file_runner = JobRunner(self, name="files")
        self._mask_runner = JobRunner(self, name="mask")
        self.session, self.album, self._masks = Session(TASKS[0], self), Album(), MaskStore()
        self._open = OpenPresenter(engine, self._runner, self.session, self.album, settings, parent=self)
        self._album = AlbumPresenter(
            self._file_runner, self.session, self.album, PictureStore(), self._open, parent=self
        )
        self._thumbnails = ThumbnailPresenter(engine, self._file_runner, self.album, parent=self)
        self._plan = PlanPresenter(engine, self._runner, self.session, settings, parent=self)
        self._level = LevelPresenter(engine, self._runner, self.session, settings, parent=self)
        self._blur = BlurPresenter(self._file_runner, self.session, self.session.blur, parent=self)
        self._live = LivePresenter(engine, self._runner, self.session, parent=self)
        self._size = SizePresenter(self._file_runner, self.session, OutputSize(self.session), settings, parent=self)
        self._restore = RestorePresenter(engine, self._runner, self.session, parent=self)
        self._mask = MaskPresenter(self._mask_runner, self.session, settings, parent=self)
        self._mask_keeper = MaskKeeper(self._file_runner, self.session, self._masks, parent=self)
        self._samples = SamplePresenter(self._open, self.session, self.album, parent=self)
        self._reference = ReferencePresenter(engine, self._runner, self._file_runner, self.session, parent=self)
        self._save = SavePresenter(engine, self._runner, self.session, settings, parent=self)
        sheet = ContactSheet()
        self._sheet = ContactSheetPresenter(engine, self._runner, self.session, sheet, parent=self)
        self.window = MainWindow(self.session, self.album, settings)
        self.album.setParent(self.window)  # a view must not outlive what it shows
        sheet.setParent(self.window)
        self.contact_sheet = ContactSheetDialog(self.session, sheet, self.window.actions_, self.window)
        self._connect()
        self._connect_sheet(sheet)
        self._connect_mask()
        presets = self._add_steps(engine, settings)
        nets = Nets()
        files, uses = self._file_runner, (engine.use_model, nets.use_model, self.session.use_model)
        self.batch = BatchTab(self.session, presets, self.window, files, nets.restore, settings, parent=self)
        self.train = TrainTab(self.session, self.window, files, uses, parent=self)
        self.train.models_presenter.chosen.connect(self._restore.follow)

    def start(self, paths: list[Path]) -> None:
        """Open these pictures; without any, those of the last run."""
        last = self._album.recall()
        if paths:
            self._open.open(paths)
        elif self._settings.get(REOPENS) and last.paths:
            self._open.reopen(last)

    def shutdown(self) -> None:
        """Stop the work and write the settings."""
        self.batch.shutdown()
        self.train.shutdown()
        self._runner.shutdown()
        self._file_runner.shutdown()
        self.batch.close()
        self._mask_runner.shutdown()
        self._mask_keeper.flush()
        self._album.flush()
        self._settings.sync()
        self.window.deleteLater()

    def _connect(self) -> None:
        window, panel = self.window, self.window.panel
        window.open_requested.connect(self._open.open)
        window.picture_requested.connect(self._open.choose)
        window.remove_requested.connect(self._album.remove)
        window.read_again_requested.connect(self._open.read_again)
        window.filmstrip.order_requested.connect(self.album.sort_by)
        window.filmstrip.sight_changed.connect(self._thumbnails.prefer)
        window.activated.connect(self._album.check_files)
        window.sample_requested.connect(self._samples.open)
        window.paste_requested.connect(self._open.paste)
        window.restore_requested.connect(self._restore.restore)
        window.cancel_requested.connect(self._restore.cancel)
        window.save_requested.connect(self._save.save)
        panel.tasks.task_requested.connect(self._level.choose_task)
        panel.level.level_requested.connect(self._level.choose_level)
        panel.level.auto_requested.connect(self._level.choose_auto)
        panel.live.toggled.connect(self._level.choose_live)
        window.suggestion.taken.connect(self._level.choose_deblocking)
        window.compare.reference_requested.connect(self._reference.choose)
        window.compare.card.dropped.connect(self._reference.drop)
        self._level.chosen.connect(self._restore.follow)
        self._level.chosen.connect(self._live.follow)
        panel.strength.strength_requested.connect(self.session.set_strength)
        size_panel = SizePanel(self.session, self._size.size)
        size_panel.level_requested.connect(self._level.choose_level)
        panel.quality_control.changed.connect(self._size.follow)
        panel.quality_control.changed.connect(self._plan.follow)
        panel.add_controls(size_panel)
        desk = window.blur_desk
        desk.path.drawn.connect(self._blur.take_path)
        desk.light.framed.connect(self._blur.take_light)
        desk.panel.center_requested.connect(self._blur.center)
        desk.panel.load_requested.connect(self._blur.load)
        desk.panel.save_requested.connect(self._blur.save)
        desk.sight_changed.connect(self._restore.look_at)
        desk.sight_changed.connect(self._live.look_at)
        self._open.started.connect(self._restore.cancel)
        self._open.unsaved_found.connect(window.ask_to_read_again)
        self._restore.failed.connect(self._album.mark_failed)

    def _connect_sheet(self, sheet: ContactSheet) -> None:
        window, dialog, presenter = self.window, self.contact_sheet, self._sheet
        window.panel.level.add_button(sheet_button(window.actions_))
        window.actions_.contact_sheet.triggered.connect(presenter.open)
        window.canvas.middle_changed.connect(presenter.look_at)
        dialog.window_changed.connect(sheet.set_window)
        dialog.place_requested.connect(sheet.move_to)
        dialog.zoom_requested.connect(sheet.set_zoom)
        dialog.chosen.connect(presenter.choose)
        dialog.rejected.connect(presenter.close)
        presenter.started.connect(self._restore.cancel)
        presenter.level_chosen.connect(self._level.choose_level)
        presenter.resumed.connect(self._restore.follow)

    def _add_steps(self, engine: LocalEngine, settings: Settings) -> Presets:
        presets = Presets()
        steps = StepsPresenter(engine, self._runner, self.session, self._masks, parent=self)
        keeper = PresetsPresenter(engine, self._file_runner, self.session, steps, presets, PresetStore(), parent=self)
        desk = self.steps_desk = StepsDesk(self.session, presets, settings, self.window)
        presets.setParent(self.window)
        desk.add_requested.connect(steps.add)
        desk.choose_requested.connect(steps.choose)
        desk.switch_requested.connect(steps.switch)
        desk.move_requested.connect(steps.move)
        desk.remove_requested.connect(steps.remove)
        self.window.undo_actions.undo_requested.connect(steps.undo)
        self.window.undo_actions.redo_requested.connect(steps.redo)
        desk.copy_requested.connect(steps.copy)
        desk.paste_requested.connect(steps.paste)
        desk.presets.apply_requested.connect(keeper.apply)
        desk.presets.save_requested.connect(keeper.save)
        desk.presets.rename_requested.connect(keeper.rename)
        desk.presets.delete_requested.connect(keeper.delete)
        desk.presets.take_in_requested.connect(keeper.take_in)
        desk.presets.pass_on_requested.connect(keeper.pass_on)
        steps.started.connect(self._restore.cancel)
        steps.begun.connect(self._restore.follow)
        steps.arrived.connect(self._restore.go_on)
        self._restore.renews_with(steps.renew)
        self.window.cancel_requested.connect(steps.cancel)
        self._open.started.connect(steps.cancel)
        return presets

    def _connect_mask(self) -> None:
        desk, mask = self.window.mask_desk, self._mask
        desk.grow_requested.connect(mask.grow)
        desk.shrink_requested.connect(mask.shrink)
        desk.feather_requested.connect(mask.feather)
        desk.invert_requested.connect(mask.invert)
        desk.clear_requested.connect(mask.clear)
        desk.dust_requested.connect(mask.find_dust)
        desk.wand_requested.connect(mask.pick)
        desk.load_requested.connect(mask.load)
        self._samples.mask_requested.connect(mask.load)
        desk.save_requested.connect(mask.save)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the window; the exit code."""
    arguments = _parser().parse_args(argv)
    prepare_process()
    app = _application()
    with logging_to_file():
        collector = GuiGarbageCollector(app)
        settings = Settings()
        translation.install(app, settings.get(LANGUAGE))
        program = Program(settings)
        with reporting_crashes(lambda error: program.session.failed.emit(describe(error))):
            program.window.show()
            if arguments.self_test:
                QTimer.singleShot(0, program.window.close)
            else:
                program.start(arguments.pictures)
            code = app.exec()
        program.shutdown()
        collector.stop()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rednet-gui", description="Restore photos with RED-Net, in a window.")
    parser.add_argument("pictures", nargs="*", type=Path, help="photos to open, or folders of photos")
    parser.add_argument("--self-test", action="store_true", help="open the window, close it and end")
    parser.add_argument("--version", action="version", version=f"%(prog)s {version(APP_NAME)}")
    return parser


def _application() -> QApplication:
    app = QApplication.instance() or QApplication([APP_NAME])
    assert isinstance(app, QApplication)
    app.setApplicationName(APP_NAME)
    app.setApplicationDisplayName(APP_TITLE)
    app.setDesktopFileName(APP_NAME)
    theme.apply(app)
    return app
