"""Fine-tuning helps where the stock model cannot: two kinds of damage that it has never seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.cli.main import main
from engine.image_io import Image, read_image, write_image
from engine.model_library import ModelLibrary

PICTURES = 36
LEAST_GAIN_DB = 0.5
RECIPE = """
steps = 70
batch = 8
patch_px = 48
loss = "psnr"
muon_rate = 0.003
adam_rate = 3e-4
warmup_steps = 10
average = 0.98
holdout_every = 3
validate_every = 35
"""

Pixels = NDArray[np.float32]
Damage = Callable[[Pixels, np.random.Generator], Pixels]


def correlated_noise(photo: Pixels, rng: np.random.Generator) -> Pixels:
    """As a camera's own denoising or a resized scan leaves it: blurred by a 3x3 kernel, sigma 15 of it left."""
    return photo + cv2.blur(rng.normal(0, 45, photo.shape).astype(np.float32), (3, 3))


def film(photo: Pixels, rng: np.random.Generator) -> Pixels:
    """Grain, the same in all colours, and bright scratches along the film."""
    height, width = photo.shape[:2]
    grain = cv2.blur(rng.normal(0, 25, (height, width)).astype(np.float32), (3, 3))
    scratches = np.zeros((height, width), np.float32)
    for _ in range(12):
        left, slope = int(rng.integers(0, width)), int(rng.integers(-6, 7))
        top, bottom = sorted(rng.integers(0, height, 2).tolist())
        cv2.line(scratches, (left, top), (left + slope, bottom), float(rng.uniform(0.5, 1)), 1, cv2.LINE_AA)
    share = scratches[..., None]
    return np.asarray((photo + grain[..., None]) * (1 - share) + 235 * share, np.float32)


@pytest.fixture
def good(data_folder: Path, tmp_path: Path) -> Path:
    sources = sorted((data_folder / "train" / "bsd200").glob("*.jpg"))
    if len(sources) < PICTURES:
        pytest.skip("the pictures to train on are absent: set REDNET_DATA")
    folder = tmp_path / "good"
    folder.mkdir()
    for source in sources[:: len(sources) // PICTURES][:PICTURES]:
        write_image(folder / f"{source.stem}.png", Image(read_image(source).pixels[:300, :300].copy()))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("damage", [correlated_noise, film])
def test_a_minute_of_fine_tuning_beats_the_stock_model(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Damage
) -> None:
    damaged, run, recipe = tmp_path / "damaged", tmp_path / "run", tmp_path / "recipe.toml"
    damaged.mkdir()
    recipe.write_text(RECIPE, encoding="utf-8")
    rng = np.random.default_rng(0)
    for path in sorted(good.iterdir()):
        pixels = damage(read_image(path).pixels.astype(np.float32), rng)
        write_image(damaged / path.name, Image(pixels.round().clip(0, 255).astype(np.uint8)))
    what = ["--data", str(good), "--pairs", str(damaged), "--run", str(run), "--recipe", str(recipe)]
    assert main(["train", *what, "--start-from", "stock", "--keep-as", "Mine", "--json"]) == 0
    events: list[dict[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    result = next(event for event in events if event["event"] == "result")
    assert result["pictures"] == 6
    assert result["gain"] >= LEAST_GAIN_DB
    assert result["low"] > 0
    (kept,) = ModelLibrary().models("denoise")
    assert kept.card["gain"] == pytest.approx(result["gain"], abs=1e-3)
