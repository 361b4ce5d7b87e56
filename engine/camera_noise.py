"""Noise as cameras make it: in the sensor, before demosaicking, tone curve and JPEG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
"""(H, W, C) of 1 or 3 channels, [0, 1], gamma-encoded RGB or gray."""

_STRONGEST = 0.02
"""One over the electrons of a white pixel at strength 100, as of a telephone in the dark."""

_FEW_ELECTRONS = 10
"""More of them arrive as a normal distribution says, nearly, which is drawn ten times as fast as Poisson's."""

_LAST_TONE = 255 * 8
"""Tones are looked up in steps that all of an 8-bit picture lie on."""

_LEAST_SIDE = 8
_UINT16 = 65535
_DEMOSAICS = (cv2.COLOR_BayerBG2RGB, cv2.COLOR_BayerBG2RGB_EA)
"""Bilinear, and along edges; BG is OpenCV's name for rows that start with red and green."""


@dataclass(frozen=True, slots=True)
class Camera:
    """How a camera makes a picture of light.

    Attributes:
        read_electrons: deviation of what reading the sensor adds.
        red_gain, blue_gain: white balance; these channels had so much less light than green.
        gamma, contrast: of the tone curve: an exponent, then 0 for none or up to 1 for a full smooth step.
        is_edge_aware: whether demosaicking follows edges.
        quality: of its JPEG files; None for none.
        is_halved: whether the picture has half the sensor's width.
    """

    read_electrons: float = 2.5
    red_gain: float = 1.9
    blue_gain: float = 1.6
    gamma: float = 2.2
    contrast: float = 0.2
    is_edge_aware: bool = True
    quality: int | None = 90
    is_halved: bool = False

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> Camera:
        """Any camera; a tenth saves no JPEG, a quarter halves its pictures."""
        return cls(
            read_electrons=float(rng.uniform(1, 5)),
            red_gain=float(rng.uniform(1.3, 2.5)),
            blue_gain=float(rng.uniform(1.3, 2.2)),
            gamma=float(rng.uniform(1.9, 2.5)),
            contrast=float(rng.uniform(0, 0.5)),
            is_edge_aware=bool(rng.random() < 0.6),
            quality=int(rng.integers(60, 99)) if rng.random() < 0.9 else None,
            is_halved=bool(rng.random() < 0.25),
        )


def take_picture(clean: Picture, strength: float, camera: Camera, rng: np.random.Generator) -> Picture:
    """What the camera makes of the light that the clean picture shows.

    Args:
        strength: 0 to 100, grows with the square root of one over the light.
    Returns: the same size and channels, [0, 1], in steps of an 8-bit file.
    Source: the noise of Foi et al., "Practical Poissonian-Gaussian noise modeling", IEEE TIP 17(10), 2008; the way back
        to light as in Brooks et al., "Unprocessing images for learned raw denoising", CVPR 2019.
    """
    height, width = clean.shape[:2]
    margins = [(0, max(_LEAST_SIDE - length, 0) + length % 2) for length in (height, width)]
    padded = np.pad(clean, [*margins, (0, 0)], mode="edge")
    size = (padded.shape[1], padded.shape[0])
    if camera.is_halved:
        padded = _resized(padded, (2 * size[0], 2 * size[1]), cv2.INTER_CUBIC).clip(0, 1)
    taken = _developed(_exposed(_light(padded, camera), strength, camera, rng), camera)
    if camera.is_halved:
        taken = _resized(taken, size, cv2.INTER_AREA)
    return _saved(taken, camera)[:height, :width]


def _light(picture: Picture, camera: Camera) -> Picture:
    """Undo the tone curve and the white balance; linear."""
    curve = np.linspace(0, 1, 4096)
    table = np.interp(np.linspace(0, 1, _LAST_TONE + 1), _tones(curve, camera), curve).astype(np.float32)
    return np.asarray(table[(picture * _LAST_TONE + 0.5).astype(np.int32)] / _gains(picture, camera))


def _exposed(light: Picture, strength: float, camera: Camera, rng: np.random.Generator) -> Picture:
    """Light with the noise of photons and of reading in it."""
    gain = _STRONGEST * (strength / 100) ** 2
    if gain == 0:
        return light
    expected = light / np.float32(gain)
    deviation = np.sqrt(expected + np.float32(camera.read_electrons**2))
    electrons = expected + deviation * rng.standard_normal(light.shape, np.float32)
    few = expected < _FEW_ELECTRONS
    electrons[few] = rng.poisson(expected[few]) + rng.normal(0, camera.read_electrons, np.count_nonzero(few))
    return np.asarray(electrons * np.float32(gain))


def _developed(counted: Picture, camera: Camera) -> Picture:
    """White balance, demosaicking and tone curve of what was counted."""
    balanced = (counted * _gains(counted, camera)).clip(0, 1)
    if balanced.shape[2] == 3:
        mosaic = (_mosaic(balanced) * _UINT16).round().astype(np.uint16)
        colors = cv2.cvtColor(mosaic, _DEMOSAICS[camera.is_edge_aware])
        balanced = np.asarray(colors, np.float32) / _UINT16
    return np.asarray(_tones(balanced, camera), np.float32)


def _mosaic(picture: Picture) -> Picture:
    """What is seen behind colour filters: (H, W), in rows of red, green and of green, blue."""
    mosaic = picture[..., 1].copy()
    mosaic[::2, ::2] = picture[::2, ::2, 0]
    mosaic[1::2, 1::2] = picture[1::2, 1::2, 2]
    return mosaic


def _tones(light: NDArray[Any], camera: Camera) -> NDArray[Any]:
    encoded = light ** (1 / camera.gamma)
    return np.asarray(encoded + camera.contrast * (encoded * encoded * (3 - 2 * encoded) - encoded))


def _gains(picture: Picture, camera: Camera) -> Picture:
    gains = (camera.red_gain, 1, camera.blue_gain) if picture.shape[2] == 3 else (1,)
    return np.asarray(gains, np.float32)


def _saved(picture: Picture, camera: Camera) -> Picture:
    """As a file keeps it."""
    samples: NDArray[Any] = (picture * 255).round().clip(0, 255).astype(np.uint8)
    if camera.quality is not None:
        _, data = cv2.imencode(".jpg", samples[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, camera.quality])
        samples = np.atleast_3d(np.asarray(cv2.imdecode(data, cv2.IMREAD_UNCHANGED)))[..., ::-1]
    return np.asarray(samples / 255, np.float32)


def _resized(picture: Picture, size: tuple[int, int], how: int) -> Picture:
    resized = cv2.resize(picture, size, interpolation=how)
    return np.asarray(resized, np.float32).reshape(size[1], size[0], -1)
