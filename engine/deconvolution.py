"""Blurring with a kernel, and two ways back that know nothing of photos but their 1/f^2 spectrum.

Pictures are (C, H, W) float32, nominally [0, 1]; kernels (h, w) float32 with odd sides and the sum 1; noise is given as
sigma in 8-bit units.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import cv2
import torch
from torch import Tensor

from engine.noise_level import estimate_sigma

_FEWEST_STEPS, _MOST_STEPS, _STEPS_TIMES_SIGMA = 4, 120, 20
"""More noise hides what further steps would gain: 12 are worth up to 0.35 dB beside 4 at a sigma of 1, 0.1 at
2.55, nothing at 7.65; without any, 100 are worth 2 to 6 dB beside 24. The number hangs on the noise alone: so a part of
a picture comes out as in the whole, but for its borders, and unless its noise is measured and is another there."""

_MOST_CHROMA_STEPS = 30
"""100 are worth 0.1 dB at most beside them, and luma's 120 more than that for the same time."""

_ROUNDED, _UNROUNDED = 1e-6, 1e-7
"""The least variance of the noise: about that of rounding to 8 bits; and of finer numbers, where less would take more
steps than are taken."""

_HIDDEN = 0.5
"""A sigma that nobody sees, and which is measured: a blurred picture whose noise was told to be none would drown in it.
What stands out more has to be told."""
_HIDDEN_SHARE = 1.25  # of what is measured, which is a little less than there is

SETTINGS = (_MOST_STEPS, _MOST_CHROMA_STEPS, _UNROUNDED, _HIDDEN_SHARE)
"""What scores without noise hang on."""

_OPPONENT = ((1.0, 1.0, 1.0), (1.0, 0.0, -1.0), (1.0, -2.0, 1.0))
"""From red, green and blue to luma and two kinds of chroma; orthogonal, so that white noise stays white."""

_CHROMA_PENALTY = 10
"""At the same noise: most frequencies of a photo have 20 to 80 times less chroma than luma. Not that much, for some
photos are more colourful, and the net takes noise away more easily than it brings back what is gone."""


def convolve(image: Tensor, kernel: Tensor) -> Tensor:
    """(C, H, W) blurred, borders mirrored; by FFT."""
    bottom, right = (side // 2 for side in kernel.shape)
    padded = _mirror(_mirror(image, bottom, -2), right, -1)
    size = [cv2.getOptimalDFTSize(padded.shape[axis] + kernel.shape[axis] - 1) for axis in (-2, -1)]
    product = torch.fft.rfft2(padded, s=size) * torch.fft.rfft2(kernel.to(image), s=size)
    full: Tensor = torch.fft.irfft2(product, s=size)
    return full[..., 2 * bottom : 2 * bottom + image.shape[-2], 2 * right : 2 * right + image.shape[-1]]


def wiener(blurred: Tensor, kernel: Tensor, sigma_8bit: float) -> Tensor:
    """(C, H, W) by Wiener's filter; mirrored and tapered borders keep the ringing low."""
    frame = _Frame.around(blurred, kernel, (sigma_8bit / 255) ** 2 + _ROUNDED)
    return torch.stack([frame.inner(frame.picture(frame.wiener(channel))) for channel in blurred])


def deconvolve(
    blurred: Tensor, kernel: Tensor, sigma_8bit: float, check_canceled: Callable[[], None] = lambda: None
) -> Tensor:
    """(1 or 3, H, W) by least squares, in which the scene goes on beyond the borders, unseen.

    Wiener's filter takes a guess at the surroundings for true, and rings all over the picture where it was wrong: a
    disc of radius 7 without noise gives 21 dB. Here the surroundings are unknowns like the picture: conjugate gradients
    start from Wiener's filter and are preconditioned with it, 31 dB after twelve steps. Luma and chroma are solved for
    apart, for chroma is smoother; where there is noise, Wiener's filter is enough for it.

    Args:
        blurred: values that are all 8-bit ones are taken for rounded.
        sigma_8bit: under half a step of 8 bits, what is measured counts if it is more.
        check_canceled: called before every transform; what it raises ends the work.
    Source: Simoes, Almeida, Bioucas-Dias, Chanussot, "A Framework for Fast Image Deconvolution With Incomplete
        Observations", IEEE TIP 2016, for the model; the preconditioner is the inverse of its periodic part.
    """
    means = blurred.mean((-2, -1), keepdim=True)  # to which the penalty pulls what is not seen at all
    mixing = blurred.new_tensor(_OPPONENT if len(blurred) == 3 else [[1.0]])
    luma, *chroma = torch.tensordot(mixing, blurred - means, 1)
    variance = _variance(blurred, sigma_8bit)
    frame = _Frame.around(blurred, kernel, variance, check_canceled)
    fitted = [_fitted(frame, luma, _steps_for(variance) or _FEWEST_STEPS)]
    if chroma:
        frame = frame.penalized(_CHROMA_PENALTY)
        steps = min(_steps_for(_CHROMA_PENALTY * variance), _MOST_CHROMA_STEPS)
        fitted += [_fitted(frame, plane, steps) for plane in chroma]
    back = mixing.T / mixing.square().sum(1)
    undone: Tensor = torch.tensordot(back, torch.stack(fitted), 1).add_(means)
    return undone


def _variance(picture: Tensor, sigma_8bit: float) -> float:
    """Of all its noise: what is told, with what rounding leaves, which beside a sigma of 1 may be there or not."""
    told = (sigma_8bit / 255) ** 2 + (_ROUNDED if sigma_8bit >= 1 or _is_rounded(picture) else _UNROUNDED)
    if sigma_8bit >= _HIDDEN:
        return told
    return max(told, (min(_HIDDEN_SHARE * estimate_sigma(picture), _HIDDEN) / 255) ** 2)


def _is_rounded(picture: Tensor) -> bool:
    """Whether all values are those of 8-bit files, but for the last bits of single precision."""
    scaled = picture * 255
    return bool((scaled - scaled.round()).abs_().max() < 1e-3)


def _steps_for(variance: float) -> int:
    """None where so few would be hardly better than Wiener's filter."""
    steps = int(min(_MOST_STEPS, _STEPS_TIMES_SIGMA / (255 * math.sqrt(variance))))
    return steps if steps >= _FEWEST_STEPS else 0


def _fitted(frame: _Frame, seen: Tensor, steps: int) -> Tensor:
    """(H, W), what explains a blurred plane; nothing is explained by nothing, as the chroma of a gray picture."""
    return frame.inner(frame.picture(_scene(frame, seen, steps))) if seen.any() else seen


def _scene(frame: _Frame, seen: Tensor, steps: int) -> Tensor:
    """The spectrum of the scene that explains what is seen of its blur, (H, W); with 0 steps Wiener's."""
    if steps == 0:  # the ends of chroma hardly ring
        return frame.filtered(frame.mirrored(seen))
    scene = frame.wiener(seen)
    residual = frame.correlated(seen - frame.blurred(scene)).sub_(scene * frame.penalty)
    direction = residual * frame.preconditioner
    error = frame.dot(residual, direction)
    for step in range(steps):
        if error == 0:  # all black
            break
        change = frame.normal(direction)
        length = error / frame.dot(direction, change)
        scene.add_(direction, alpha=length)
        if step == steps - 1:
            break
        residual.sub_(change, alpha=length)
        better = residual * frame.preconditioner
        before, error = error, frame.dot(residual, better)
        direction.mul_(error / before).add_(better)
    return scene


@dataclass(frozen=True, slots=True)
class _Frame:
    """A plane around a picture, periodic for the Fourier transform.

    Attributes:
        height, width: of the plane.
        margin: where the picture begins in it.
        seen: height and width of the picture.
        transfer: (height, width // 2 + 1), what the blur does to the spectrum; complex, as are the next, lest each
            product make them so.
        transposed: what its transpose does.
        penalty: noise-to-signal ratio.
        preconditioner: the inverse of `normal` were all of the plane seen.
        check_canceled: called before every transform.
    """

    height: int
    width: int
    margin: int
    seen: tuple[int, int]
    transfer: Tensor
    transposed: Tensor
    penalty: Tensor
    preconditioner: Tensor
    check_canceled: Callable[[], None]

    @classmethod
    def around(
        cls, picture: Tensor, kernel: Tensor, variance: float, check_canceled: Callable[[], None] = lambda: None
    ) -> _Frame:
        """The frame of a (C, H, W) picture with noise of that variance, as wide as the kernel is large."""
        margin = max(kernel.shape)
        seen = (picture.shape[-2], picture.shape[-1])
        height, width = (cv2.getOptimalDFTSize(length + 2 * margin) for length in seen)
        transfer = _transfer(kernel.to(picture), height, width)
        rows = torch.sin(math.pi * torch.fft.fftfreq(height))[:, None] ** 2
        columns = torch.sin(math.pi * torch.fft.rfftfreq(width)) ** 2
        penalty = (variance * 25 * (4 * (rows + columns) + 0.02)).to(transfer)
        planes = (transfer, transfer.conj_physical(), penalty, _preconditioner(transfer, penalty))
        return cls(height, width, margin, seen, *planes, check_canceled)

    def penalized(self, factor: float) -> _Frame:
        """The same for a signal that has less power by that factor."""
        penalty = self.penalty * factor
        return replace(self, penalty=penalty, preconditioner=_preconditioner(self.transfer, penalty))

    def spectrum(self, plane: Tensor) -> Tensor:
        """Of (height, width)."""
        self.check_canceled()
        found: Tensor = torch.fft.rfft2(plane)
        return found

    def picture(self, spectrum: Tensor) -> Tensor:
        """(height, width) of a spectrum."""
        self.check_canceled()
        found: Tensor = torch.fft.irfft2(spectrum, s=(self.height, self.width))
        return found

    def inner(self, plane: Tensor) -> Tensor:
        """The picture in the plane."""
        height, width = self.seen
        return plane[self.margin : self.margin + height, self.margin : self.margin + width]

    def blurred(self, scene: Tensor) -> Tensor:
        """What is seen of the blur of a spectrum."""
        return self.inner(self.picture(scene * self.transfer))

    def correlated(self, seen: Tensor) -> Tensor:
        """The transpose of `blurred`."""
        plane = seen.new_zeros(self.height, self.width)
        self.inner(plane).copy_(seen)
        return self.spectrum(plane).mul_(self.transposed)

    def mirrored(self, picture: Tensor) -> Tensor:
        """The whole plane, filled with the picture's mirror images."""
        return _mirror(_mirror(picture, self.margin, -2, self.height), self.margin, -1, self.width)

    def tapered(self, plane: Tensor) -> Tensor:
        """Blended towards its ends with its own blur, which goes on from one end to the other."""
        weight = _ramp(self.height, self.margin)[:, None] * _ramp(self.width, self.margin)
        return torch.lerp(self.picture(self.spectrum(plane) * self.transfer), plane, weight.to(plane))

    def wiener(self, picture: Tensor) -> Tensor:
        """The spectrum after Wiener's filter of the picture, mirrored into the plane and tapered at its ends."""
        return self.filtered(self.tapered(self.mirrored(picture)))

    def filtered(self, plane: Tensor) -> Tensor:
        """The spectrum of a plane after Wiener's filter."""
        return self.spectrum(plane).mul_(self.transposed).mul_(self.preconditioner)

    def normal(self, spectrum: Tensor) -> Tensor:
        """The normal equations: the blur, what is seen of it, the blur's transpose; and the penalty."""
        return self.correlated(self.blurred(spectrum)).addcmul_(spectrum, self.penalty)

    def dot(self, one: Tensor, other: Tensor) -> float:
        """The product of two planes, but for a factor, from their spectra, which hold most columns once for twice."""
        twice = torch.vdot(one.flatten(), other.flatten()).real
        once = torch.vdot(one[:, 0], other[:, 0]).real
        if self.width % 2 == 0:
            once += torch.vdot(one[:, -1], other[:, -1]).real
        return 2 * float(twice) - float(once)


def _transfer(kernel: Tensor, height: int, width: int) -> Tensor:
    """The spectrum of a kernel whose middle lies at the origin of a (height, width) plane."""
    plane = kernel.new_zeros(height, width)
    rows, columns = (torch.arange(side, device=kernel.device) - side // 2 for side in kernel.shape)
    plane[rows[:, None], columns] = kernel
    spectrum: Tensor = torch.fft.rfft2(plane)
    return spectrum


def _preconditioner(transfer: Tensor, penalty: Tensor) -> Tensor:
    return transfer.abs().square_().add_(penalty.real).reciprocal_().to(transfer)


def _ramp(length: int, margin: int) -> Tensor:
    """(length,) rising from 0 to 1 over the margin at both ends."""
    position = torch.arange(length)
    return (torch.minimum(position, length - 1 - position) / margin).clamp(max=1)


def _mirror(image: Tensor, margin: int, dim: int, total: int | None = None) -> Tensor:
    """Mirror along `dim` about the border pixels, `margin` far before and up to a length of `total` behind."""
    length = image.shape[dim]
    if total is None:
        total = length + 2 * margin
    period = max(1, 2 * (length - 1))
    position = torch.arange(-margin, total - margin, device=image.device) % period
    return image.index_select(dim, torch.minimum(position, period - position))
