"""How well levels are estimated: python -m benchmarks.estimators --data FOLDER [--pictures N]

White noise is added to the test sets, unclipped as papers do and clipped and rounded as files are, and sigma is
estimated; the same pictures are saved as JPEG files, and the quality is read from their tables and from their pixels.
Writes benchmarks/results/estimators.json.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from engine.image_io import read_image
from engine.jpeg import read_quality
from engine.jpeg_traces import trace_quality
from engine.noise_level import estimate_sigma
from engine.tensors import rounded, to_tensor
from engine.training.data import list_pictures

RESULTS = Path(__file__).parent / "results" / "estimators.json"
SETS = ("kodak24", "bsd68")
SIGMAS = (5, 10, 15, 20, 25, 30, 40, 50)
QUALITIES = tuple(range(5, 100, 5))
TOLERANCE = 0.1
SIDE_PX = 256  # of the corner of each picture that is saved as JPEG

Photo = NDArray[np.uint8]


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="holds test/")
    parser.add_argument("--pictures", type=int, help="only the first N of each set; writes nothing")
    args = parser.parse_args()
    sets = {name: list_pictures(args.data / "test" / name)[: args.pictures] for name in SETS}
    results = {
        "sigma": [row for name, paths in sets.items() for row in sigma_rows(name, paths)],
        "quality": [row for name, paths in sets.items() for row in quality_rows(name, paths)],
    }
    for row in (*results["sigma"], *results["quality"]):
        print(row)
    if args.pictures is None:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


def sigma_rows(name: str, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The errors of sigma on one set: a row for each strength, unclipped and clipped."""
    pictures = [to_tensor(read_image(path).pixels) for path in paths]
    for is_clipped in (False, True):
        for sigma in SIGMAS:
            estimates, started = [], time.perf_counter()
            for number, clean in enumerate(pictures):
                rng = torch.Generator().manual_seed(number)
                noisy = clean + torch.randn(clean.shape, generator=rng) * (sigma / 255)
                estimates.append(estimate_sigma(rounded(noisy) if is_clipped else noisy))
            seconds = (time.perf_counter() - started) / len(pictures)
            yield {"set": name, "clipped": is_clipped, "sigma": sigma, **errors(estimates, sigma), "seconds": seconds}


def errors(estimates: Sequence[float], truth: float) -> dict[str, float]:
    """Means over the pictures, in the unit of the truth; the shares are of it."""
    return {
        "mean_absolute_error": fmean(abs(estimate - truth) for estimate in estimates),
        "mean_error": fmean(estimates) - truth,
        "mean_absolute_share": fmean(abs(estimate / truth - 1) for estimate in estimates),
        "worst_share": max(abs(estimate / truth - 1) for estimate in estimates),
        "within_tolerance": fmean(abs(estimate / truth - 1) <= TOLERANCE for estimate in estimates),
    }


def quality_rows(name: str, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """The errors of the quality: of what the files say, and of what their pixels show in each of `SEEN`."""
    pictures = [np.ascontiguousarray(read_image(path).pixels[:SIDE_PX, :SIDE_PX, ::-1]) for path in paths]
    files = [(quality, saved(picture, quality)) for picture in pictures for quality in QUALITIES]
    yield {
        "set": name,
        "source": "tables",
        **quality_errors([(q, read_quality(io.BytesIO(data))) for q, data in files]),
    }
    for source, (handle, qualities) in SEEN.items():
        answers = [(quality, shown(handle(opened(data)))) for quality, data in files if quality in qualities]
        yield {"set": name, "source": source, **quality_errors(answers)}


def quality_errors(answers: Sequence[tuple[int, int | None]]) -> dict[str, Any]:
    """How many files there are, how many of them tell nothing, and how far off the others are, in all and at each."""
    off = [(quality, abs(quality - answer)) for quality, answer in answers if answer is not None]
    errors = [error for _, error in off]
    by_quality = {
        quality: fmean(error for at, error in off if at == quality) for quality in sorted({at for at, _ in off})
    }
    return {
        "files": len(answers),
        "silent": len(answers) - len(off),
        "mean_absolute_error": fmean(errors),
        "worst": max(errors),
        "by_quality": by_quality,
    }


def saved(pixels: Photo, quality: int) -> bytes:
    """A JPEG file, 4:2:0."""
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def opened(data: bytes) -> Photo:
    """(H, W, 3) or (H, W, 1)."""
    return np.atleast_3d(np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED), np.uint8))


def shown(pixels: Photo) -> int | None:
    """The quality that pixels in OpenCV's order show."""
    return trace_quality(to_tensor(pixels[..., ::-1]))


SEEN: dict[str, tuple[Callable[[Photo], Photo], tuple[int, ...]]] = {
    "pixels": (lambda pixels: pixels, QUALITIES),
    "pixels, cropped": (lambda pixels: pixels[3:, 5:], (10, 50, 90)),
    "pixels, cropped and saved again at 95": (lambda pixels: opened(saved(pixels[3:, 5:].copy(), 95)), (10, 50, 80)),
}
"""What was done to the pixels since, and the qualities that they had before."""


if __name__ == "__main__":
    main()
