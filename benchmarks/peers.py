"""What others restore with, to stand beside the nets; never part of the program.

Each peer gets what the net gets: the damaged picture and its level, kernel or mask; OpenCV's methods, which only take 8
bits, get it clipped and rounded. Their strengths follow the level by the rules written here, which were chosen on
pictures of data/train; BM3D and the nets know theirs themselves.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import skimage.restoration
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.deconvolution import SETTINGS, deconvolve, wiener
from engine.image_io import Image
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import Level, task_named
from engine.tensors import rounded, to_pixels, to_tensor
from engine.training.cases import Case
from engine.training.evaluate import Method

restoration: Any = skimage.restoration  # it has no types

Array = NDArray[Any]
"""(H, W, C), [0, 1] or 8 bits."""

_MEANS_SHARE = {"denoise": (0.9, 0.7), "camera_noise": (0.9, 0.4), "deblock": (0.8, 0.8)}
"""Strength of non-local means as a share of the damage's deviation: of gray pictures, of colours."""

_TV_SHARE = {"denoise": 0.8, "deblock": 0.6}
"""As that, of total variation."""

_WHITE_SHARE = 0.8
"""As that, of the net for white noise where the noise is a camera's; more of it takes away more texture than noise."""

_WIENER_BALANCE = 100
"""Times the noise's variance."""

_EXACT_BALANCES = {15: 3e-3, 25: 1.5e-6}
"""Without noise the best one hangs on the blur, and is chosen for each of the two that are measured so, by their sides:
a disc's spectrum has zeros, where the borders, which are only guessed, have to be damped, and a Gaussian's has none."""

_TV_WEIGHT, _TV_EXACT = 5, {15: 0.62, 25: 0.0}
"""Times the noise's variance; and the deviation that is assumed without noise, as above."""

_LUCY_SUM, _LUCY_MOST = 100, 80
"""Rounds times the noise's deviation, and how many there are without any."""

_TV_ROUNDS = 60
_TELEA_RADIUS_PX = 3


@dataclass(frozen=True, slots=True)
class Peer:
    """One way to restore a task's pictures.

    Attributes:
        name: as it stands in tables.
        method: restores one picture.
        net: the task of the net that it runs; None without one.
        strengths: what its strength hangs on; what was measured with others is measured again.
    """

    name: str
    method: Method
    net: str | None = None
    strengths: tuple[float, ...] = ()


def _of_array(function: Callable[[Array, Case], Array]) -> Method:
    """A function of (H, W, C) float64 as a method."""

    def restore(case: Case) -> Tensor:
        array = case.degraded.permute(1, 2, 0).double().numpy()
        result = np.asarray(function(array, case), np.float32).reshape(*case.clean.shape[1:], -1)
        return torch.from_numpy(np.ascontiguousarray(result.transpose(2, 0, 1)))

    return restore


def _of_planes(function: Callable[[Array, Case], Array]) -> Method:
    """A function of one (H, W) plane as a method."""

    def restore(array: Array, case: Case) -> Array:
        return np.stack([function(plane, case) for plane in np.moveaxis(array, 2, 0)], 2)

    return _of_array(restore)


def sigma_8bit(case: Case, task: str) -> float:
    """How strong the damage is, as noise.

    For JPEG about the error that its quality leaves in photos; of camera noise the true one.
    """
    if task == "deblock":
        return 33 / math.sqrt(case.level.value)
    if task == "camera_noise":
        return 255 * math.sqrt(float((case.degraded - case.clean).square().mean()))
    return case.level.value


def _bm3d(task: str) -> Method:
    def restore(array: Array, case: Case) -> Array:
        import bm3d  # only where it is asked for: it comes with the extra "bench"

        sigma = sigma_8bit(case, task) / 255
        return np.asarray(bm3d.bm3d_rgb(array, sigma) if array.shape[2] == 3 else bm3d.bm3d(array[..., 0], sigma))

    return _of_array(restore)


def _non_local_means(task: str) -> Method:
    def restore(case: Case) -> Tensor:
        pixels = _8bit(case.degraded)
        has_colors = pixels.shape[2] == 3
        strength = max(1.0, _MEANS_SHARE[task][has_colors] * sigma_8bit(case, task))
        if has_colors:
            result = cv2.fastNlMeansDenoisingColored(pixels, None, strength, strength, 7, 21)
        else:
            result = cv2.fastNlMeansDenoising(pixels, None, strength, 7, 21)
        return to_tensor(np.atleast_3d(np.asarray(result)))

    return restore


def _white_noise_net() -> Method:
    """Our net for white noise, at a share of the true deviation."""

    def restore(case: Case) -> Tensor:
        restorer = Restorer.for_task(task_named("denoise"), RestoreOptions(device="cpu", precision="float32"))
        sigma = min(_WHITE_SHARE * sigma_8bit(case, "camera_noise"), restorer.task.levels.maximum)
        image = Image(to_pixels(case.degraded, np.dtype(np.float32)))
        return to_tensor(restorer.restore(image, Level(sigma), RunContext()).pixels)

    return restore


def _total_variation(task: str) -> Method:
    def restore(array: Array, case: Case) -> Array:
        weight = _TV_SHARE[task] * sigma_8bit(case, task) / 255
        return np.asarray(restoration.denoise_tv_chambolle(array, weight, channel_axis=2))

    return _of_array(restore)


def _lanczos(array: Array, case: Case) -> Array:
    height, width = case.clean.shape[1:]
    return np.asarray(cv2.resize(array, (width, height), interpolation=cv2.INTER_LANCZOS4))


def _undone(undo: Callable[[Tensor, Tensor, float], Tensor]) -> Method:
    return lambda case: undo(case.degraded, _kernel_tensor(case), case.level.value)


def _padded(function: Callable[[Array, Array, float], Array]) -> Method:
    """A deconvolution that takes the picture for periodic: a strip joins opposite borders, and is cut again."""

    def restore(plane: Array, case: Case) -> Array:
        kernel = _kernel_tensor(case).double().numpy()
        joined = _joined(_joined(plane, 2 * max(kernel.shape)).T, 2 * max(kernel.shape)).T
        return function(joined, kernel, case.level.value / 255)[: plane.shape[0], : plane.shape[1]]

    return _of_planes(restore)


def _joined(plane: Array, strip_px: int) -> Array:
    """Rows below the last one that fade from its mirror image to that of the first one."""
    place = np.arange(min(strip_px, len(plane)))
    share = ((place + 0.5) / len(place))[:, None]
    return np.vstack([plane, (1 - share) * plane[::-1][place] + share * plane[: len(place)][::-1]])


def _wiener(plane: Array, kernel: Array, sigma: float) -> Array:
    balance = _WIENER_BALANCE * sigma**2 or _EXACT_BALANCES[len(kernel)]
    return np.asarray(restoration.wiener(plane, kernel, balance, clip=False))


def _unsupervised_wiener(plane: Array, kernel: Array, sigma: float) -> Array:
    return np.asarray(restoration.unsupervised_wiener(plane, kernel, clip=False, rng=0)[0])


def _richardson_lucy(plane: Array, case: Case) -> Array:
    """Takes what lies beyond the borders for black, so they are mirrored."""
    kernel = _kernel_tensor(case).double().numpy()
    margin = 2 * max(kernel.shape)
    mirrored = np.pad(plane.clip(1e-3), margin, mode="symmetric")
    rounds = round(_LUCY_SUM / max(case.level.value, _LUCY_SUM / _LUCY_MOST))
    result = restoration.richardson_lucy(mirrored, kernel, rounds, clip=False)
    return np.asarray(result)[margin:-margin, margin:-margin]


def _tv_deconvolution(plane: Array, kernel: Array, sigma: float) -> Array:
    """Least squares with total variation, by splitting.

    Source: Wang, Yang, Yin, Zhang, "A New Alternating Minimization Algorithm for Total Variation Image Reconstruction",
    SIAM J. Imaging Sciences 1(3), 2008.
    """
    weight, size = _TV_WEIGHT * (sigma or _TV_EXACT[len(kernel)] / 255) ** 2 + 1e-5, plane.shape
    blur = _spectrum(kernel, size)
    across, down = _spectrum(np.array([[0.0, 1, -1]]), size), _spectrum(np.array([[0.0], [1], [-1]]), size)
    start = np.conj(blur) * np.fft.rfft2(plane)
    square = np.abs(across) ** 2 + np.abs(down) ** 2
    result = plane
    for number in range(_TV_ROUNDS):
        coupling = 2.0 ** (number * 12 / _TV_ROUNDS) * 4
        spectrum = np.fft.rfft2(result)
        steps = [np.fft.irfft2(side * spectrum, size) for side in (across, down)]
        length = np.maximum(np.hypot(*steps), 1e-12)
        shorter = np.maximum(length - 1 / coupling, 0) / length
        pull = sum(np.conj(s) * np.fft.rfft2(g * shorter) for s, g in zip((across, down), steps, strict=True))
        total = weight * coupling
        result = np.fft.irfft2((start + total * pull) / (np.abs(blur) ** 2 + total * square), size)
    return result


def _spectrum(kernel: Array, size: tuple[int, ...]) -> Array:
    plane = np.zeros(size)
    plane[: kernel.shape[0], : kernel.shape[1]] = kernel
    return np.fft.rfft2(np.roll(plane, (-(kernel.shape[0] // 2), -(kernel.shape[1] // 2)), (0, 1)))


def _inpainted(flag: int) -> Method:
    def restore(case: Case) -> Tensor:
        result = cv2.inpaint(_8bit(case.degraded), _mask(case).astype(np.uint8), _TELEA_RADIUS_PX, flag)
        return to_tensor(np.atleast_3d(np.asarray(result)))

    return restore


def _biharmonic(array: Array, case: Case) -> Array:
    return np.asarray(restoration.inpaint_biharmonic(array, _mask(case), channel_axis=2))


def _8bit(picture: Tensor) -> NDArray[np.uint8]:
    return np.ascontiguousarray((rounded(picture) * 255).round().byte().permute(1, 2, 0).numpy())


def _kernel_tensor(case: Case) -> Tensor:
    assert case.level.kernel is not None
    return case.level.kernel


def _mask(case: Case) -> NDArray[np.bool_]:
    assert case.level.mask is not None
    return np.asarray(case.level.mask[0].numpy())


PEERS: dict[str, tuple[Peer, ...]] = {
    "denoise": (
        Peer("OpenCV non-local means", _non_local_means("denoise"), strengths=_MEANS_SHARE["denoise"]),
        Peer("total variation (scikit-image)", _total_variation("denoise"), strengths=(_TV_SHARE["denoise"],)),
        Peer("BM3D", _bm3d("denoise")),
    ),
    "camera_noise": (
        Peer("OpenCV non-local means", _non_local_means("camera_noise"), strengths=_MEANS_SHARE["camera_noise"]),
        Peer("RED-Net for white noise", _white_noise_net(), "denoise", (_WHITE_SHARE,)),
        Peer("BM3D", _bm3d("camera_noise")),
    ),
    "super_resolution": (Peer("bicubic", Case.unrestored), Peer("Lanczos", _of_array(_lanczos))),
    "deblock": (
        Peer("OpenCV non-local means", _non_local_means("deblock"), strengths=_MEANS_SHARE["deblock"]),
        Peer("total variation (scikit-image)", _total_variation("deblock"), strengths=(_TV_SHARE["deblock"],)),
        Peer("BM3D", _bm3d("deblock")),
    ),
    "deblur": (
        Peer("Wiener's filter", _undone(wiener)),
        Peer("least squares that the net starts from", _undone(deconvolve), strengths=SETTINGS),
        Peer("Wiener (scikit-image)", _padded(_wiener), strengths=(_WIENER_BALANCE, *_EXACT_BALANCES.values())),
        Peer("unsupervised Wiener (scikit-image)", _padded(_unsupervised_wiener)),
        Peer("Richardson-Lucy (scikit-image)", _of_planes(_richardson_lucy), strengths=(_LUCY_SUM, _LUCY_MOST)),
        Peer("total variation", _padded(_tv_deconvolution), strengths=(_TV_WEIGHT, *_TV_EXACT.values())),
    ),
    "inpaint": (
        Peer("Telea (OpenCV)", _inpainted(cv2.INPAINT_TELEA), strengths=(_TELEA_RADIUS_PX,)),
        Peer("Navier-Stokes (OpenCV)", _inpainted(cv2.INPAINT_NS), strengths=(_TELEA_RADIUS_PX,)),
        Peer("biharmonic (scikit-image)", _of_array(_biharmonic)),
    ),
}
"""By task; the fast ones first."""
