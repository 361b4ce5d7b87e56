from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from skimage import data

from benchmarks import quality, tables
from benchmarks.peers import PEERS, Peer
from benchmarks.tables import ENSEMBLE, OURS, Limits, measure_table
from engine.restore import Restorer
from engine.tasks import TASKS, Level
from engine.training.cases import Case, cases, known_kernels
from engine.training.protocols import PROTOCOLS, Protocol, Variant, protocols_named
from tests.engine.conftest import tiny_net

TABLE = protocols_named("denoise-set12")[0]


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pictures as test set."""
    photo: NDArray[np.uint8] = data.chelsea()  # type: ignore[no-untyped-call]  # scikit-image has no types
    folder = tmp_path_factory.mktemp("data")
    for name in ("set12", "set14"):
        (folder / "test" / name).mkdir(parents=True)
        for number in range(2):
            path = folder / "test" / name / f"{number}.png"
            cv2.imwrite(str(path), photo[60 + number : 108 + number, 100:156, ::-1])
    return folder


class Stand:
    """Methods of which it is known how often they ran."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.sha = "first"
        self.strength = 1.0

    def entrants(self, task: str) -> Iterator[tables.Entrant]:
        for name, model in ((OURS, self.sha), (ENSEMBLE, self.sha), ("blur", None)):
            facts = {"ensemble": name == ENSEMBLE} if model else {"strengths": [self.strength]}
            yield tables.Entrant(name, self._method(name), model, facts)

    def _method(self, name: str) -> Any:
        def restore(case: Case) -> torch.Tensor:
            self.ran.append(name)
            return case.clean * 0.9 if name == OURS else case.degraded

        return restore


@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Stand:
    stand = Stand()
    monkeypatch.setattr(tables, "entrants", stand.entrants)
    return stand


def test_what_was_measured_is_not_measured_again(stand: Stand, root: Path, tmp_path: Path) -> None:
    first = measure_table(TABLE, root, tmp_path, Limits())
    assert stand.ran == [name for name in (OURS, ENSEMBLE, "blur") for _ in range(2 * 3)]
    stand.ran.clear()
    assert measure_table(TABLE, root, tmp_path, Limits()) == first
    assert not stand.ran


def test_a_new_model_is_measured_and_its_peers_are_kept(stand: Stand, root: Path, tmp_path: Path) -> None:
    measure_table(TABLE, root, tmp_path, Limits())
    stand.ran.clear()
    stand.sha = "second"
    content = measure_table(TABLE, root, tmp_path, Limits())
    assert set(stand.ran) == {OURS, ENSEMBLE}
    assert content["model"] == "second"
    assert sorted(entry["name"] for entry in content["methods"]) == sorted(["blur", ENSEMBLE])
    assert json.loads((tmp_path / "denoise-set12.json").read_text()) == content


def test_a_peer_of_another_strength_is_measured_anew(stand: Stand, root: Path, tmp_path: Path) -> None:
    measure_table(TABLE, root, tmp_path, Limits())
    stand.ran.clear()
    stand.strength = 2.0
    content = measure_table(TABLE, root, tmp_path, Limits())
    assert set(stand.ran) == {"blur"}
    assert [entry["strengths"] for entry in content["methods"] if entry["name"] == "blur"] == [[2.0]]


def test_more_pictures_are_measured_when_asked_for(stand: Stand, root: Path, tmp_path: Path) -> None:
    few = measure_table(TABLE, root, tmp_path, Limits(pictures=1))
    assert [len(row["pictures"]) for row in few["levels"]] == [1, 1, 1]
    stand.ran.clear()
    more = measure_table(TABLE, root, tmp_path, Limits())
    assert [len(row["pictures"]) for row in more["levels"]] == [2, 2, 2]
    stand.ran.clear()
    assert measure_table(TABLE, root, tmp_path, Limits(pictures=1)) == more
    assert not stand.ran


def test_a_method_stops_when_its_time_is_over(stand: Stand, root: Path, tmp_path: Path) -> None:
    content = measure_table(TABLE, root, tmp_path, Limits(seconds=0))
    assert [len(row["pictures"]) for row in content["levels"]] == [1, 1, 1]
    stand.ran.clear()
    content = measure_table(TABLE, root, tmp_path, Limits(seconds=100))
    assert len(stand.ran) == 3 * 3, "what was measured is not measured again"
    whole = measure_table(TABLE, root, tmp_path / "whole", Limits())
    assert [figures(row) for row in content["levels"]] == [figures(row) for row in whole["levels"]]


def figures(row: dict[str, Any]) -> dict[str, Any]:
    """Those of a column that do not depend on time."""
    pictures = [{k: v for k, v in score.items() if k != "seconds"} for score in row["pictures"]]
    return row | {"pictures": pictures, "seconds_per_megapixel": None}


def test_scores_of_another_protocol_are_no_scores(stand: Stand, root: Path, tmp_path: Path) -> None:
    content = measure_table(TABLE, root, tmp_path, Limits())
    content["protocol"]["cut_px"] = 7
    (tmp_path / "denoise-set12.json").write_text(json.dumps(content))
    stand.ran.clear()
    assert measure_table(TABLE, root, tmp_path, Limits())["protocol"]["cut_px"] == 0
    assert len(stand.ran) == 3 * 2 * 3


def test_only_named_methods_are_measured(stand: Stand, root: Path, tmp_path: Path) -> None:
    content = measure_table(TABLE, root, tmp_path, Limits(), ("bl",))
    assert set(stand.ran) == {"blur"}
    assert "levels" not in content


def test_our_nets_stand_beside_their_peers(monkeypatch: pytest.MonkeyPatch) -> None:
    task = TASKS[0]
    restorer = Restorer(tiny_net(task), task)
    monkeypatch.setattr(Restorer, "for_task", lambda *args, **options: restorer)
    found = list(tables.entrants("denoise"))
    assert [entrant.name for entrant in found] == [OURS, ENSEMBLE, *(peer.name for peer in PEERS["denoise"])]
    assert [entrant.model is None for entrant in found] == [False, False, *[True] * len(PEERS["denoise"])]


def peer_cases(task: str, root: Path) -> list[Case]:
    """One colour and one gray picture, with ordinary damage."""
    kernels = known_kernels(Path("nowhere"))
    variants = {
        "denoise": Variant("", 25),
        "camera_noise": Variant("", 90),
        "super_resolution": Variant("", 2),
        "deblock": Variant("", 10),
        "deblur": Variant("", 1, ("gaussian 25 1.6",)),
        "inpaint": Variant("", 0, mask="missing 50 %"),
    }
    path = root / "test" / "set12" / "0.png"
    made = (Protocol("", task, "", channels, ()) for channels in ("rgb", "gray"))
    return [next(cases(protocol, variants[task], [path], kernels)) for protocol in made]


def gain(case: Case, restored: torch.Tensor) -> float:
    before, after = ((picture - case.clean).square().mean() for picture in (case.unrestored(), restored))
    return float(10 * torch.log10(before / after))


@pytest.mark.parametrize(
    ("task", "peer"),
    [
        pytest.param(task, peer, id=f"{task}-{peer.name}", marks=[pytest.mark.slow] if peer.name == "BM3D" else [])
        for task in PEERS
        for peer in PEERS[task]
    ],
)
def test_peers_improve_a_picture(task: str, peer: Peer, root: Path) -> None:
    if peer.name == "BM3D":
        pytest.importorskip("bm3d")
    for case in peer_cases(task, root):
        restored = peer.method(case)
        assert restored.shape == case.clean.shape
        least_db = {
            "denoise": 2,
            "camera_noise": 2,
            "inpaint": 8,
            "deblur": 0.4,
            "deblock": -0.3,
            "super_resolution": -0.3,
        }[task]
        is_blind_to_noise = "Richardson" in peer.name or "unsupervised" in peer.name
        found = gain(case, restored)
        assert found > (0.1 if is_blind_to_noise else least_db)


def test_lanczos_does_not_shift_the_picture() -> None:
    smooth = torch.from_numpy(cv2.GaussianBlur(np.random.default_rng(0).random((64, 64)), (0, 0), 4)).float()[None]
    case = Case("", smooth, torch.nn.functional.avg_pool2d(smooth, 2), Level(2), (0, 0), False)
    inner = (PEERS["super_resolution"][1].method(case) - smooth)[:, 8:-8, 8:-8]
    assert float(inner.abs().max()) < 0.002


def result_files(folder: Path, stand: Stand, root: Path) -> None:
    measure_table(TABLE, root, folder, Limits())
    measure_table(protocols_named("inpaint-set14")[0], root, folder, Limits())
    pace = {task: [{"name": name, "seconds_per_megapixel": 0.5} for name in (OURS, "blur")] for task in PEERS}
    speed = {"machine": "M", "precision": "float32", "peer": "P", "tasks": [], "methods": pace}
    (folder / "speed_tasks.json").write_text(json.dumps(speed))


@pytest.fixture
def no_plots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes seconds."""
    monkeypatch.setattr(quality, "draw", lambda *args: False)


@pytest.mark.usefixtures("no_plots")
def test_quality_says_what_the_results_say(stand: Stand, root: Path, tmp_path: Path) -> None:
    result_files(tmp_path / "results", stand, root)
    content = json.loads((tmp_path / "results" / "denoise-set12.json").read_text())
    text = quality.write(tmp_path / "results", tmp_path / "docs").read_text()
    ours = next(line for line in text.splitlines() if line.startswith(f"| **{OURS}** "))
    for row in content["levels"]:
        assert f"{row['psnr_out']:.2f} {row['ssim_out']:.4f}".replace(" 0.", " .") in ours
    assert "2 pictures of set12; pictures made gray compared; input float" in text
    assert "*30.44*" in text  # DnCNN's published figure, from published.json
    assert "### inpaint-set14" in text
    assert "## Deblur" not in text  # not measured


@pytest.mark.usefixtures("no_plots")
def test_a_peer_that_saw_fewer_pictures_is_said_to(stand: Stand, root: Path, tmp_path: Path) -> None:
    measure_table(TABLE, root, tmp_path, Limits(pictures=1), ("blur",))
    content = measure_table(TABLE, root, tmp_path, Limits(), (OURS,))
    text = quality.write(tmp_path, tmp_path / "docs").read_text()
    row = content["levels"][0]
    assert f"(1 of 2; there {OURS} {row['pictures'][0]['psnr_out']:.2f})" in text


@pytest.mark.usefixtures("no_plots")
def test_an_ensemble_of_an_earlier_net_is_said_to_be(stand: Stand, root: Path, tmp_path: Path) -> None:
    result_files(tmp_path / "results", stand, root)
    path = tmp_path / "results" / "denoise-set12.json"
    content = json.loads(path.read_text())
    (ensemble,) = (entry for entry in content["methods"] if entry["name"] == ENSEMBLE)
    for model, is_earlier in ((content["model"], False), ("another", True)):
        ensemble["model"] = model
        path.write_text(json.dumps(content))
        text = quality.write(tmp_path / "results", tmp_path / "docs").read_text()
        assert (f"**{ENSEMBLE}** (of an earlier net)" in text) == is_earlier


@pytest.mark.slow
def test_quality_is_the_same_every_time_and_shows_its_plots(stand: Stand, root: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    result_files(tmp_path / "results", stand, root)
    texts = [quality.write(tmp_path / "results", tmp_path / name).read_text() for name in ("one", "two")]
    assert texts[0] == texts[1]
    plots = [(tmp_path / name / "images" / "pareto-inpaint.svg").read_bytes() for name in ("one", "two")]
    assert plots[0] == plots[1]
    assert "](images/pareto-inpaint.svg)" in texts[0]


def test_quality_tells_speed_estimates_and_ablation(tmp_path: Path) -> None:
    speed_row = {
        "task": "denoise",
        "level": 25.0,
        "seconds_per_megapixel": 1.25,
        "peer_seconds_per_megapixel": 5.0,
        "ratio": 0.25,
    }
    errors = {"mean_absolute_error": 0.5, "mean_error": -0.25, "mean_absolute_share": 0.02, "within_tolerance": 1.0}
    errors["worst_share"] = 0.07
    run = {"depth": 20, "stride": 2, "has_skips": False, "steps": 77, "scores": {"25": 28.5}}
    contents: dict[str, Any] = {
        "speed_tasks": {
            "machine": "M",
            "precision": "float32",
            "peer": "P",
            "tasks": [speed_row],
            "methods": {"denoise": [{"name": "blur", "seconds_per_megapixel": 0.0123}]},
        },
        "estimators": {
            "sigma": [{"set": "kodak24", "clipped": True, "sigma": 25, **errors}],
            "quality": [
                {"set": "bsd68", "source": "pixels", "files": 9, "silent": 1, "mean_absolute_error": 0.25, "worst": 2}
                | {"by_quality": {"10": 0.5, "90": 0.04}}
            ],
        },
        "ablation": {"budget": "5 minutes", "runs": [run]},
    }
    for name, content in contents.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    text = quality.write(tmp_path, tmp_path).read_text()
    assert "| Denoise | 25 | 1.25 | 5 | 0.25 |" in text
    assert "| Denoise | blur | 0.0123 |" in text
    assert "| kodak24 | 8-bit file | 25 | 0.50 | 2.0% | -0.25 | 100% | 7% |" in text
    assert "| bsd68 | pixels | 9 | 1 | 0.25 | 2 | 10: 0.5, 90: 0.0 |" in text
    assert "| RED20 | no | 2 | 77 | 28.50 |" in text
    assert "| time | denoise, level 25 | 0.50 at most | 0.25 | met |" in text
    assert "| estimate of sigma | kodak24, worst mean | 10% at most | 2.0% | met |" in text


def test_every_published_figure_has_a_table_a_source_and_a_column() -> None:
    published = json.loads(quality.PUBLISHED.read_text(encoding="utf-8"))
    sources = published.pop("sources")
    columns = {protocol.name: len(protocol.variants) for protocol in PROTOCOLS}
    for table, entries in published.items():
        assert all(len(entry["psnr"]) == columns[table] for entry in entries), table
        assert all(entry["source"] in sources for entry in entries), table


def test_every_plot_shows_a_column_that_is_measured() -> None:
    assert set(quality.PARETO) == set(quality.TITLES) == {task.name for task in TASKS}
    for task, (name, column) in quality.PARETO.items():
        protocol = protocols_named(name)[0]
        assert protocol.task == task
        assert column in [variant.name for variant in protocol.variants]


def published_of(table: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(quality.PUBLISHED.read_text(encoding="utf-8"))[table]
    return entries


@pytest.mark.parametrize(
    ("title", "table"),
    [
        ("denoise, CBSD68", "denoise-cbsd68"),
        ("denoise, BSD68", "denoise-bsd68"),
        ("camera noise", "camera_noise-kodak24"),
        ("enlarge", "super_resolution-set5"),
        ("JPEG artifacts", "deblock-live1"),
        ("deblur", "deblur-levin"),
        ("inpaint", "inpaint-kodak24"),
    ],
)
def test_the_readme_says_what_was_measured(title: str, table: str) -> None:
    readme = (quality.ROOT / "README.md").read_text(encoding="utf-8")
    (line,) = (line for line in readme.splitlines() if line.startswith(f"| {title}"))
    *_, beside, _ = line.split("|")
    before, restored = (cell.strip().split(" / ") for cell in line.split("|")[2:4])
    content = json.loads((quality.RESULTS / f"{table}.json").read_text(encoding="utf-8"))
    rows = content["levels"][: len(restored)]
    assert restored == [f"{row['psnr_out']:.2f}" for row in rows]
    assert before == [f"{row['psnr_in']:.2f}" for row in rows]
    peer, _, figures = beside.strip().partition(", measured here, ")
    if figures:
        (entry,) = (entry for entry in content["methods"] if entry["name"] == peer)
        assert figures.split(" / ") == [f"{row['psnr_out']:.2f}" for row in entry["levels"]]
        return
    for words in beside.strip().split(", "):
        name, _, figures = words.partition(" ")
        entries = (entry["psnr"] for entry in published_of(table) if entry["name"].startswith(name))
        told = [["" if value is None else f"{value:.2f}" for value in values] for values in entries]
        assert figures.split(" / ") in [values[: len(restored)] for values in told]
