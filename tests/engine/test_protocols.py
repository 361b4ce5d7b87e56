from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.ndimage import convolve
from skimage.metrics import peak_signal_noise_ratio
from torch import Tensor

from engine.cli.main import main
from engine.image_io import read_image
from engine.metrics import psnr
from engine.run_context import RunContext
from engine.tasks import TASKS, task_named
from engine.tensors import enlarge, luma, rounded, to_tensor
from engine.training.cases import Case, cases, known_kernels
from engine.training.evaluate import evaluate, summary
from engine.training.mask_kinds import KINDS, make_mask
from engine.training.protocols import LEVIN, PROTOCOLS, Protocol, Variant, protocols_named
from tests.engine.conftest import save_tiny

by_protocol = pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.name)
Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory, photo: NDArray[np.uint8]) -> list[Path]:
    folder = tmp_path_factory.mktemp("clean")
    paths = [folder / name for name in ("a.png", "b.png")]
    for number, path in enumerate(paths):
        cv2.imwrite(str(path), photo[60 + number : 150 + number, 100:199, ::-1])
    return paths


@pytest.fixture(scope="module")
def kernels() -> dict[str, Tensor]:
    rng = np.random.default_rng(0)
    drawn = {name: rng.random((3 + 2 * number, 5)) for number, name in enumerate(LEVIN)}
    levin = {name: torch.from_numpy((kernel / kernel.sum()).astype(np.float32)) for name, kernel in drawn.items()}
    return known_kernels(Path("nowhere")) | levin


def first_case(protocol: Protocol, pictures: list[Path], kernels: dict[str, Tensor], variant: int = 0) -> Case:
    return next(cases(protocol, protocol.variants[variant], pictures, kernels))


def damaged(name: str, pictures: list[Path], kernels: dict[str, Tensor], variant: int = 0) -> Case:
    return first_case(protocols_named(name)[0], pictures, kernels, variant)


@by_protocol
def test_a_table_is_measured(protocol: Protocol, pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    for variant in protocol.variants:
        scores = list(evaluate(Case.unrestored, protocol, variant, pictures[:1], RunContext(), kernels=kernels))
        assert len(scores) == max(1, len(variant.kernels))
        assert all(score.psnr_out == score.psnr_in for score in scores)
        assert 3 < summary(variant, scores)["psnr_in"] < 60


@by_protocol
def test_what_is_undamaged_is_perfect(protocol: Protocol, pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    score = next(
        evaluate(lambda case: case.clean, protocol, protocol.variants[0], pictures, RunContext(), kernels=kernels)
    )
    assert score.psnr_out == float("inf")
    assert score.ssim_out == pytest.approx(1)


def test_every_task_has_a_table_and_names_differ() -> None:
    assert {protocol.task for protocol in PROTOCOLS} == {task.name for task in TASKS}
    assert len({protocol.name for protocol in PROTOCOLS}) == len(PROTOCOLS)


def test_damage_is_the_same_every_time_and_differs_between_pictures(
    pictures: list[Path], kernels: dict[str, Tensor]
) -> None:
    protocol = Protocol("", "denoise", "", "rgb", (Variant("", 25),))
    same_picture = [pictures[0], pictures[0]]
    first, second = cases(protocol, protocol.variants[0], same_picture, {})
    again = next(cases(protocol, protocol.variants[0], same_picture, {}))
    assert torch.equal(first.degraded, again.degraded)
    assert not torch.equal(first.degraded, second.degraded)


def test_noise_is_neither_clipped_nor_rounded_unless_the_table_says_so(
    pictures: list[Path], kernels: dict[str, Tensor]
) -> None:
    paper, file = (damaged(name, pictures, kernels).degraded for name in ("denoise-kodak24", "denoise-kodak24-8bit"))
    assert float(paper.min()) < 0 or not torch.equal(paper, rounded(paper))
    assert torch.equal(file, rounded(paper))


def test_gray_tables_damage_the_luma(pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    clean = to_tensor(read_image(pictures[0]).pixels)
    for name in ("denoise-bsd68", "deblock-live1"):
        case = damaged(name, pictures, kernels)
        assert torch.equal(case.clean, rounded(luma(clean)))
        assert case.degraded.shape[0] == 1


def test_jpeg_is_that_of_the_luma_alone(pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    case = damaged("deblock-live1", pictures, kernels)
    plane = (case.clean[0] * 255).round().numpy().astype(np.uint8)
    _, data = cv2.imencode(".jpg", plane, [cv2.IMWRITE_JPEG_QUALITY, 10])
    expected = np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED))
    np.testing.assert_array_equal((case.degraded[0] * 255).round().numpy(), expected)


@pytest.mark.parametrize(("variant", "factor"), [(0, 2), (1, 3), (2, 4)])
def test_enlarging_compares_luma_without_a_border_as_wide_as_the_factor(
    pictures: list[Path], kernels: dict[str, Tensor], variant: int, factor: int
) -> None:
    case = damaged("super_resolution-set5", pictures, kernels, variant)
    height, width = (length // factor * factor for length in (90, 99))
    assert case.clean.shape == (3, height, width)
    result = enlarge(case.degraded, factor)
    assert torch.equal(case.unrestored(), result)
    inside = (slice(factor, height - factor), slice(factor, width - factor))
    pair = [(luma(rounded(p)) * 255).round()[0].numpy()[inside] for p in (result, case.clean)]
    expected = peak_signal_noise_ratio(pair[1], pair[0], data_range=255)  # type: ignore[no-untyped-call]
    assert psnr(case.compared(result), case.compared(case.clean)) == pytest.approx(expected)


def test_replicated_borders_are_scipys_nearest(pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    case = damaged("deblur-demo", pictures, kernels)
    kernel = kernels["disk 7"].double().numpy()
    expected = np.stack([convolve(plane.double().numpy(), kernel, mode="nearest") for plane in case.clean])
    np.testing.assert_allclose(case.degraded.numpy(), expected, atol=1e-5)


def test_valid_blurs_give_only_what_is_known_and_cut_thirty_pixels_of_the_whole(
    pictures: list[Path], kernels: dict[str, Tensor]
) -> None:
    protocol = protocols_named("deblur-levin")[0]
    found = list(cases(protocol, Variant("", 0, LEVIN), pictures[:1], kernels))
    assert [case.picture for case in found] == [f"a.png {name}" for name in LEVIN]
    for number, case in enumerate(found):
        rows, columns = (3 + 2 * number) // 2, 2
        assert case.degraded.shape == case.clean.shape == (1, 90 - 2 * rows, 99 - 2 * columns)
        assert case.compared(case.clean).shape == (1, 90 - 60, 99 - 60)
        whole = rounded(luma(to_tensor(read_image(pictures[0]).pixels)))
        expected = convolve(whole[0].double().numpy(), kernels[LEVIN[number]].double().numpy())
        np.testing.assert_allclose(case.degraded[0].numpy(), expected[rows : 90 - rows, 2:97], atol=1e-5)


def test_each_kernel_comes_with_noise_of_its_own(pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    one = {name: torch.ones(1, 1) for name in LEVIN}
    protocol = protocols_named("deblur-levin")[0]
    first, second = list(cases(protocol, protocol.variants[0], pictures[:1], one))[:2]
    assert float((first.degraded - first.clean).std() * 255) == pytest.approx(2.55, rel=0.05)
    assert not torch.equal(first.degraded, second.degraded)


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [("text", 0.1, 0.3), ("scratches", 1 / 6, 0.2), ("missing 50 %", 0.48, 0.52), ("missing 80 %", 0.78, 0.82)],
)
def test_masks_cover_what_their_names_say(kind: str, low: float, high: float) -> None:
    for seed in range(3):
        assert low < make_mask(kind, (256, 300), np.random.default_rng(seed)).mean() < high


def test_text_and_scratches_leave_no_part_of_the_picture_alone() -> None:
    for kind in ("text", "scratches"):
        masks = np.mean([make_mask(kind, (256, 256), np.random.default_rng(seed)) for seed in range(12)], axis=0)
        assert masks.reshape(4, 64, 4, 64).mean((1, 3)).min() > 0.03


def test_masked_pixels_are_black(pictures: list[Path], kernels: dict[str, Tensor]) -> None:
    case = damaged("inpaint-set14", pictures, kernels)
    assert case.level.mask is not None
    assert not case.degraded[:, case.level.mask[0]].any()
    assert torch.equal(case.degraded[:, ~case.level.mask[0]], case.clean[:, ~case.level.mask[0]])


def test_stored_kernels_are_read(tmp_path: Path) -> None:
    (tmp_path / "kernels").mkdir()
    stored = {f"kernel{number}": np.full((3, number), 1 / 3 / number, np.float32) for number in range(1, 9)}
    np.savez(tmp_path / "kernels" / "levin09.npz", **stored)  # type: ignore[arg-type]  # numpy's stub
    found = known_kernels(tmp_path)
    assert found["levin 5"].shape == (3, 5)
    assert {"disk 7", "gaussian 25 1.6"} < set(found)


def folder_with(name: str, pictures: list[Path], root: Path) -> Path:
    folder = root / "test" / name
    folder.mkdir(parents=True)
    for path in pictures:
        (folder / path.name).write_bytes(path.read_bytes())
    return root


def run_table(table: str, root: Path, *more: str) -> int:
    task = protocols_named(table)[0].task
    model = save_tiny(root / "tiny.safetensors", task_named(task))
    return main(["evaluate", "--table", table, "--data", str(root), "--model", str(model), "--device", "cpu", *more])


def test_a_table_is_one_command(pictures: list[Path], tmp_path: Path, capsys: Captured) -> None:
    root, out = folder_with("set14", pictures, tmp_path), tmp_path / "scores.json"
    assert run_table("inpaint-set14", root, "--json", str(out), "--pictures", "1") == 0
    content = json.loads(out.read_text())
    assert [row["name"] for row in content["levels"]] == list(KINDS)
    assert all(len(row["pictures"]) == 1 for row in content["levels"])
    assert content["protocol"] | protocols_named("inpaint-set14")[0].facts() == content["protocol"]
    assert "scratches" in capsys.readouterr().out


def test_all_tables_of_a_task_are_one_command(pictures: list[Path], tmp_path: Path) -> None:
    for name in ("set5", "set14", "bsd100"):
        folder_with(name, pictures[:1], tmp_path)
    assert run_table("super_resolution", tmp_path, "--json", str(tmp_path / "out"), "--ensemble") == 0
    written = sorted((tmp_path / "out").iterdir())
    assert [path.stem for path in written] == [f"super_resolution-{name}" for name in ("bsd100", "set14", "set5")]
    assert json.loads(written[0].read_text())["protocol"]["ensemble"] is True


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("deblur-moon", "no table 'deblur-moon'"),
        ("deblur-levin", "the data folder must hold kernels/levin09.npz"),
    ],
)
def test_what_is_missing_is_one_line(
    table: str, message: str, pictures: list[Path], tmp_path: Path, capsys: Captured
) -> None:
    folder_with("set12", pictures, tmp_path)
    task = task_named(table.partition("-")[0])
    model = save_tiny(tmp_path / "tiny.safetensors", task)
    assert main(["evaluate", "--table", table, "--data", str(tmp_path), "--model", str(model)]) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


def test_a_kernel_and_a_kind_of_mask_can_be_asked_for(pictures: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "scores.json"
    for task, option in (("deblur", ["--kernel", "disk:3"]), ("inpaint", ["--mask-kind", "missing 80 %"])):
        model = save_tiny(tmp_path / "tiny.safetensors", task_named(task))
        common = ["--data", str(pictures[0].parent), "--model", str(model), "--pictures", "1", "--json", str(out)]
        assert main(["evaluate", "--task", task, *option, *common]) == 0
    (row,) = json.loads(out.read_text())["levels"]
    clean = to_tensor(read_image(pictures[0]).pixels)
    mask = make_mask("missing 80 %", (90, 99), np.random.default_rng(0))
    holes = float((clean.square().mean(0) * torch.from_numpy(mask)).mean())
    assert row["psnr_in"] == pytest.approx(-10 * np.log10(holes), abs=0.3)
