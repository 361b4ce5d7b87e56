from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.tensors import (
    enlarge,
    luma,
    pad_symmetric,
    pad_to_multiple,
    resize_pixels,
    resized_window,
    shrink,
    to_pixels,
    to_tensor,
    with_channels,
)

_UINT8 = np.dtype(np.uint8)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_every_sample_value_survives_the_round_trip(dtype: type[np.generic]) -> None:
    is_integer = np.issubdtype(dtype, np.integer)
    values = np.arange(np.iinfo(dtype).max + 1) if is_integer else np.linspace(-0.5, 1.5, 999)  # type: ignore[type-var]
    pixels = values.astype(dtype).reshape(-1, 1, 1)
    restored = to_pixels(to_tensor(pixels), pixels.dtype)
    assert restored.dtype == dtype
    np.testing.assert_array_equal(restored, pixels)


def test_integers_are_rounded_and_clipped_and_floats_are_not() -> None:
    tensor = torch.tensor([-0.1, 0.5, 0.4999 / 255, 1.2]).reshape(1, 1, 4)
    assert to_pixels(tensor, _UINT8).ravel().tolist() == [0, 128, 0, 255]
    assert to_pixels(tensor, np.dtype(np.float32)).ravel().tolist() == tensor.ravel().tolist()


def test_luma_is_that_of_rgb2ycbcr() -> None:
    ends = torch.tensor([[0.0, 1.0]] * 3).reshape(3, 1, 2)
    assert (luma(ends) * 255).ravel().tolist() == pytest.approx([16, 235], abs=1e-3)


def test_gray_is_repeated_and_colour_averaged() -> None:
    gray = torch.rand(1, 3, 4)
    assert torch.equal(with_channels(gray, 3)[2], gray[0])
    torch.testing.assert_close(with_channels(with_channels(gray, 3), 1), gray)


@pytest.mark.parametrize("margin", [1, 3, 11])
def test_symmetric_padding_is_numpys(margin: int) -> None:
    tensor = torch.rand(2, 5, 4)
    expected = np.pad(tensor.numpy(), ((0, 0), (margin, margin), (margin, margin)), mode="symmetric")
    np.testing.assert_array_equal(pad_symmetric(tensor, margin).numpy(), expected)


@pytest.mark.parametrize(("height", "width"), [(37, 31), (1, 1), (4, 6)])
def test_padding_repeats_the_last_row_and_column(height: int, width: int) -> None:
    tensor = torch.rand(1, 1, height, width)
    padded = pad_to_multiple(tensor, 2)
    assert padded.shape[-2] % 2 == padded.shape[-1] % 2 == 0
    assert torch.equal(padded[..., :height, :width], tensor)
    assert torch.equal(padded[..., -1, :width], tensor[..., -1, :])


def _cubic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    a = np.abs(x)
    near, far = 1.5 * a**3 - 2.5 * a**2 + 1, -0.5 * a**3 + 2.5 * a**2 - 4 * a + 2
    kernel: NDArray[np.float64] = near * (a <= 1) + far * ((a > 1) & (a <= 2))
    return kernel


def _imresize_matrix(length: int, scale: float) -> NDArray[np.float64]:
    """MATLAB's imresize along one side, from its documentation: antialiased, borders mirrored."""
    out = round(length * scale)
    stretch = min(scale, 1.0)
    matrix = np.zeros((out, length))
    for row in range(out):
        center = (row + 0.5) / scale - 0.5
        near = np.arange(int(np.floor(center - 2 / stretch)), int(np.ceil(center + 2 / stretch)) + 1)
        weights = stretch * _cubic((stretch * (center - near)).astype(np.float64))
        mirrored = near % (2 * length)
        np.add.at(matrix[row], np.minimum(mirrored, 2 * length - 1 - mirrored), weights / weights.sum())
    return matrix


@pytest.mark.parametrize("factor", [2, 3, 4])
@pytest.mark.parametrize("is_shrinking", [True, False])
def test_resizing_equals_imresize(factor: int, is_shrinking: bool) -> None:
    tensor = torch.rand(3, 24, 36, generator=torch.Generator().manual_seed(0))
    scale = 1 / factor if is_shrinking else float(factor)
    rows, columns = _imresize_matrix(24, scale), _imresize_matrix(36, scale)
    expected = np.einsum("ij,cjk,lk->cil", rows, tensor.double().numpy(), columns)
    got = shrink(tensor, factor) if is_shrinking else enlarge(tensor, factor)
    np.testing.assert_allclose(got.numpy(), expected, atol=5e-6)


@pytest.mark.parametrize("factor", [2, 3, 4])
def test_shrinking_reproduces_the_published_low_resolution_set5(data_folder: Path, factor: int) -> None:
    for path in sorted((data_folder / "test" / "set5-bicubic").glob(f"*SRF_{factor}_HR.png")):
        large = np.asarray(cv2.imread(str(path)))
        small = np.asarray(cv2.imread(str(path).replace("_HR", "_LR")))
        difference = to_pixels(shrink(to_tensor(large), factor), _UINT8).astype(int) - small
        # MATLAB rounds between its two passes, which moves some pixels by a level or two.
        assert np.mean(difference**2.0) < 255**2 / 10**5.4, path.name
        assert np.mean(difference != 0) < 0.2


def test_shrinking_refuses_sides_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="multiples of 3"):
        shrink(torch.zeros(1, 10, 9), 3)


@pytest.mark.parametrize("size", [(24, 36), (31, 50), (17, 23), (65, 97), (1, 1)])
def test_any_size_equals_imresize(size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(0).random((24, 36, 3)).astype(np.float32)
    rows, columns = (_imresize_matrix(length, wanted / length) for length, wanted in zip((24, 36), size, strict=True))
    expected = np.einsum("ij,jkc,lk->ilc", rows, pixels.astype(np.float64), columns)
    np.testing.assert_allclose(resize_pixels(pixels, size), expected, atol=2e-6)


def test_a_window_of_a_resized_picture_has_its_bits() -> None:
    pixels = np.random.default_rng(0).random((70, 90, 1)).astype(np.float32)
    whole = resize_pixels(pixels, (181, 133))
    window = resized_window(pixels, (181, 133), slice(50, 171), slice(3, 40))
    np.testing.assert_array_equal(window, whole[50:171, 3:40])


def test_resizing_asks_before_every_strip_whether_to_go_on() -> None:
    asked = list[int]()
    resize_pixels(np.zeros((20, 10, 1), np.uint8), (200, 100), lambda: asked.append(1))
    assert len(asked) == 4
