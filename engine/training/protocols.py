"""The tables of the literature, as data: test set, damage, and what is compared.

Sources of the protocols:
    denoise: the authors' demo_denoising.m; DnCNN's and FFDNet's test scripts: float noise, result rounded, no crop.
    super_resolution: MATLAB's bicubic, Y of the result, as many pixels cut as the factor (DnCNN, MemNet).
    deblock: Y saved as a gray JPEG (the authors' demo; DnCNN-3, FBCNN).
    deblur-levin: Nan, Quan, Ji, "Variational-EM-Based Deep Learning for Noise-Blind Image Deblurring", CVPR 2020,
        and its test code: only what the blur leaves fully known is given, 30 pixels are cut, results are rounded.
    deblur-demo: the authors' demo_debluring.m: fspecial's disk 7 and Gaussian 25 with sigma 1.6, 'replicate', no noise.
    camera_noise: there is no shared benchmark; one camera, `engine.camera_noise.Camera` as it is by default.
    inpaint: there is no shared benchmark; the masks are drawn from the number of the picture, see `mask_kinds`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from engine.errors import ProtocolError
from engine.tasks.base import MetricChannels

Border = Literal["mirror", "replicate", "valid"]
"""What a blur sees beyond the picture; "valid": nothing, the blurred picture is smaller."""

LEVIN = tuple(f"levin {number}" for number in range(1, 9))


@dataclass(frozen=True, slots=True)
class Variant:
    """One column of a table.

    Attributes:
        name: its heading.
        value: the level, in the task's unit.
        kernels: deblur: each picture is blurred with every one of them.
        mask: inpaint: the kind of mask; None for those of training.
    """

    name: str
    value: float
    kernels: tuple[str, ...] = ()
    mask: str | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """How a table is measured.

    Attributes:
        name: of the table.
        task: name of the task.
        data: name of the test set.
        channels: what is compared.
        variants: its columns.
        border: of blurs.
        cut_px: how much of the clean picture's border is not compared; enlarging cuts at least the factor.
        is_8bit: whether the damaged picture is clipped and rounded like a file.
    """

    name: str
    task: str
    data: str
    channels: MetricChannels
    variants: tuple[Variant, ...]
    border: Border = "mirror"
    cut_px: int = 0
    is_8bit: bool = field(default=False, kw_only=True)

    def facts(self) -> dict[str, Any]:
        """For files of results; what is here has to be equal for scores to be comparable."""
        return {
            "table": self.name,
            "task": self.task,
            "data": self.data,
            "channels": self.channels,
            "clipped_input": self.is_8bit or self.task in ("deblock", "camera_noise"),
            "rounded_output": True,
            "border": self.border,
            "cut_px": self.cut_px,
        }


def _levels(unit: str, *values: float) -> tuple[Variant, ...]:
    return tuple(Variant(f"{unit}{value:g}", value) for value in values)


_NOISE = _levels("sigma ", 15, 25, 50)
_DARKNESS = _levels("strength ", 15, 30, 60)
_FACTORS = _levels("x", 2, 3, 4)
_HOLES = tuple(Variant(kind, 0, mask=kind) for kind in ("text", "scratches", "missing 50 %", "missing 80 %"))
_DEMO_BLURS = (Variant("disk 7", 0, ("disk 7",)), Variant("Gaussian 1.6", 0, ("gaussian 25 1.6",)))
_LEVIN_NOISE = tuple(Variant(f"noise {sigma:g}", sigma, LEVIN) for sigma in (2.55, 7.65))

PROTOCOLS: tuple[Protocol, ...] = (
    Protocol("denoise-cbsd68", "denoise", "cbsd68", "rgb", _NOISE),
    Protocol("denoise-kodak24", "denoise", "kodak24", "rgb", _NOISE),
    Protocol("denoise-kodak24-8bit", "denoise", "kodak24", "rgb", _NOISE, is_8bit=True),
    Protocol("denoise-bsd68", "denoise", "bsd68", "gray", _NOISE),
    Protocol("denoise-set12", "denoise", "set12", "gray", _NOISE),
    Protocol("camera_noise-kodak24", "camera_noise", "kodak24", "rgb", _DARKNESS),
    Protocol("super_resolution-set5", "super_resolution", "set5", "y", _FACTORS),
    Protocol("super_resolution-set14", "super_resolution", "set14", "y", _FACTORS),
    Protocol("super_resolution-bsd100", "super_resolution", "bsd100", "y", _FACTORS),
    Protocol("deblock-live1", "deblock", "live1", "gray", _levels("Q", 10, 20, 30, 40)),
    Protocol("deblur-levin", "deblur", "set12", "gray", _LEVIN_NOISE, "valid", 30),
    Protocol("deblur-demo", "deblur", "set14", "rgb", _DEMO_BLURS, "replicate"),
    Protocol("inpaint-set14", "inpaint", "set14", "rgb", _HOLES),
    Protocol("inpaint-kodak24", "inpaint", "kodak24", "rgb", _HOLES),
)


def protocols_named(name: str) -> tuple[Protocol, ...]:
    """The table called `name`, or all tables of the task called so. Raises: ProtocolError: there is none."""
    found = tuple(protocol for protocol in PROTOCOLS if name in (protocol.name, protocol.task))
    if not found:
        raise ProtocolError(f"There is no table '{name}': {', '.join(protocol.name for protocol in PROTOCOLS)}.")
    return found
