"""Write docs/quality.md and its plots from benchmarks/results: python -m benchmarks.quality

No number in that file is typed by hand: they come from the results, and the published ones from published.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.aims import Content, aim_lines
from engine.training.protocols import PROTOCOLS, Protocol

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PUBLISHED = ROOT / "benchmarks" / "published.json"
DOCS = ROOT / "docs"

OURS = "RED-Net"
TITLES = {
    "denoise": "Denoise",
    "camera_noise": "Camera noise",
    "super_resolution": "Enlarge",
    "deblock": "Remove JPEG blocks",
    "deblur": "Deblur",
    "inpaint": "Fill",
}
PARETO = {
    "denoise": ("denoise-cbsd68", "sigma 25"),
    "camera_noise": ("camera_noise-kodak24", "strength 30"),
    "super_resolution": ("super_resolution-set5", "x2"),
    "deblock": ("deblock-live1", "Q10"),
    "deblur": ("deblur-levin", "noise 2.55"),
    "inpaint": ("inpaint-set14", "missing 50 %"),
}
"""The column that each task's plot of quality against time shows."""

MADE_HERE = {
    "camera_noise": "one camera: red first in the mosaic, demosaicking along edges, gamma 2.2, JPEG of quality 90, "
    "not halved (`engine/camera_noise.py`)",
    "inpaint": "masks drawn from the number of the picture (`engine/training/mask_kinds.py`)",
}
"""Damage that no other work measures with."""


def main() -> None:
    """Write the document."""
    write(RESULTS)


def write(results: Path, docs: Path = DOCS) -> Path:
    """Write quality.md and its plots; returns its path.

    Args:
        results: the folder of the result files; what is missing there is left out.
        docs: the folder to write into.
    """
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    tables = {protocol.name: read(results / f"{protocol.name}.json") for protocol in PROTOCOLS}
    others = {name: read(results / f"{name}.json") for name in OTHERS}
    lines = [
        "# Quality",
        "",
        "Written by `make tables` from `benchmarks/results` and `benchmarks/published.json`. PSNR in dB and, behind "
        "it, SSIM; means over the pictures of the test set. Results, and the input of the first row, are clipped and "
        "rounded to 8 bits before they are compared. Rows in italics are figures as published, on the same set and by "
        "the same protocol but for what their sources say below; all others were measured here, on the same damage, "
        "which OpenCV's methods get clipped and rounded, as they only take 8 bits.",
        "",
        *aim_lines(tables, others["speed_tasks"], others["estimators"]),
    ]
    for task, title in TITLES.items():
        section = [line for p in PROTOCOLS if p.task == task for line in table_lines(p, tables[p.name], published)]
        if section:
            lines += [f"## {title}", "", *section, *plot_lines(task, tables, others["speed_tasks"], docs)]
    for name, write_lines in OTHERS.items():
        if content := others[name]:
            lines += write_lines(content)
    path = docs / "quality.md"
    docs.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, *source_lines(published)]).rstrip() + "\n", encoding="utf-8")
    return path


def read(path: Path) -> dict[str, Any] | None:
    """A file of results; None where there is none, or one by another protocol."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    by_name = {protocol.name: protocol.facts() for protocol in PROTOCOLS}
    if path.stem in by_name and not (
        by_name[path.stem].items() <= content["protocol"].items() and "methods" in content
    ):
        return None
    return content


def table_lines(protocol: Protocol, content: Content | None, published: Content) -> Iterator[str]:
    """One table in Markdown; nothing if it was not measured."""
    if content is None or not methods(content):
        return
    columns = [variant.name for variant in protocol.variants]
    yield f"### {protocol.name}"
    yield ""
    yield caption(protocol, content)
    yield ""
    yield from _row("method", *columns)
    yield from _row("---", *["---:"] * len(columns))
    first = next(iter(methods(content).values()))
    if protocol.task != "super_resolution":  # has bicubic among the methods
        yield from _row("input", *(_cell(row["psnr_in"]) for row in first))
    nets = {entry["name"]: entry.get("model") for entry in content["methods"]}
    for name, rows in methods(content).items():
        label = f"**{name}**" if name.startswith(OURS) else name
        if name.startswith(f"{OURS}, ") and nets[name] != content.get("model"):
            label += " (of an earlier net)"
        yield from _row(label, *(_measured(row, ours) for row, ours in _beside_ours(content, rows)))
    for entry in published.get(protocol.name, []):
        figures = (f"*{_cell(value)}*" if value else "" for value in entry["psnr"])
        yield from _row(f"*{entry['name']}* [{entry['source']}]", *figures)
    yield ""


def methods(content: Content) -> dict[str, list[dict[str, Any]]]:
    """The rows of every method, ours first, then those that gain most, which may be measured on fewer pictures."""
    found = {OURS: content["levels"]} if "levels" in content else {}
    found |= {entry["name"]: entry["levels"] for entry in content["methods"]}
    return dict(sorted(found.items(), key=lambda item: (not item[0].startswith(OURS), -_gain(item[1][0]))))


def _gain(row: Content) -> float:
    return float(row["psnr_out"] - row["psnr_in"])


def caption(protocol: Protocol, content: Content) -> str:
    """What was measured, in words."""
    count = max(
        len({score["picture"].split(" ")[0] for score in rows[0]["pictures"]}) for rows in methods(content).values()
    )
    what = {"rgb": "all channels", "y": "luma of the result", "gray": "pictures made gray"}[protocol.channels]
    damage = (
        "clipped and rounded to 8 bits"
        if content["protocol"]["clipped_input"]
        else "float, neither clipped nor rounded"
    )
    parts = [f"{count} pictures of {protocol.data}; {what} compared; input {damage}"]
    if protocol.border != "mirror":
        parts.append(f"borders of the blur: {protocol.border}")
    if protocol.task in MADE_HERE:
        parts.append(MADE_HERE[protocol.task])
    if protocol.task == "super_resolution":
        parts.append("as many pixels cut at the border as the factor")
    else:
        parts.append(f"{protocol.cut_px or 'no'} pixels cut at the border")
    if model := content.get("model"):
        parts.append(f"model `{model[:12]}`")
    return "; ".join(parts) + "."


def _beside_ours(content: Content, rows: Sequence[Content]) -> Iterator[tuple[Content, Content | None]]:
    ours = {row["name"]: row for row in content.get("levels", [])}
    return ((row, ours.get(row["name"])) for row in rows)


def _measured(row: Content, ours: Content | None) -> str:
    """A cell; where a method saw fewer pictures than our net, also what our net has on those."""
    text = f"{_cell(row['psnr_out'])} {_share(row['ssim_out'])}"
    names = {score["picture"] for score in row["pictures"]}
    if ours is None or len(ours["pictures"]) <= len(names):
        return text
    same = [score["psnr_out"] for score in ours["pictures"] if score["picture"] in names]
    return f"{text} ({len(names)} of {len(ours['pictures'])}; there {OURS} {_cell(sum(same) / len(same))})"


def _row(*cells: str) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".lstrip("0")


def _seconds(value: float) -> str:
    return f"{value:.3g}"


def plot_lines(task: str, tables: Mapping[str, Content | None], speed: Content | None, docs: Path) -> list[str]:
    """The plot of quality against time, drawn, and the line that shows it; nothing without matplotlib."""
    name, column = PARETO[task]
    content = tables[name]
    if content is None or speed is None:
        return []
    found = {method: row for method, rows in methods(content).items() for row in rows if row["name"] == column}
    most = max((len(row["pictures"]) for row in found.values()), default=0)  # fewer are other pictures
    decibels = {method: row["psnr_out"] for method, row in found.items() if len(row["pictures"]) == most}
    points = {
        entry["name"]: (entry["seconds_per_megapixel"], decibels[entry["name"]])
        for entry in speed["methods"][task]
        if decibels.get(entry["name"]) is not None
    }
    path = docs / "images" / f"pareto-{task}.svg"
    if not points or not draw(path, f"{name}, {column}", points):
        return []
    return [f"![Quality against time, {name}, {column}](images/{path.name})", ""]


def draw(path: Path, title: str, points: Mapping[str, tuple[float, float]]) -> bool:
    """Draw dB against seconds per megapixel; False where matplotlib is not installed."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        return False
    matplotlib.rcParams["svg.hashsalt"] = "quality"  # the same file every time
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot(title=title, xlabel="seconds per megapixel, on this machine", ylabel="PSNR in dB")
    axes.set_xscale("log")
    axes.grid(alpha=0.3)
    for name, (seconds, decibel) in points.items():
        is_ours = name.startswith(OURS)
        axes.plot([seconds], [decibel], "o", color="tab:red" if is_ours else "tab:gray", markersize=9 if is_ours else 6)
        axes.annotate(name, (seconds, decibel), xytext=(6, 4), textcoords="offset points", fontsize=8)
    axes.margins(0.25, 0.15)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})
    return True


def speed_lines(content: Content) -> list[str]:
    """How fast each task is beside a net of DnCNN's size."""
    lines = [
        "## Speed",
        "",
        f"Seconds per megapixel of the result, beside a net of {content['peer']} in the same run, in "
        f"{content['precision']}, on {content['machine']}. The aim is half of it at most.",
        "",
        *_row("task", "level", "RED-Net", "full-resolution net", "ratio"),
        *_row("---", *["---:"] * 4),
    ]
    for row in content["tasks"]:
        cells = (
            f"{row['level']:g}",
            _seconds(row["seconds_per_megapixel"]),
            _seconds(row["peer_seconds_per_megapixel"]),
            _cell(row["ratio"]),
        )
        lines += _row(TITLES[row["task"]], *cells)
    lines += [
        "",
        "All methods of the tables, on one picture each, in float32, in the same run:",
        "",
        *_row("task", "method", "s/MP"),
        *_row("---", "---", "---:"),
    ]
    for task, entries in content["methods"].items():
        for entry in entries:
            lines += _row(TITLES[task], entry["name"], _seconds(entry["seconds_per_megapixel"]))
    return [*lines, ""]


def estimator_lines(content: Content) -> list[str]:
    """How well levels are estimated."""
    lines = [
        "## Estimated levels",
        "",
        "Sigma that `rednet` estimates where white noise was added. The error is the mean absolute one, in 8-bit units "
        "and as a share of sigma; then the mean error with its sign, how many pictures are within a tenth, and the "
        "worst.",
        "",
        *_row("set", "noise", "sigma", "error", "share", "bias", "within 10 %", "worst"),
        *_row("---", "---", *["---:"] * 6),
    ]
    for row in content["sigma"]:
        lines += _row(
            row["set"],
            "8-bit file" if row["clipped"] else "unclipped",
            f"{row['sigma']:g}",
            _cell(row["mean_absolute_error"]),
            f"{row['mean_absolute_share']:.1%}",
            f"{row['mean_error']:+.2f}",
            f"{row['within_tolerance']:.0%}",
            f"{row['worst_share']:.0%}",
        )
    lines += [
        "",
        "The quality of JPEG files, as their tables say it and as their pixels show it, which are all that other files "
        "have; of 256 x 256 pixels of each picture.",
        "",
        *_row("set", "told by", "files", "tell nothing", "mean error", "largest", "mean error at each quality"),
        *_row("---", "---", "---:", "---:", "---:", "---:", "---"),
    ]
    for row in content["quality"]:
        counts = (f"{row['files']}", f"{row['silent']}")
        each = ", ".join(f"{quality}: {error:.1f}" for quality, error in row["by_quality"].items())
        lines += _row(row["set"], row["source"], *counts, _cell(row["mean_absolute_error"]), f"{row['worst']:g}", each)
    return [*lines, ""]


def ablation_lines(content: Content) -> list[str]:
    """What skips, depth and stride are worth at an equal small budget."""
    levels = list(content["runs"][0]["scores"])
    lines = [
        "## Ablation",
        "",
        f"Nets that differ in one thing, each trained from scratch for {content['budget']}, denoising, as "
        "`benchmarks/ablation.py` says; PSNR on pictures that were held out. Nets without skips that stand at one and "
        "the same figures give their input back: so deep ones have learned nothing yet, which is what skips are for. "
        "Steps are equal, not time: at stride 1 a step takes four times the multiplications.",
        "",
        *_row("net", "skips", "stride", "steps", *(f"sigma {level}" for level in levels)),
        *_row("---", "---", "---:", "---:", *["---:"] * len(levels)),
    ]
    for run in content["runs"]:
        skips = "yes" if run["has_skips"] else "no"
        scores = (_cell(run["scores"][level]) for level in levels)
        lines += _row(f"RED{run['depth']}", skips, str(run["stride"]), str(run["steps"]), *scores)
    return [*lines, ""]


def source_lines(published: Content) -> list[str]:
    """Where the published figures are from."""
    return ["## Sources of published figures", "", *(f"- {key}: {text}" for key, text in published["sources"].items())]


OTHERS = {"speed_tasks": speed_lines, "estimators": estimator_lines, "ablation": ablation_lines}
"""What stands behind the tables, by the file of its results, and what writes it."""


if __name__ == "__main__":
    main()
