"""What the machine has: devices, number formats, memory."""

from __future__ import annotations

import ctypes
import json
import logging
import platform
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import platformdirs
import torch
import torch.nn.functional as F
from torch import Tensor

from engine.errors import DeviceError
from engine.safe_file import replace_text

log = logging.getLogger(__name__)

DEVICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_KEEP_BYTES = 2**31 - 1
_OUT_OF_MEMORY_WORDS = ("not enough memory", "can't allocate memory", "out of memory", "STATUS_ALLOC_FAILED")


@dataclass(frozen=True, slots=True)
class Precision:
    """The number format that the net runs in.

    Attributes:
        dtype: the format.
        reason: why it was chosen, half a sentence.
    """

    dtype: torch.dtype
    reason: str

    @property
    def name(self) -> str:
        """E.g. "bfloat16"."""
        return str(self.dtype).removeprefix("torch.")


def prepare_process() -> None:
    """Set the process up for large tensors; the first call of every `main`."""
    # glibc gives every large activation back to the system after each layer and faults it in
    # again, which halves the speed. One arena, so that the worker thread reuses what it freed.
    if sys.platform == "linux" and platform.libc_ver()[0] == "glibc":
        libc = ctypes.CDLL(None)
        libc.mallopt(_M_MMAP_THRESHOLD, _KEEP_BYTES)
        libc.mallopt(_M_TRIM_THRESHOLD, _KEEP_BYTES)
        libc.mallopt(_M_ARENA_MAX, 1)


def release_memory(device: torch.device) -> None:
    """Give memory that is no longer used back to the system."""
    if device.type == "cuda":
        torch.cuda.empty_cache()
    if sys.platform == "linux" and platform.libc_ver()[0] == "glibc":
        ctypes.CDLL(None).malloc_trim(0)


def available_memory_bytes() -> int | None:
    """How much main memory could be had now; None where the system does not tell."""
    path = Path("/proc/meminfo")
    if path.exists():
        lines = path.read_text(encoding="ascii").splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), None)
    if sys.platform == "win32":
        status = (ctypes.c_ulonglong * 8)(64)  # MEMORYSTATUSEX: its length and load, total, available, ...
        return int(status[2]) if ctypes.windll.kernel32.GlobalMemoryStatusEx(status) else None
    return None


def available_devices() -> list[tuple[str, str]]:
    """Each usable device with a description; the best one first."""
    found = []
    if torch.cuda.is_available() and _has_kernels_for_card():
        found.append("cuda")
    if torch.backends.mps.is_available():
        found.append("mps")
    return [(name, device_name(torch.device(name))) for name in (*found, "cpu")]


def _has_kernels_for_card() -> bool:
    """Whether this torch was built for the card: it calls older ones available, too, on which nothing runs."""
    built = [re.fullmatch(r"(sm|compute)_(\d+)(\d)\w?", name) for name in torch.cuda.get_arch_list()]
    known = [(found[1], (int(found[2]), int(found[3]))) for found in built if found]
    card = torch.cuda.get_device_capability()
    # Machine code serves later cards of its generation; the portable one ("compute") all later cards.
    return not known or any(version <= card and (kind == "compute" or version[0] == card[0]) for kind, version in known)


def device_name(device: torch.device) -> str:
    """What a device is, for people."""
    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    if device.type == "mps":
        return "Apple GPU"
    return f"{cpu_name()}, {torch.get_num_threads()} threads"


def choose_device(name: str = "auto") -> torch.device:
    """The device called `name`; "auto" is the best there is. Raises: DeviceError."""
    names = [found for found, _ in available_devices()]
    if name == "auto":
        return torch.device(names[0])
    if name not in names:
        raise DeviceError(f"There is no device '{name}' on this machine: use {' or '.join(names)}.")
    return torch.device(name)


def choose_training_device(name: str = "auto") -> torch.device:
    """As `choose_device`; "auto" is no Apple GPU, on which nobody has tried the training yet."""
    device = choose_device(name)
    return torch.device("cpu") if name == "auto" and device.type == "mps" else device


def choose_precision(device: torch.device, name: str = "auto") -> Precision:
    """The number format called `name`; "auto" is the fastest that keeps the quality.

    On a processor the answer is measured once and remembered in the user's cache folder,
    so that every run on a machine gives the same bytes.
    """
    if name != "auto":
        return Precision(PRECISIONS[name], "chosen by the user")
    if device.type == "cuda":
        if torch.cuda.is_bf16_supported(including_emulation=False):
            return Precision(torch.bfloat16, "this GPU has bfloat16 units")
        return Precision(torch.float16, "this GPU has no bfloat16 units")
    if device.type == "mps":
        return Precision(torch.float32, "the safe choice on Apple GPUs")
    ratio = _remembered_ratio()
    dtype = torch.bfloat16 if ratio > 1.15 else torch.float32
    return Precision(dtype, f"bfloat16 measured {ratio:.1f} times as fast as float32 on this processor")


def choose_training_precision(device: torch.device, name: str = "auto") -> Precision:
    """As `choose_precision`, but never float16 by itself: most gradients are too small for it."""
    found = choose_precision(device, name)
    if name == "auto" and found.dtype is torch.float16:
        return Precision(torch.float32, "this GPU has no bfloat16 units, and gradients are too small for float16")
    return found


def is_out_of_memory(error: BaseException) -> bool:
    """Whether torch or Python ran out of memory."""
    if isinstance(error, (MemoryError, torch.cuda.OutOfMemoryError)):
        return True
    # The CPU allocator and MPS raise a plain RuntimeError.
    return isinstance(error, RuntimeError) and any(words in str(error) for words in _OUT_OF_MEMORY_WORDS)


def cpu_name() -> str:
    """The processor's name, as far as the system tells."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _remembered_ratio() -> float:
    key = f"{cpu_name()} {torch.backends.cpu.get_cpu_capability()} torch {torch.__version__}"
    path = Path(platformdirs.user_cache_dir("rednet-restore", appauthor=False)) / "precision.json"
    known: dict[str, float] = {}
    try:
        known = dict(json.loads(path.read_text(encoding="utf-8")))
        return float(known[key])
    except (OSError, ValueError, KeyError, TypeError):
        ratio = _measure_ratio()
    try:
        replace_text(path, [json.dumps(known | {key: ratio})])
    except OSError as error:
        log.warning("the measured speed could not be remembered: %s", error)
    return ratio


def _measure_ratio() -> float:
    """How many times faster a typical layer is in bfloat16 than in float32."""
    generator = torch.Generator().manual_seed(0)
    features = torch.randn(1, 64, 160, 160, generator=generator)
    kernel = torch.randn(64, 64, 3, 3, generator=generator)
    seconds = {torch.float32: float("inf"), torch.bfloat16: float("inf")}
    for number in range(15):
        for dtype, best in seconds.items():
            seconds[dtype] = min(best, _seconds(features.to(dtype), kernel.to(dtype)))
        if number and seconds[torch.bfloat16] > 2 * seconds[torch.float32]:
            break  # a processor without the format takes many times as long, and the user waits
    return seconds[torch.float32] / seconds[torch.bfloat16]


@torch.inference_mode()
def _seconds(features: Tensor, kernel: Tensor) -> float:
    features = features.contiguous(memory_format=torch.channels_last)
    started = time.perf_counter()
    F.conv2d(features, kernel, padding=1)
    return time.perf_counter() - started
