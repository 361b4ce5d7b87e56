from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.errors import TrainingError
from engine.run_context import RunContext
from engine.tasks import task_named
from engine.training.config import TrainConfig
from engine.training.data import PatchSource, list_pictures
from engine.training.pairs import Pairs, can_pair, find_pairs, shift_between
from engine.training.plan import Plan
from engine.training.validation import HeldOut
from tests.engine.conftest import EXACT

DENOISE = task_named("denoise")
ALL = (0.0, 75.0)


@pytest.fixture
def large(photo: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return photo


def noisy(picture: NDArray[np.uint8], sigma: float) -> NDArray[np.uint8]:
    noise = np.random.default_rng(3).normal(0, sigma, picture.shape)
    return (picture + noise).round().clip(0, 255).astype(np.uint8)


def save(path: Path, rgb: NDArray[np.uint8]) -> None:
    path.parent.mkdir(exist_ok=True)
    cv2.imwrite(str(path), rgb[..., ::-1] if rgb.ndim == 3 else rgb)


@pytest.mark.parametrize(("rows", "columns"), [(0, 0), (3, -7), (-20, 31), (40, -41)])
@pytest.mark.parametrize("sigma", [0, 50])
def test_a_shift_is_found_to_the_pixel_through_noise(
    large: NDArray[np.uint8], rows: int, columns: int, sigma: float
) -> None:
    clean = large[64:-64, 64:-64]
    damaged = large[64 - rows : large.shape[0] - 64 - rows, 64 - columns : large.shape[1] - 64 - columns]
    assert shift_between(clean, noisy(damaged, sigma), Path("a.png")) == (rows, columns)


def test_a_pair_is_cut_to_what_both_show(tmp_path: Path, large: NDArray[np.uint8]) -> None:
    save(tmp_path / "clean" / "a.png", large[10:200, 10:300])
    save(tmp_path / "noisy" / "A.TIFF", noisy(large, 10)[4:200, 22:300])
    clean = list_pictures(tmp_path / "clean")
    pairs = find_pairs(DENOISE, tmp_path / "clean", clean, tmp_path / "noisy", ALL)
    found = pairs.read(clean[0])
    assert found.damaged is not None
    assert found.clean.shape == found.damaged.shape == (190, 278, 3)
    assert np.abs(found.clean.astype(float) - found.damaged).mean() < 12  # 8 of the noise
    assert found.levels == pytest.approx((10, 10), abs=1.5)


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [("turned", "does not show"), ("other", "does not show"), ("half", "same size"), ("broken", "damaged")],
)
def test_what_does_not_fit_is_refused_with_a_sentence(
    tmp_path: Path, large: NDArray[np.uint8], damaged: str, reason: str
) -> None:
    save(tmp_path / "clean" / "a.png", large[:300, :300])
    wrong = {
        "turned": np.rot90(large[:300, :300]),
        "other": large[:300, -300:][::-1],
        "half": large[:300:2, :300:2],
        "broken": large,
    }[damaged]
    save(tmp_path / "noisy" / "a.png", wrong)
    if damaged == "broken":
        (tmp_path / "noisy" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n damaged")
    folder = tmp_path / "clean"
    pairs = find_pairs(DENOISE, folder, list_pictures(folder), tmp_path / "noisy", ALL)
    source_of = PatchSource
    with pytest.raises(TrainingError, match="none of its pictures"):
        source_of(folder, list_pictures(folder), TrainConfig(patch_px=24), read=pairs.read)
    with pytest.raises(Exception, match=reason):
        pairs.read(folder / "a.png")


def test_folders_that_are_no_pairs_are_one_sentence(tmp_path: Path, large: NDArray[np.uint8]) -> None:
    save(tmp_path / "clean" / "a.png", large)
    save(tmp_path / "noisy" / "b.png", large)
    clean = list_pictures(tmp_path / "clean")
    with pytest.raises(TrainingError, match="give both the same names"):
        find_pairs(DENOISE, tmp_path / "clean", clean, tmp_path / "noisy", ALL)
    with pytest.raises(TrainingError, match="good pictures too"):
        find_pairs(DENOISE, tmp_path / "clean", clean, tmp_path / "clean", ALL)
    with pytest.raises(TrainingError, match=r"these can: denoise, .*deblock"):
        find_pairs(task_named("inpaint"), tmp_path / "clean", clean, tmp_path / "noisy", ALL)
    assert [can_pair(task_named(name)) for name in ("deblock", "super_resolution", "deblur")] == [True, False, False]


def test_patches_of_a_pair_lie_in_the_same_place(tmp_path: Path, large: NDArray[np.uint8]) -> None:
    """The damaged picture is the clean one at three quarters of its brightness, and shifted."""
    for number in range(4):
        part = large[20 * number : 20 * number + 150, 40 : 40 + 200]
        save(tmp_path / "clean" / f"{number}.png", part)
        shifted = large[20 * number + 2 : 20 * number + 150, 45 : 40 + 200]
        save(tmp_path / "dim" / f"{number}.png", (shifted * 0.75).round().astype(np.uint8))
    folder = tmp_path / "clean"
    config = TrainConfig(batch=8, patch_px=24, depth=6, width=8, holdout_every=2)
    plan = Plan.of(config, folder, list_pictures(folder), pairs=tmp_path / "dim")
    batch = plan.source().batch(3, DENOISE)
    torch.testing.assert_close(batch.inputs[:, :3], batch.targets * 0.75, atol=0.006, rtol=0)
    crops = plan.held_out_crops()
    assert crops.names(DENOISE) == ["pairs"]
    assert crops.crops[0].damaged is not None
    torch.testing.assert_close(crops.crops[0].damaged, crops.crops[0].clean * 0.75, atol=0.003, rtol=0)


def test_gray_and_coloured_pairs_fit(tmp_path: Path, large: NDArray[np.uint8]) -> None:
    gray = cv2.cvtColor(large, cv2.COLOR_RGB2GRAY)
    save(tmp_path / "clean" / "a.png", large)
    save(tmp_path / "noisy" / "a.png", np.asarray(gray))
    clean = tmp_path / "clean" / "a.png"
    found = Pairs(DENOISE, {clean: tmp_path / "noisy" / "a.png"}, ALL).read(clean)
    assert found.damaged is not None
    assert found.damaged.shape == found.clean.shape


def test_pairs_are_scored_by_what_the_program_would_estimate(tmp_path: Path, large: NDArray[np.uint8]) -> None:
    from engine.model import REDNet, REDNetConfig

    save(tmp_path / "clean" / "a.png", large)
    save(tmp_path / "noisy" / "a.png", noisy(large, 20))
    clean = tmp_path / "clean" / "a.png"
    pairs = Pairs(DENOISE, {clean: tmp_path / "noisy" / "a.png"}, ALL)
    held_out = HeldOut.read(tmp_path, [clean], side_px=48, read=pairs.read)
    net = REDNet(REDNetConfig(4, 4))
    torch.nn.init.zeros_(net.last.weight)
    assert held_out.scores(net.eval(), DENOISE, RunContext(), EXACT)["pairs"] == pytest.approx(22.3, abs=0.7)
