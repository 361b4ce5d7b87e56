"""Measure the tables, our nets beside their peers on the same damage: python -m benchmarks.tables --data FOLDER

Writes one file for each table into benchmarks/results, after each method, then docs/quality.md. The same command goes
on where it ended: pictures that were measured by the same protocol and with the same model are not measured again.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import torch

from benchmarks import quality
from benchmarks.peers import PEERS
from engine.device import cpu_name, prepare_process
from engine.errors import EngineError
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import task_named
from engine.training.cases import known_kernels
from engine.training.data import list_pictures
from engine.training.evaluate import Method, Score, evaluate, restored_by, summary
from engine.training.protocols import PROTOCOLS, Protocol, protocols_named
from engine.zoo import manifest

RESULTS = Path(__file__).parent / "results"
OURS, ENSEMBLE = "RED-Net", "RED-Net, average of 8"
_STRENGTHS = "strengths"
"""What is known of a peer with others is not known of it with these."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is measured.

    Attributes:
        pictures: of each set, the first ones; None for all.
        seconds: after which a method starts no further picture of a column, this time; None for no limit.
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
    parser.add_argument("--seconds", type=float, metavar="S", help="time for each method and column, this time")
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
        known = known_scores(content, entrant)
        lacking = [v for v in protocol.variants if len(known[v.name]) < len(pictures) * max(1, len(v.kernels))]
        if not lacking or not entrant.name.startswith(names):
            continue
        print(f"{protocol.name}: {entrant.name}", flush=True)
        for variant in lacking:
            seen = {score.picture for score in known[variant.name]}
            scores = evaluate(entrant.method, protocol, variant, pictures, RunContext(), kernels=kernels, known=seen)
            known[variant.name] += _in_time(scores, limits.seconds)
        rows = [summary(variant, known[variant.name]) for variant in protocol.variants]
        _put(content, entrant, {"levels": rows, "machine": machine()})
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return content


def entrants(task: str) -> Iterator[Entrant]:
    """Our net, then its peers; made when asked for."""
    sha = manifest()[task]["sha256"]
    for name, has_ensemble in ((OURS, False), (ENSEMBLE, True)):
        options = RestoreOptions(device="cpu", precision="float32", has_ensemble=has_ensemble)
        restorer = Restorer.for_task(task_named(task), options)
        facts = {"ensemble": has_ensemble, "precision": restorer.precision.name}
        yield Entrant(name, restored_by(restorer, RunContext()), sha, facts)
    for peer in PEERS[task]:
        sha = manifest()[peer.net]["sha256"] if peer.net else None
        yield Entrant(peer.name, peer.method, sha, {_STRENGTHS: list(peer.strengths)} if peer.strengths else {})


def known_scores(content: Mapping[str, Any], entrant: Entrant) -> dict[str, list[Score]]:
    """What a file knows of a method as it is now, by the names of the columns."""
    entries = [content] if entrant.name == OURS else [e for e in content["methods"] if e["name"] == entrant.name]
    asked = (entrant.model, entrant.facts.get(_STRENGTHS))
    same = [entry for entry in entries if (entry.get("model"), entry.get(_STRENGTHS)) == asked]
    rows = [row for entry in same for row in entry.get("levels", [])]
    known = {row["name"]: [_score(facts) for facts in row["pictures"]] for row in rows}
    return defaultdict(list, known)


def machine() -> str:
    """What the seconds were measured on."""
    return f"{cpu_name()}, {torch.get_num_threads()} threads, torch {torch.__version__}, OpenCV {cv2.__version__}"


def _score(facts: Mapping[str, Any]) -> Score:
    values: dict[str, Any] = {name: math.inf if value is None else value for name, value in facts.items()}
    return Score(**values)


def _in_time(scores: Iterator[Score], seconds: float | None) -> Iterator[Score]:
    """Those that are there in time, and one more."""
    started = time.monotonic()
    for score in scores:
        yield score
        if seconds is not None and time.monotonic() - started > seconds:
            return


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
