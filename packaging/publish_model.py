"""Take a trained model into resources/models, with its checksum, facts and scores.

python packaging/publish_model.py runs/denoise/model.safetensors --data "bsd200 + photos" \
    --scores benchmarks/results/denoise-*.json

The scores are what `rednet evaluate --model ... --json FILE` wrote.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from engine.checkpoint import load_model, save_model

MODELS = Path(__file__).parents[1] / "resources" / "models"


def read_scores(path: Path) -> dict[str, Any]:
    """The protocol and the mean scores of an evaluation, without the single pictures."""
    content = json.loads(path.read_text(encoding="utf-8"))
    rows = [
        {key: round(row[key], 4) for key in ("level", "psnr_in", "psnr_out", "ssim_out")} for row in content["levels"]
    ]
    return {**content["protocol"], "levels": rows}


def main() -> None:
    """Write the model file and its entry in the manifest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", required=True, help="what it was trained on")
    parser.add_argument("--scores", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    net, header = load_model(args.model)
    target = MODELS / f"{header.task}.safetensors"
    save_model(target, net, header, dtype=torch.float16)
    manifest_path = MODELS / "manifest.json"
    manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
    manifest[header.task] = {
        "file": target.name,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "summary": f"RED{header.config.depth}, {header.config.width} wide, stride {header.config.stride}, "
        f"{header.training['hours']:.1f} h of training",
        "parameters": sum(parameter.numel() for parameter in net.parameters()),
        "levels": header.levels,
        "config": asdict(header.config),
        "training": {**header.training, "data": args.data},
        "scores": [read_scores(path) for path in args.scores],
    }
    manifest_path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
