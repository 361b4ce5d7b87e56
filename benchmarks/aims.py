"""What was aimed at before the nets were trained, beside what was measured: a section of docs/quality.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from engine.training.protocols import PROTOCOLS

Content = Mapping[str, Any]
Tables = Mapping[str, Content | None]

LARGEST_RATIO = 0.5
"""Of the time that a net of DnCNN's size takes."""

LARGEST_SHARE = 0.1
"""Of sigma, by which its estimates are off on average."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a task's net should reach, in the columns of its tables from the left.

    Attributes:
        tables: their names; several count as one set.
        decibels: what should be reached, or, with peers, by how much they should be beaten.
        peers: of these, the best of the column.
    """

    tables: tuple[str, ...]
    decibels: tuple[float, ...]
    peers: tuple[str, ...] = ()


AIMS = (
    Aim(("denoise-cbsd68",), (33.87, 31.21, 27.96)),
    Aim(("denoise-bsd68",), (31.55, 29.10, 26.20)),
    Aim(("camera_noise-kodak24",), (1, 1, 1), ("OpenCV non-local means", "RED-Net for white noise")),
    Aim(("super_resolution-set5",), (37.4, 33.5, 31.2)),
    Aim(("super_resolution-bsd100",), (31.8, 28.75, 27.2)),
    Aim(("deblock-live1",), (29.2, 31.6)),
    Aim(("deblur-levin",), (30.0, 26.8)),
    Aim(("deblur-demo",), (3, 3), ("Wiener's filter", "Wiener (scikit-image)", "unsupervised Wiener (scikit-image)")),
    Aim(("inpaint-set14", "inpaint-kodak24"), (2.5, 2.5, 4, 4), ("Telea (OpenCV)",)),
)


def aim_lines(tables: Tables, speed: Content | None, estimators: Content | None) -> list[str]:
    """The section in Markdown; what was not measured is left out.

    Args:
        tables: by the names of their protocols.
        speed, estimators: what `speed_tasks` and `estimators` wrote.
    """
    rows = [*_decibel_rows(tables), *_speed_rows(speed), *_estimate_rows(estimators)]
    if not rows:
        return []
    return [
        "## Aims",
        "",
        "What was aimed at before the nets were trained; tables that are named together count as one set of pictures, "
        "and of several peers the best.",
        "",
        "| table | column | aim | measured | |",
        "| --- | --- | ---: | ---: | --- |",
        *rows,
        "",
    ]


def _decibel_rows(tables: Tables) -> Iterator[str]:
    names = {protocol.name: [variant.name for variant in protocol.variants] for protocol in PROTOCOLS}
    for aim in AIMS:
        contents = [content for name in aim.tables if (content := tables.get(name)) is not None]
        if len(contents) < len(aim.tables):
            continue
        for column, decibels in zip(names[aim.tables[0]], aim.decibels, strict=False):
            pictures = {name: _pictures(contents, column, name) for name in ("", *aim.peers)}
            if len({*map(len, pictures.values())}) > 1 or not pictures[""]:
                continue  # only what is measured on the same pictures can be compared
            ours, *peers = (fmean(scores) for scores in pictures.values())
            beaten = max(peers, default=0.0)
            best = aim.peers[peers.index(beaten)] if peers else ""
            gain = ours - beaten
            words = f"{best} {beaten:.2f} + {decibels:g}" if best else f"{decibels:.2f}"
            measured = f"{ours:.2f} (+ {gain:.2f})" if best else f"{ours:.2f}"
            yield _row(" + ".join(aim.tables), column, words, measured, _verdict(gain, decibels))


def _pictures(contents: Sequence[Content], column: str, peer: str) -> list[float]:
    """PSNR of the pictures of all of them, of a peer or, without a name, our net."""
    named = [entry for content in contents for entry in content["methods"] if entry["name"] == peer]
    entries = named if peer else contents
    rows = (row for entry in entries for row in entry.get("levels", []) if row["name"] == column)
    return [picture["psnr_out"] for row in rows for picture in row["pictures"]]


def _speed_rows(speed: Content | None) -> Iterator[str]:
    for row in speed["tasks"] if speed else ():
        ratio = row["ratio"]
        column = f"{row['task']}, level {row['level']:g}"
        yield _row("time", column, f"{LARGEST_RATIO:.2f} at most", f"{ratio:.2f}", _verdict(-ratio, -LARGEST_RATIO))


def _estimate_rows(estimators: Content | None) -> Iterator[str]:
    rows = estimators["sigma"] if estimators else []
    for name in dict.fromkeys(row["set"] for row in rows):
        share = max(row["mean_absolute_share"] for row in rows if row["set"] == name)
        words, measured = f"{LARGEST_SHARE:.0%} at most", f"{share:.1%}"
        yield _row("estimate of sigma", f"{name}, worst mean", words, measured, _verdict(-share, -LARGEST_SHARE))


def _verdict(value: float, least: float) -> str:
    return "met" if value >= least else "**missed**"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
