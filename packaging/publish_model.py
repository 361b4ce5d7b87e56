"""Take a trained model into resources/models, with its checksum, facts and scores.

python packaging/publish_model.py runs/denoise/model.safetensors --data "bsd200 + photos"
python -m benchmarks.tables --data DATA --table denoise --method RED-Net  # and the average of 8, which takes longer
python packaging/publish_model.py runs/denoise/model.safetensors --data "bsd200 + photos" \
    --scores benchmarks/results/denoise-*.json

The scores are what `make tables`, or `rednet evaluate --model ... --json FILE`, wrote.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from engine.checkpoint import load_model, save_model

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "resources" / "models"
CARDS = ROOT / "docs" / "model-cards"
NOTES = CARDS / "notes"
ALL = "all.md"  # what holds for every net
RECIPES = ROOT / "resources" / "recipes"


def read_scores(path: Path) -> dict[str, Any]:
    """The protocol and the mean scores of an evaluation, without the single pictures."""
    content = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        {"name": row.get("name", f"{row['level']:g}")}
        | {key: round(row[key], 4) for key in ("level", "psnr_in", "psnr_out", "ssim_out")}
        for row in content["levels"]
    ]
    return {**content["protocol"], "pictures": len(content["levels"][0]["pictures"]), "levels": rows}


def card(task: str, entry: dict[str, Any]) -> str:
    """The model card: facts and scores of the manifest, before what a person wrote in NOTES."""
    training, config = entry["training"], entry["config"]
    recipe, (lowest, highest) = training["recipe"], entry["levels"]
    lines = [
        f"# Model card: {task}",
        "",
        f"`{entry['file']}`, {(MODELS / entry['file']).stat().st_size:,} bytes, sha256 `{entry['sha256']}`, "
        f"{entry['parameters']:,} parameters, float16.",
        "",
        "## Net and training",
        f"- RED-Net of {config['depth']} layers, {config['width']} wide, stride {config['stride']}"
        + (f", for levels {lowest:g} to {highest:g}." if lowest < highest else "."),
        f"- {training['step']:,} steps of {recipe['batch']} patches of {recipe['patch_px']} pixels, "
        f"{training['hours']:.2f} hours on {training.get('device', 'two processor cores')}, the last stage of the "
        f"{total_steps(task):,} steps of `resources/recipes/{task}.toml`.",
        f"- Data: {training['data']}",
        "",
        "## Scores",
        "Written by `packaging/publish_model.py` from what `rednet evaluate --table NAME --precision float32 --json "
        "FILE` found; `engine/training/protocols.py` says how each set is damaged and compared. Results are rounded to "
        "8 bits.",
        "",
        "| table | cases | channels | damage | PSNR before | PSNR after | SSIM |",
        "|---|---|---|---|---|---|---|",
    ]
    for score in entry["scores"]:
        lines += [
            f"| {score['table']} | {score['pictures']} | {score['channels']} "
            f"| {row.get('name', row['level'])} | {row['psnr_in']:.2f} | {row['psnr_out']:.2f} "
            f"| {row['ssim_out']:.4f} |"
            for row in score["levels"]
        ]
    return "\n".join([*lines, "", *((NOTES / name).read_text(encoding="utf-8") for name in (f"{task}.md", ALL))])


def total_steps(task: str) -> int:
    """Of all stages of a recipe."""
    recipe = tomllib.loads((RECIPES / f"{task}.toml").read_text(encoding="utf-8"))
    return sum(stage["steps"] for stage in recipe["stages"])


def write_card(task: str, manifest: dict[str, Any]) -> None:
    """From the manifest and the notes."""
    (CARDS / f"{task}.md").write_text(card(task, manifest[task]), encoding="utf-8")


def main() -> None:
    """Write the model file, its entry in the manifest and its card; without a model, all cards."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "model", type=Path, nargs="?", help="none: write the cards anew, as after a change of the notes"
    )
    parser.add_argument("--data", help="what it was trained on")
    parser.add_argument("--scores", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    if args.model is None:
        manifest = json.loads((MODELS / "manifest.json").read_text(encoding="utf-8"))
        for task in manifest:
            write_card(task, manifest)
        return
    if args.data is None:
        parser.error("say with --data what the model was trained on")
    publish(args)


def publish(args: argparse.Namespace) -> None:
    """Write the model file, its entry in the manifest and its card."""
    net, header = load_model(args.model)
    if not (NOTES / f"{header.task}.md").is_file():
        raise SystemExit(f"A card needs notes: write {NOTES / header.task}.md first.")
    target = MODELS / f"{header.task}.safetensors"
    save_model(target, net, header, dtype=torch.float16)
    manifest_path = MODELS / "manifest.json"
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    manifest[header.task] = {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "summary": f"RED{header.config.depth}, {header.config.width} wide, stride {header.config.stride}, "
        f"{header.training['step']:,} steps",
        "parameters": sum(parameter.numel() for parameter in net.parameters()),
        "levels": header.levels,
        "config": asdict(header.config),
        "training": {**header.training, "data": args.data},
        "scores": [read_scores(path) for path in args.scores],
    }
    manifest_path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    write_card(header.task, manifest)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
