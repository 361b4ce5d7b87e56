"""What a blur does to a point: kernels that are computed, drawn, photographed or read from files.

A kernel is (h, w) float32 with odd sides, sums to 1 and lies as the blur of a single point looks in the picture.
"""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.errors import ImageReadError, ImageWriteError, KernelError
from engine.image_io import Image, read_image, write_image
from engine.safe_file import hidden_file
from engine.tensors import to_tensor

LARGEST_PX = 191
"""The longest side of a kernel."""

RADIUS_PX = (0.5, 95.0)
SIGMA_PX = (0.2, 30.0)
LENGTH_PX = (1.0, 188.0)
"""The smallest and the largest disc, Gaussian and straight motion."""

Kernel = NDArray[np.float32]
Plane = NDArray[np.float64]

_FINE = 16  # points per pixel of a path
_LEAST_CONTRAST = 8 / 255
_NOISE_SIGMAS = 4.0
_FAINT_PART = 0.02


def disk_kernel(radius: float) -> Kernel:
    """An out-of-focus disc with soft, area-sampled edges; like fspecial('disk')."""
    fine, size = 8, 2 * math.ceil(radius) + 1
    edge = (np.arange(size * fine) + 0.5) / fine - size / 2
    inside = (edge[:, None] ** 2 + edge**2 <= radius * radius).astype(np.float64)
    return normalized(inside.reshape(size, fine, size, fine).mean((1, 3)))


def gaussian_kernel(size: int, sigma_y: float, sigma_x: float, angle: float = 0.0) -> Kernel:
    """(size, size) Gaussian, turned by `angle` in radians; like fspecial('gaussian')."""
    y, x = np.mgrid[:size, :size] - size // 2
    u, v = math.cos(angle) * x + math.sin(angle) * y, math.cos(angle) * y - math.sin(angle) * x
    return normalized(np.exp(-0.5 * ((u / sigma_x) ** 2 + (v / sigma_y) ** 2)))


def round_gaussian_kernel(sigma: float) -> Kernel:
    """A Gaussian that is the same in all directions, up to four sigmas from its middle where they fit."""
    return gaussian_kernel(min(LARGEST_PX, 2 * math.ceil(4 * sigma) + 1), sigma, sigma)


def motion_kernel(length: float, angle_deg: float) -> Kernel:
    """The trace of a straight, even motion.

    Args:
        length: how far a point moves, in pixels; its trace is about a pixel longer.
        angle_deg: 0 for along a row, counter-clockwise.
    """
    angle = math.radians(angle_deg)
    return path_kernel(np.array([[0.0, 0.0], [length * math.cos(angle), -length * math.sin(angle)]]))


def path_kernel(points: NDArray[np.float64]) -> Kernel:
    """The trace of a motion along a path at an even speed.

    Args:
        points: (N, 2) x and y in pixels, from anywhere.
    Raises: KernelError: the path is too long to be a kernel.
    """
    fine = _evenly(points)
    fine = np.round(fine - fine.mean(0), 9)  # a straight line stays in its row
    reach = math.floor(float(np.abs(fine).max())) + 1
    if 2 * reach + 1 > LARGEST_PX:
        raise KernelError(f"the path is wider than {LARGEST_PX} pixels, draw a shorter one")
    return trimmed(splat(fine, 2 * reach + 1))


def splat(points: Plane, size: int) -> Kernel:
    """(size, size) with each of (N, 2) points, x and y from the middle, shared by its four nearest pixels."""
    corner = np.floor(points).astype(int)
    part = points - corner
    kernel = np.zeros((size, size))
    for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
        weight = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
        np.add.at(kernel, (corner[:, 1] + size // 2 + dy, corner[:, 0] + size // 2 + dx), weight)
    return normalized(kernel)


def shake_kernel(size: int, rng: np.random.Generator) -> Kernel:
    """(size, size) trace of a random hand movement."""
    steps = 64
    velocity = np.cumsum(rng.normal(size=(steps, 2)) * 0.3, 0) + rng.normal(size=2) * rng.uniform(0, 2)
    path = np.cumsum(velocity, 0)
    path -= path.mean(0)
    path *= rng.uniform(2, size // 2 - 1) / (np.abs(path).max() + 1e-6)
    fine = [np.interp(np.linspace(0, steps - 1, 8 * steps), np.arange(steps), axis) for axis in path.T]
    return splat(np.stack(fine[::-1], 1), size)


def kernel_from_point_light(patch: NDArray[np.float32]) -> Kernel:
    """The blur that a single light on a darker ground shows.

    The ground is what the border of the patch shows; what does not stand out of its noise, and other lights, are left
    out. The light is put into the middle.

    Args:
        patch: (H, W) or (H, W, C), the part of the picture around the light.
    Raises: KernelError: there is no light, or it is not all in the patch, or too large.
    """
    if min(patch.shape[:2]) < 3:
        raise KernelError("the frame is too small, draw it around the whole light")
    gray = patch.astype(np.float64).reshape(*patch.shape[:2], -1).mean(2)
    border = np.concatenate([gray[0], gray[-1], gray[1:-1, 0], gray[1:-1, -1]])
    ground = float(np.median(border))
    noise = float(np.median(np.abs(border - ground))) / 0.6745
    light = gray - ground
    peak = float(light.max())
    if peak < max(_LEAST_CONTRAST, 2 * _NOISE_SIGMAS * noise):
        raise KernelError("no light stands out of the dark here, frame a small bright point")
    light[light < max(_FAINT_PART * peak, _NOISE_SIGMAS * noise)] = 0
    light *= _around(light > 0, np.unravel_index(int(light.argmax()), light.shape))
    if any(edge.any() for edge in (light[0], light[-1], light[:, 0], light[:, -1])):
        raise KernelError("the light reaches the edge of the frame, draw the frame larger")
    return centered(normalized(light))


def centered(kernel: Kernel) -> Kernel:
    """The same blur with its centre of mass in the middle pixel. Raises: KernelError: then it is too large."""
    rows, columns = np.nonzero(kernel)
    total = float(kernel.sum())
    middle = [
        round(float((np.arange(length) * kernel.sum(1 - axis)).sum()) / total)
        for axis, length in enumerate(kernel.shape)
    ]
    reaches = [int(np.abs(found - at).max()) for found, at in zip((rows, columns), middle, strict=True)]
    _check_sides(2 * reaches[0] + 1, 2 * reaches[1] + 1)
    moved = np.zeros((2 * reaches[0] + 1, 2 * reaches[1] + 1), np.float32)
    moved[rows - middle[0] + reaches[0], columns - middle[1] + reaches[1]] = kernel[rows, columns]
    return normalized(moved)


def trimmed(kernel: Kernel) -> Kernel:
    """The same blur without the empty border that all sides share. Raises: KernelError: it is still too large."""
    found = np.nonzero(kernel)
    reaches = [int(np.abs(at - length // 2).max()) for at, length in zip(found, kernel.shape, strict=True)]
    _check_sides(2 * reaches[0] + 1, 2 * reaches[1] + 1)
    rows, columns = (
        slice(length // 2 - reach, length // 2 + reach + 1) for length, reach in zip(kernel.shape, reaches, strict=True)
    )
    return np.ascontiguousarray(kernel[rows, columns])


def read_kernel(path: Path) -> Kernel:
    """A kernel from a picture or a .npy file; numbers below zero count as zero, even sides get an empty row.

    Raises: ImageReadError: it cannot be read, or is no kernel.
    """
    plane = _read_array(path) if path.suffix.lower() == ".npy" else _read_picture(path)
    if plane.ndim != 2 or not plane.size:
        raise ImageReadError(path, "a kernel is a plane of numbers, with rows and columns")
    if not np.isfinite(plane).all():
        raise ImageReadError(path, "it has numbers that are not finite, mend it where it was made")
    plane = np.maximum(plane, 0)
    if not plane.any():
        raise ImageReadError(path, "it is all black, a kernel is a bright trace on black")
    odd = np.pad(plane, [(0, 1 - length % 2) for length in plane.shape])
    try:
        return trimmed(normalized(odd))
    except KernelError as error:
        raise ImageReadError(path, error.reason) from error


def write_kernel(path: Path, kernel: Kernel) -> None:
    """Save a kernel: as a .npy file exactly, as a picture in 16 bits with its brightest pixel white.

    Raises: ImageWriteError: what was there before is untouched.
    """
    if path.suffix.lower() != ".npy":
        gray = np.rint(kernel / kernel.max() * 65535).astype(np.uint16)
        write_image(path, Image(gray[..., None]))
        return
    try:
        with hidden_file(path.parent) as complete:
            np.save(complete.file, kernel)
            complete.publish(path)
    except OSError as error:
        raise ImageWriteError(path, "it cannot be written there, choose another folder") from error


def normalized(kernel: NDArray[np.floating]) -> Kernel:
    """The same blur with the sum 1."""
    wide = kernel.astype(np.float64)
    made: Kernel = (wide / wide.sum()).astype(np.float32)
    return made


def _check_sides(height: int, width: int) -> None:
    if max(height, width) > LARGEST_PX:
        raise KernelError(f"it is {width} x {height} pixels, a kernel has at most {LARGEST_PX} on a side: cut it out")


def _evenly(points: NDArray[np.float64]) -> Plane:
    """(N, 2) points in even steps along a path, in the middle of each step."""
    lengths = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    steps = max(1, math.ceil(float(along[-1]) * _FINE))
    at = (np.arange(steps) + 0.5) / steps * along[-1]
    return np.stack([np.interp(at, along, axis) for axis in points.T], 1)


def _around(is_lit: NDArray[np.bool_], seed: tuple[np.intp, ...]) -> NDArray[np.bool_]:
    """The lit pixels that hang together with the seed, gaps of a pixel allowed."""
    near = cv2.dilate(is_lit.astype(np.uint8), np.ones((3, 3), np.uint8))
    _, names = cv2.connectedComponents(near)
    return np.asarray(is_lit & (np.asarray(names) == np.asarray(names)[seed]))


def _read_array(path: Path) -> Plane:
    try:
        return np.asarray(np.load(path, allow_pickle=False), np.float64)
    except FileNotFoundError as error:
        raise ImageReadError(path, "there is no such file") from error
    except (OSError, EOFError, ValueError, TypeError) as error:
        raise ImageReadError(path, "it is no array of numbers") from error


def _read_picture(path: Path) -> Plane:
    image = read_image(path)
    plane: Plane = to_tensor(image.pixels).numpy().astype(np.float64).mean(0)
    if image.alpha is not None:
        plane = plane * to_tensor(image.alpha[..., None]).numpy()[0]
    if plane.size > 1 and plane.min() == plane.max() > 0:
        raise ImageReadError(path, "it is the same everywhere, a kernel is a bright trace on black")
    return plane
