"""Measure the tables, our nets beside their peers on the same damage: python -m benchmarks.tables --data FOLDER

Writes one file for each table into benchmarks/results, then docs/quality.md. Stopped at any moment, the same command
goes on: what was measured of the same protocol, and of the same model, is not measured again.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import torch
from torch import Tensor

from benchmarks import quality
from benchmarks.peers import PEERS
from engine.device import cpu_name, prepare_process
from engine.errors import EngineError
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import task_named
from engine.training.cases import known_kernels
from engine.training.data import list_pictures
from engine.training.evaluate import Method, evaluate, restored_by, summary
from engine.training.protocols import PROTOCOLS, Protocol, protocols_named
from engine.zoo import has_model, manifest

RESULTS = Path(__file__).parent / "results"
OURS, ENSEMBLE = "RED-Net", "RED-Net, average of 8"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is measured.

    Attributes:
        pictures: of each set, the first ones; None for all.
        seconds: after which a method starts no further picture of a column; None for no limit.
    """

    pictures: int | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Entrant:
    """A method that stands in a table.

    Attributes:
        model: checksum of its net; None for peers without one.
        facts: about how it ran.
    """

    name: str
    method: Method
    model: str | None
    facts: Mapping[str, Any]


def main() -> None:
    """Measure what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="holds test/ and kernels/")
    parser.add_argument("--table", nargs="+", metavar="NAME", help="only these; a task's name for all of its tables")
    parser.add_argument("--method", nargs="+", metavar="NAME", help="only these, by the beginnings of their names")
    parser.add_argument("--pictures", type=int, metavar="N", help="only the first N pictures of each set")
    parser.add_argument("--seconds", type=float, metavar="S", help="time for each method and column")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="FOLDER", help="default: benchmarks/results")
    args = parser.parse_args()
    prepare_process()
    limits = Limits(args.pictures, args.seconds)
    try:
        tables = [protocol for name in args.table for protocol in protocols_named(name)] if args.table else PROTOCOLS
        for protocol in tables:
            measure_table(protocol, args.data, args.out, limits, tuple(args.method or ("",)))
    except EngineError as error:
        parser.exit(1, f"{error} See docs/data.md.\n")
    if args.out == RESULTS:
        quality.write(RESULTS)


def measure_table(
    protocol: Protocol, data: Path, out: Path, limits: Limits, names: tuple[str, ...] = ("",)
) -> dict[str, Any]:
    """Measure what a table's file lacks, and write it after each method.

    Args:
        names: beginnings of the names of the methods to measure.
    """
    path = out / f"{protocol.name}.json"
    content = _stored(path, protocol)
    pictures = list_pictures(data / "test" / protocol.data)[: limits.pictures]
    kernels = known_kernels(data)
    for entrant in entrants(protocol.task):
        if not entrant.name.startswith(names) or is_done(
            entry_of(content, entrant.name), entrant, protocol, limits, len(pictures)
        ):
            continue
        print(f"{protocol.name}: {entrant.name}", flush=True)
        rows = list(_rows(entrant.method, protocol, pictures, kernels, limits))
        _put(content, entrant, {"levels": rows, "limit_s": limits.seconds, "machine": machine()})
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return content


def entrants(task: str) -> Iterator[Entrant]:
    """Our net if there is one, then its peers; made when asked for."""
    if has_model(task):
        sha = manifest()[task]["sha256"]
        for name, has_ensemble in ((OURS, False), (ENSEMBLE, True)):
            restorer = Restorer.for_task(
                task_named(task), RestoreOptions(device="cpu", precision="float32", has_ensemble=has_ensemble)
            )
            facts = {"ensemble": has_ensemble, "precision": restorer.precision.name}
            yield Entrant(name, restored_by(restorer, RunContext()), sha, facts)
    for peer in PEERS[task]:
        yield Entrant(peer.name, peer.method, manifest()[peer.net]["sha256"] if peer.net else None, {})


def entry_of(content: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    """What a file knows of a method."""
    if name == OURS:
        return content if "levels" in content else None
    return next((entry for entry in content["methods"] if entry["name"] == name), None)


def is_done(
    entry: Mapping[str, Any] | None, entrant: Entrant, protocol: Protocol, limits: Limits, pictures: int
) -> bool:
    """Whether a method was measured on as much as is asked for."""
    if entry is None or entry.get("model") != entrant.model:
        return False
    measured = {row["name"]: len(row["pictures"]) for row in entry["levels"]}
    wanted = {variant.name: pictures * max(1, len(variant.kernels)) for variant in protocol.variants}
    had_s, may_s = entry.get("limit_s"), limits.seconds
    was_stopped_later = had_s is not None and may_s is not None and had_s >= may_s
    return measured.keys() >= wanted.keys() and (
        was_stopped_later or all(measured[name] >= count for name, count in wanted.items())
    )


def machine() -> str:
    """What the seconds were measured on."""
    return f"{cpu_name()}, {torch.get_num_threads()} threads, torch {torch.__version__}, OpenCV {cv2.__version__}"


def _rows(
    method: Method, protocol: Protocol, pictures: Sequence[Path], kernels: Mapping[str, Tensor], limits: Limits
) -> Iterator[dict[str, Any]]:
    for variant in protocol.variants:
        scores, started = [], time.monotonic()
        for score in evaluate(method, protocol, variant, pictures, RunContext(), kernels=kernels):
            scores.append(score)
            if limits.seconds is not None and time.monotonic() - started > limits.seconds:
                break
        yield summary(variant, scores)


def _stored(path: Path, protocol: Protocol) -> dict[str, Any]:
    """What is in a table's file, if it was measured by the same protocol."""
    facts = protocol.facts()
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        content = {}
    if content.get("protocol", {}) | facts != content.get("protocol"):
        content = {"protocol": facts}
    return {"methods": [], **content}


def _put(content: dict[str, Any], entrant: Entrant, found: Mapping[str, Any]) -> None:
    entry = {"model": entrant.model, **found}
    if entrant.name == OURS:
        content["protocol"] |= entrant.facts
        content |= entry
        return
    kept = [other for other in content["methods"] if other["name"] != entrant.name]
    content["methods"] = [*kept, {"name": entrant.name, **entrant.facts, **entry}]


if __name__ == "__main__":
    main()
