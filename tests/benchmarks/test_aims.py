"""What was aimed at, beside what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks import aims
from benchmarks.aims import AIMS, aim_lines
from benchmarks.peers import PEERS
from benchmarks.quality import RESULTS, read
from engine.training.protocols import protocols_named


def row(column: str, *decibels: float) -> dict[str, Any]:
    return {"name": column, "pictures": [{"psnr_out": value} for value in decibels]}


def table(ours: list[float], telea: list[float]) -> dict[str, Any]:
    peer = {"name": "Telea (OpenCV)", "levels": [row("text", *telea)]}
    return {"levels": [row("text", *ours)], "methods": [peer]}


@pytest.mark.parametrize(
    ("ours", "line"),
    [
        (35.0, "| inpaint-set14 + inpaint-kodak24 | text | Telea (OpenCV) 30.00 + 2.5 | 33.00 (+ 3.00) | met |"),
        (33.2, "| inpaint-set14 + inpaint-kodak24 | text | Telea (OpenCV) 30.00 + 2.5 | 32.40 (+ 2.40) | **missed** |"),
    ],
)
def test_tables_named_together_are_one_set(ours: float, line: str) -> None:
    tables = {"inpaint-set14": table([30.0], [27.0]), "inpaint-kodak24": table([34.0, ours], [31.0, 32.0])}
    assert line in aim_lines(tables, None, None)


def test_the_best_peer_is_to_be_beaten() -> None:
    names = ("OpenCV non-local means", "RED-Net for white noise")
    methods = [
        {"name": name, "levels": [row("strength 15", value)]} for name, value in zip(names, (31, 30), strict=True)
    ]
    content = {"levels": [row("strength 15", 32.0)], "methods": methods}
    lines = aim_lines({"camera_noise-kodak24": content}, None, None)
    assert "| camera_noise-kodak24 | strength 15 | OpenCV non-local means 31.00 + 1 | 32.00 (+ 1.00) | met |" in lines


def test_what_was_not_measured_is_left_out() -> None:
    assert aim_lines({}, None, None) == []
    assert aim_lines({"inpaint-set14": table([30.0], [27.0])}, None, None) == []


@pytest.mark.parametrize("telea", [[], [27.0]])
def test_only_the_same_pictures_are_compared(telea: list[float]) -> None:
    content = table([30.0, 31.0], telea)
    assert aim_lines({"inpaint-set14": content, "inpaint-kodak24": content}, None, None) == []


@pytest.mark.parametrize("aim", AIMS, ids=lambda aim: aim.tables[0])
def test_aims_name_columns_and_peers_that_are_measured(aim: aims.Aim) -> None:
    for name in aim.tables:
        protocol = protocols_named(name)[0]
        assert len(aim.decibels) <= len(protocol.variants)
        assert set(aim.peers) <= {peer.name for peer in PEERS[protocol.task]}
    assert aim_lines({name: read(RESULTS / f"{name}.json") for name in aim.tables}, None, None)
