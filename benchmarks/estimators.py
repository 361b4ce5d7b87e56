"""How well levels are estimated: python -m benchmarks.estimators --data FOLDER [--pictures N]

White noise is added to the test sets, unclipped as papers do and clipped and rounded as files are, and sigma is
estimated; the same pictures are saved as JPEG files, and the quality is read from their tables.
Writes benchmarks/results/estimators.json.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import cv2
import numpy as np
import torch

from engine.image_io import read_image
from engine.jpeg import read_quality
from engine.noise_level import estimate_sigma
from engine.tensors import rounded, to_tensor
from engine.training.data import list_pictures

RESULTS = Path(__file__).parent / "results" / "estimators.json"
SETS = ("kodak24", "bsd68")
SIGMAS = (5, 10, 15, 20, 25, 30, 40, 50)
QUALITIES = tuple(range(5, 100, 5))
TOLERANCE = 0.1


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="holds test/")
    parser.add_argument("--pictures", type=int, help="only the first N of each set; writes nothing")
    args = parser.parse_args()
    sets = {name: list_pictures(args.data / "test" / name)[: args.pictures] for name in SETS}
    results = {
        "sigma": [row for name, paths in sets.items() for row in sigma_rows(name, paths)],
        "quality": [quality_row(name, paths) for name, paths in sets.items()],
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


def quality_row(name: str, paths: Sequence[Path]) -> dict[str, Any]:
    """The errors of the quality that is read from the tables of JPEG files."""
    found = []
    for path in paths:
        pixels = read_image(path).pixels[:64, :64, ::-1]
        for quality in QUALITIES:
            _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels), [cv2.IMWRITE_JPEG_QUALITY, quality])
            answer = read_quality(io.BytesIO(data.tobytes()))
            found.append(100 if answer is None else abs(answer - quality))
    return {"set": name, "files": len(found), "mean_absolute_error": fmean(found), "worst": max(found)}


if __name__ == "__main__":
    main()
