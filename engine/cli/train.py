"""`rednet train`: train or fine-tune a net on a folder of pictures."""

from __future__ import annotations

import argparse
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from statistics import fmean
from typing import Any

import torch

from engine.checkpoint import load_model, read_header
from engine.cli.options import finite, natural, positive
from engine.cli.terminal import live_context
from engine.cli.train_report import JsonReport, LineReport, Report, obeying
from engine.device import DEVICES, choose_training_device, is_out_of_memory
from engine.errors import Canceled, EngineError, TrainingError, UsageError
from engine.lock import only_one
from engine.model_library import STOCK, ModelLibrary
from engine.restore import RestoreOptions, Restorer
from engine.run_context import RunContext
from engine.tasks import TASKS
from engine.training.card import card_of
from engine.training.comparison import LEAST_PICTURES, Comparison, compare, fairest_scores
from engine.training.config import RunPaths, TrainConfig, make_recipe, read_recipe
from engine.training.data import LEAST_JUDGED, list_pictures
from engine.training.folder_check import check_folder
from engine.training.plan import Plan, read_plan, write_json, write_plan
from engine.training.previews import Previews
from engine.training.ranks import Ranks, joined
from engine.training.trainer import Trainer

_NUMBERS = {
    "steps": "how often the weights change in all",
    "batch": "patches that each step learns from",
    "patch_px": "side of a patch, in pixels",
    "depth": "layers of the net",
    "width": "channels of its layers",
    "stride": "1 for full resolution, 2 for half of it inside",
    "validate_every": "steps between two measurements on the held-out pictures",
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command line."""
    parser = commands.add_parser(
        "train",
        help="train a net on your pictures",
        description="Train a net on a folder of good pictures. Stopped at any moment, the same command goes on.",
    )
    names = [task.name for task in TASKS]
    parser.add_argument("--task", choices=names, help=f"what to train for (default: {names[0]})")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="good pictures, subfolders too")
    parser.add_argument("--pairs", type=Path, metavar="FOLDER", help="the same pictures damaged, with the same names")
    # torchrun takes --run for one of its own options.
    run_names = ("--run", "--run-folder")
    parser.add_argument(*run_names, dest="run_folder", type=Path, metavar="FOLDER", help="where the run is kept")
    parser.add_argument("--recipe", type=Path, metavar="FILE", help="a TOML file; the options below win over it")
    parser.add_argument("--start-from", metavar="stock|FILE", help="a model to start from, of any task")
    for name, meaning in _NUMBERS.items():
        option = f"--{name.replace('_', '-').removesuffix('-px')}"
        parser.add_argument(option, dest=name, type=positive, metavar="N", help=meaning)
    parser.add_argument("--seed", type=natural, metavar="N", help="of weights, patches and damage")
    for end in ("low", "high"):
        parser.add_argument(f"--level-{end}", type=finite, metavar="VALUE", help=f"the {end}est level to train for")
    parser.add_argument("--device", choices=DEVICES, default="auto", help="what trains (default: the best there is)")
    parser.add_argument(
        "--precision",
        choices=("auto", "float32", "bfloat16"),
        default="auto",
        help="number format (default: the fastest)",
    )
    parser.add_argument("--threads", type=positive, metavar="N", help="processor threads (default: all cores)")
    _add_outcome_options(parser)
    parser.set_defaults(run=run)


def _add_outcome_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say which pictures are usable")
    parser.add_argument(
        "--only-usable", action="store_true", help="leave out what --check finds blurred, twice or too compressed"
    )
    parser.add_argument("--compare", action="store_true", help="at the end, compare with the stock model")
    parser.add_argument("--keep-as", metavar="NAME", help="keep the model under that name if it is better than stock")
    parser.add_argument("--json", action="store_true", help="print what happens as JSON lines")
    parser.add_argument(
        "--obey", action="store_true", help="do what standard input says: 'pause' or its end, and 'finish'"
    )


def run(args: argparse.Namespace) -> int:
    """Train, or go on with a run that was stopped."""
    with joined() as ranks:
        report: Report = (JsonReport() if args.json else LineReport()) if ranks.is_first else Report()
        try:
            return _run(args, report, ranks)
        except Canceled:
            report.tell("paused")
            raise
        except EngineError as error:
            report.tell("error", text=str(error))
            raise


def _run(args: argparse.Namespace, report: Report, ranks: Ranks) -> int:
    if args.threads:
        torch.set_num_threads(args.threads)
    _make_absolute(args)
    if args.check:
        if args.data is None:
            raise UsageError("--check looks through a folder of pictures: name it with --data.")
        _check(args, report, list_pictures(args.data))
        return 0
    _refuse_misuse(args)
    stages, before = _stages(args), None
    for (config, paths), following in zip(stages, [*stages[1:], None], strict=True):
        if following is not None and following[1].plan.exists():
            before = replace(read_plan(paths), start_from=str(paths.model))
            continue  # it was done when the next one began
        plan = _plan(args, config, paths, before, report)
        try:
            with _alone_in(paths.folder) if ranks.is_first else nullcontext():
                _train(args, plan, paths, report, ranks)
        except (RuntimeError, MemoryError) as error:
            if is_out_of_memory(error):
                raise TrainingError(paths.folder, "not enough memory; close other programs, then go on") from error
            raise
        ranks.wait()
        before = replace(plan, start_from=str(paths.model))
    return 0


def _refuse_misuse(args: argparse.Namespace) -> None:
    """What is wrong is told before pictures are read. Raises: UsageError, DeviceError, CheckpointError."""
    if args.run_folder is None:
        raise UsageError("The run needs a folder: name it with --run.")
    if args.data is None and (args.recipe or args.start_from or args.pairs):
        raise UsageError("--recipe, --start-from and --pairs need --data; --run alone goes on with what was begun.")
    choose_training_device(args.device)
    if args.start_from not in (None, STOCK):
        read_header(Path(args.start_from))


def _alone_in(folder: Path) -> AbstractContextManager[None]:
    """Two programs must not write to one run. Raises: TrainingError."""
    return only_one(
        folder / ".lock",
        TrainingError(folder, "another program is training in it; wait until that has ended"),
        TrainingError(folder, "it cannot be written; choose another run folder"),
    )


def _make_absolute(args: argparse.Namespace) -> None:
    """A run goes on from any folder."""
    for name in ("data", "pairs"):
        if (path := getattr(args, name)) is not None:
            setattr(args, name, path.absolute())
    if args.start_from not in (None, STOCK):
        args.start_from = str(Path(args.start_from).absolute())


def _stages(args: argparse.Namespace) -> list[tuple[TrainConfig, RunPaths]]:
    """The recipe's stages, and where each is kept: the last in the run's folder, those before in folders in it."""
    *earlier, last = _recipe(args)
    paths = [RunPaths(args.run_folder / f"stage-{number}") for number in range(1, len(earlier) + 1)]
    if earlier and (args.data is None or args.json or args.obey):
        raise TrainingError(
            args.recipe, "it has several stages: name --data every time, and leave out --json and --obey"
        )
    return [*zip(earlier, paths, strict=True), (last, RunPaths(args.run_folder))]


def _plan(args: argparse.Namespace, config: TrainConfig, paths: RunPaths, before: Plan | None, report: Report) -> Plan:
    """The plan in the folder; else the one of the stage before, for the same pictures; else a new one."""
    if args.data is None:
        if not paths.plan.exists() and (paths.folder / "stage-1").exists():
            raise TrainingError(paths.folder, "its recipe has several stages: give the whole command again")
        begun = read_plan(paths)
        return replace(begun, config=make_recipe(paths.plan, asdict(begun.config) | _overrides(args)))
    if paths.state.exists() and paths.plan.exists():
        begun = read_plan(paths)
        if before is None:
            _check_same(args, begun, paths)
        return replace(begun, config=config)  # the same pictures, even if some are new or gone
    return _new_plan(args, config, report) if before is None else replace(before, config=config)


def _check_same(args: argparse.Namespace, begun: Plan, paths: RunPaths) -> None:
    """Raises: TrainingError: the run was begun with something else."""
    for option, asked, was in (
        ("--data", args.data, begun.data),
        ("--pairs", args.pairs, begun.pairs),
        ("--start-from", args.start_from or "", begun.start_from),
    ):
        if asked != was and (was is None or not asked or Path(asked).absolute() != Path(was).absolute()):
            raise TrainingError(paths.folder, f"its run has {option} {was or 'nothing'}; choose another run folder")


def _new_plan(args: argparse.Namespace, config: TrainConfig, report: Report) -> Plan:
    pictures = list_pictures(args.data)
    if args.only_usable:
        pictures = list(_check(args, report, pictures))
    return Plan.of(config, args.data, pictures, pairs=args.pairs, start_from=args.start_from or "")


def _check(args: argparse.Namespace, report: Report, pictures: list[Path]) -> tuple[Path, ...]:
    with live_context("check", has_bar=not args.json) as ctx:
        found = check_folder(pictures, max(stage.drawn_px for stage in _recipe(args)), ctx)
    report.checked(found)
    return found.usable


def _train(args: argparse.Namespace, plan: Plan, paths: RunPaths, report: Report, ranks: Ranks) -> None:
    if args.keep_as is not None and len(plan.judged) < LEAST_PICTURES:
        words = f"no model of so few pictures can be told to be better: --keep-as takes at least {LEAST_JUDGED}"
        raise TrainingError(plan.data, words)
    source, held_out = plan.source(report.left_out), plan.held_out_crops()
    device = choose_training_device(args.device)
    options = RestoreOptions(device=device.type)
    is_compared = ranks.is_first and (args.compare or args.keep_as is not None) and paths.folder == args.run_folder
    with live_context(plan.task.name, has_bar=ranks.is_first and not args.json) as shown:
        ctx = shown.reporting_to(report.progress) if args.json else shown
        previews = Previews(paths.previews, held_out, plan.task, shown) if args.json and ranks.is_first else None

        def measured(net: Any) -> None:
            if previews is not None:
                previews.update(net, options)
                report.tell("preview", step=trainer.step)

        with plan.start_file() as start:
            trainer = Trainer(
                *(plan.task, plan.config, source, held_out, paths),
                start_from=start,
                device=device,
                precision=args.precision,
                ranks=ranks,
                on_record=report.record,
                on_measured=measured,
            )
        if ranks.is_first:
            write_plan(paths, plan)
        with obeying(shown, trainer.finish) if args.obey else nullcontext():
            if previews is not None:
                _begin(plan, options, trainer, previews, report, shown)
            trainer.run(ctx)
            if ranks.is_first and plan.config.patience:
                measured(load_model(paths.model)[0])  # the best, not the last one
            result = _compare(plan, options, paths, shown) if is_compared else None
    if result is not None:
        report.result(result)
        _keep(args, plan, paths, result, report)
    report.tell("done", model=str(paths.model), step=trainer.step)


def _begin(
    plan: Plan, options: RestoreOptions, trainer: Trainer, previews: Previews, report: Report, ctx: RunContext
) -> None:
    facts = {"pictures": len(plan.training), "held_out": len(plan.held_out), "previews": previews.count}
    report.tell("start", task=plan.task.name, step=trainer.step, steps=plan.config.steps, **facts)
    stock = plan.baseline_restorer(options)
    told, by_level = fairest_scores(stock, plan.held_out_crops(), ctx.without_progress())
    scores = {level: round(fmean(found), 4) for level, found in by_level.items()}
    write_json(trainer.paths.stock, scores)
    report.tell("stock", scores=scores)
    previews.begin(stock, told)
    previews.update(trainer.averaged_net(), options)
    report.tell("preview", step=trainer.step)


def _compare(plan: Plan, options: RestoreOptions, paths: RunPaths, ctx: RunContext) -> Comparison:
    own = Restorer.for_task(plan.task, options, model_path=paths.model)
    result = compare(plan.baseline_restorer(options), own, plan.judged_crops(), ctx.without_progress())
    write_json(paths.result, result.to_json())
    return result


def _keep(args: argparse.Namespace, plan: Plan, paths: RunPaths, result: Comparison, report: Report) -> None:
    if args.keep_as is not None and result.is_better:
        kept = ModelLibrary().add(paths.model, args.keep_as, card_of(plan, paths, result))
        report.tell("kept", name=kept.name)


def _recipe(args: argparse.Namespace) -> tuple[TrainConfig, ...]:
    overrides = _overrides(args)
    if args.recipe:
        return read_recipe(args.recipe, **overrides)
    try:
        return (make_recipe(args.run_folder or Path(), overrides),)
    except TrainingError as error:
        raise UsageError(f"These options do not fit: {error.reason}.") from error


def _overrides(args: argparse.Namespace) -> dict[str, Any]:
    names = ("task", "seed", "level_low", "level_high", *_NUMBERS)
    return {name: getattr(args, name) for name in names if getattr(args, name) is not None}
