"""The real program, from its `main`, used with mouse and keys."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.cli.main import main as rednet
from engine.image_io import Image, read_image, write_image
from rednet_gui.app import main
from rednet_gui.settings import IS_AUTO, LEVEL, OPEN_FOLDER, Settings
from rednet_gui.views.dialogs import DiscardQuestion
from rednet_gui.views.main_window import MainWindow
from tests.e2e.conftest import Condition, choose_file, click, play

pytestmark = pytest.mark.usefixtures("qapp", "tiny_models")


def in_format(photo: Path, suffix: str) -> Path:
    """The photo as another kind of file; TIFF in 16 bits, PNG with alpha, WebP in gray."""
    pixels = read_image(photo).pixels
    path = photo.with_suffix(suffix)
    match suffix:
        case ".tif":
            write_image(path, Image(pixels.astype(np.uint16) * 257 + 3))
        case ".png":
            write_image(path, Image(pixels, pixels[..., 0].copy()))
        case ".webp":
            write_image(path, Image(pixels[..., :1].copy()))
    return path


@pytest.mark.parametrize(
    "suffix", [".jpg", *(pytest.param(it, marks=pytest.mark.slow) for it in (".tif", ".png", ".webp"))]
)
def test_what_the_window_saves_is_what_the_command_line_writes(photo: Path, suffix: str) -> None:
    source = in_format(photo, suffix)
    target, reference = photo.with_name(f"a{suffix}"), photo.with_name(f"b{suffix}")

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        click(window.panel.save)
        yield lambda: bool(QApplication.activeModalWidget())
        choose_file(window, target)
        yield window.banner.isVisible
        assert window.banner.title.text() == f"Saved as {target.name} in {target.parent}."
        window.close()

    play(script, source)
    assert rednet(["restore", str(source), "-o", str(reference), "--level", "auto"]) == 0
    assert target.read_bytes() == reference.read_bytes()
    assert not np.array_equal(read_image(target).pixels, read_image(source).pixels)


def test_the_dialog_suggests_a_new_name_beside_the_source(photo: Path) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        yield lambda: bool(QApplication.activeModalWidget())
        dialog = QApplication.activeModalWidget()
        dialog.accept()  # type: ignore[union-attr]  # the file dialog
        yield window.banner.isVisible
        window.close()

    play(script, photo)
    assert read_image(photo.with_name("Katze 猫-restored.jpg")).width == 451


def test_saving_over_the_source_is_refused(photo: Path) -> None:
    before = photo.read_bytes()

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        window.save_requested.emit(photo)
        yield window.banner.isVisible
        assert window.banner.title.text() == "The original photo is never overwritten"
        window.close()
        yield lambda: bool(window.findChildren(DiscardQuestion))
        click(window.findChildren(DiscardQuestion)[0].discard)

    play(script, photo)
    assert photo.read_bytes() == before


def test_cancel_stops_soon_and_the_window_goes_on(outside_home: Path) -> None:
    large = outside_home / "large.png"
    write_image(large, Image(np.random.default_rng(0).integers(0, 255, (2400, 3600, 3), dtype=np.uint8)))

    def script(window: MainWindow) -> Iterator[Condition]:
        run = window.panel.run
        yield run.restore.isEnabled
        click(run.restore)
        yield lambda: run.bar.value() > 0
        QTest.keyClick(window, Qt.Key.Key_Escape)
        canceled_s = time.monotonic()
        assert not run.cancel.isEnabled()
        yield run.restore.isEnabled
        assert time.monotonic() - canceled_s < 1
        assert not window.panel.save.isEnabled()
        assert not window.banner.isVisible()
        window.close()

    play(script, large)


def test_open_with_the_dialog(photo: Path) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.empty_hint.isVisible
        click(window.empty_hint.button)
        yield lambda: bool(QApplication.activeModalWidget())
        choose_file(window, photo)
        yield window.canvas.isVisible
        assert photo.name in window.windowTitle()
        window.close()

    play(script)
    assert Settings().get(OPEN_FOLDER) == str(photo.parent)


@pytest.mark.parametrize("is_file", [True, False])
def test_open_by_dropping(photo: Path, is_file: bool) -> None:
    data = QMimeData()
    if is_file:
        data.setUrls([QUrl.fromLocalFile(str(photo))])
    else:
        data.setImageData(QImage(str(photo)))

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.empty_hint.isVisible
        event = QDropEvent(
            QPointF(100, 100),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        window.dropEvent(event)  # sending it needs a drag under way, which only a person can do
        yield window.canvas.isVisible
        assert window.status.size_fact.text() == "451 × 300 pixels, 0.1 MP"
        window.close()

    play(script)


@pytest.mark.parametrize("is_file", [True, False])
def test_open_by_pasting(photo: Path, is_file: bool) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.empty_hint.isVisible
        data = QMimeData()
        if is_file:
            data.setUrls([QUrl.fromLocalFile(str(photo))])
        else:
            data.setImageData(QImage(str(photo)))
        QGuiApplication.clipboard().setMimeData(data)
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        yield window.canvas.isVisible
        assert (photo.name in window.windowTitle()) == is_file
        window.close()

    play(script)


def test_pasting_nothing_says_so() -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.empty_hint.isVisible
        QGuiApplication.clipboard().setText("no picture")
        QTest.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        yield window.banner.isVisible
        assert window.banner.title.text() == "There is no picture on the clipboard."
        window.close()

    play(script)


def test_a_file_that_is_no_picture_is_told(outside_home: Path) -> None:
    path = outside_home / "letter.jpg"
    path.write_text("Dear Sir")

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.banner.isVisible
        assert window.banner.title.text() == "This picture cannot be opened"
        assert "letter.jpg" in window.banner.text.text()
        assert window.empty_hint.isVisible()
        window.close()

    play(script, path)


def test_state_is_remembered(photo: Path) -> None:
    def first(window: MainWindow) -> Iterator[Condition]:
        yield window.canvas.isVisible
        window.resize(900, 660)
        window.panel.live.setChecked(False)
        window.panel.level.number.setValue(33.0)
        window.close()

    def second(window: MainWindow) -> Iterator[Condition]:
        yield window.isVisible
        assert window.panel.level.number.value() == 33.0
        assert not window.panel.level.auto.isChecked()
        assert not window.panel.live.isChecked()
        assert window.height() == 660  # the offscreen screen is narrower than the window
        window.close()

    play(first, photo)
    assert (Settings().get(LEVEL), Settings().get(IS_AUTO)) == (33.0, False)
    play(second)


def test_an_unsaved_result_is_not_lost_by_closing(photo: Path) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        window.close()
        yield lambda: bool(window.findChildren(DiscardQuestion))
        click(window.findChildren(DiscardQuestion)[0].keep)
        yield lambda: not window.findChildren(DiscardQuestion)
        assert window.isVisible()
        assert window.panel.save.isEnabled()
        window.close()
        yield lambda: bool(window.findChildren(DiscardQuestion))
        click(window.findChildren(DiscardQuestion)[0].discard)

    play(script, photo)


def test_closing_while_saving_saves(photo: Path) -> None:
    target = photo.with_name("out.tif")

    def script(window: MainWindow) -> Iterator[Condition]:
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        window.save_requested.emit(target)
        window.close()
        assert window.isVisible()
        assert not window.findChildren(DiscardQuestion)

    play(script, photo)
    assert read_image(target).width == 451


def test_the_divider_follows_the_mouse(photo: Path) -> None:
    def script(window: MainWindow) -> Iterator[Condition]:
        canvas = window.canvas
        yield window.panel.run.restore.isEnabled
        click(window.panel.run.restore)
        yield window.panel.save.isEnabled
        middle = canvas.rect().center()
        assert canvas.split == 0.5
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseMove(canvas, middle + QPoint(100, 0))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(100, 0))
        assert canvas.split == pytest.approx(0.5 + 100 / 451, abs=0.01)
        window.close()
        yield lambda: bool(window.findChildren(DiscardQuestion))
        click(window.findChildren(DiscardQuestion)[0].discard)

    play(script, photo)


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out.startswith("rednet-gui 0.")
