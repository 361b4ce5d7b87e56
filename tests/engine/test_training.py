from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.checkpoint import ModelHeader, load_model, load_tensors, save_model, save_tensors
from engine.errors import Canceled, CheckpointError, TrainingError
from engine.model import REDNet, REDNetConfig
from engine.run_context import Progress, RunContext
from engine.tasks import TASKS, Task, task_named
from engine.training.config import RunPaths, TrainConfig, read_recipe
from engine.training.data import PatchSource, list_pictures, split_holdout
from engine.training.optim import Optimizer, orthogonalize
from engine.training.trainer import Trainer
from engine.training.validation import HeldOut

TINY = TrainConfig(steps=6, batch=2, patch_px=24, depth=6, width=8, warmup_steps=2, validate_every=3, holdout_every=4)


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory, photo: NDArray[np.uint8]) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    for number in range(8):
        part = photo[20 * number : 20 * number + 70, 30 * number : 30 * number + 90, ::-1]
        cv2.imwrite(str(folder / f"{number}.png"), part)
    return folder


def trainer(folder: Path, run: Path, config: TrainConfig = TINY, **options: Any) -> Trainer:
    task = task_named(config.task)
    training, held_out = split_holdout(list_pictures(folder), config.holdout_every)
    source = PatchSource(folder, training, config)
    return Trainer(task, config, source, HeldOut.read(folder, held_out), RunPaths(run), **options)


def stop_at(step: int) -> Callable[[Progress], None]:
    def stop(progress: Progress) -> None:
        if progress.done == step:
            raise Canceled

    return stop


def lines(run: Path) -> list[dict[str, Any]]:
    text = (run / "curves.jsonl").read_text(encoding="utf-8")
    return [{key: value for key, value in json.loads(line).items() if key != "seconds"} for line in text.splitlines()]


def test_a_pause_while_the_held_out_pictures_are_measured_costs_no_measurement(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer(pictures, tmp_path / "straight").run(RunContext())

    def pause(*_: object) -> dict[str, float]:
        raise Canceled

    with monkeypatch.context() as paused:
        paused.setattr(HeldOut, "scores", pause)
        with pytest.raises(Canceled):
            trainer(pictures, tmp_path / "run").run(RunContext())
    trainer(pictures, tmp_path / "run").run(RunContext())
    assert lines(tmp_path / "run") == lines(tmp_path / "straight")


@pytest.mark.parametrize("stopped_at", [1, 4])
def test_a_resumed_run_ends_with_the_same_bits(pictures: Path, tmp_path: Path, stopped_at: int) -> None:
    trainer(pictures, tmp_path / "straight").run(RunContext())
    with pytest.raises(Canceled):
        trainer(pictures, tmp_path / "resumed").run(RunContext(stop_at(stopped_at)))
    resumed = trainer(pictures, tmp_path / "resumed")
    assert resumed.step == stopped_at
    resumed.run(RunContext())
    straight, again = (load_tensors(tmp_path / name / "state.safetensors")[0] for name in ("straight", "resumed"))
    assert straight.keys() == again.keys()
    assert all(torch.equal(straight[name], again[name]) for name in straight)
    assert lines(tmp_path / "straight") == lines(tmp_path / "resumed")


def test_a_killed_run_forgets_the_steps_after_its_checkpoint(pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(Canceled):
        trainer(pictures, tmp_path).run(RunContext(stop_at(4)))
    with (tmp_path / "curves.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"step": 5, "loss": 1}\n{"step": 6, "lo')
    assert trainer(pictures, tmp_path).step == 4
    assert [line["step"] for line in lines(tmp_path)] == [3]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_every_task_trains(task: Task, pictures: Path, tmp_path: Path) -> None:
    config = TrainConfig(task=task.name, steps=3, batch=2, patch_px=24, depth=6, width=8, validate_every=3)
    run = trainer(pictures, tmp_path, config)
    run.run(RunContext())
    scores = lines(tmp_path)[-1]["validation"]
    assert set(scores) == {f"{value:g}" for value in task.levels.standard}
    assert all(math.isfinite(score) and score > 5 for score in scores.values())
    net, header = load_model(tmp_path / "model.safetensors")
    assert header.task == task.name
    assert header.training["step"] == 3
    assert all(torch.equal(net.state_dict()[name], value) for name, value in run._optimizer.average.items())


@pytest.mark.slow
def test_training_learns(pictures: Path, tmp_path: Path) -> None:
    config = TrainConfig(steps=600, batch=8, patch_px=32, depth=6, width=16, warmup_steps=20, validate_every=300)
    trainer(pictures, tmp_path, config).run(RunContext())
    first, last = (line["validation"] for line in lines(tmp_path) if "validation" in line)
    assert last["50"] > first["50"] + 0.5
    assert last["50"] > 17  # of 14.2 dB in the noisy picture


def test_a_diverging_step_is_skipped_and_reported(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trainer(pictures, tmp_path)
    before = {name: value.clone() for name, value in run.net.state_dict().items()}
    run._optimizer.average = {name: value + 1 for name, value in before.items()}
    monkeypatch.setattr("engine.training.trainer.Trainer._is_diverging", lambda self, loss: self.step < 6)
    with pytest.raises(Canceled):
        run.run(RunContext(stop_at(5)))
    skipped = [line for line in lines(tmp_path) if "skipped_loss" in line]
    assert [line["step"] for line in skipped] == [1, 2, 3, 4, 5]
    assert [line["rolled_back"] for line in skipped] == [False] * 4 + [True]
    assert all(torch.equal(before[name] + 1, value) for name, value in run.net.state_dict().items())
    run.run(RunContext())
    assert any(not torch.equal(before[name] + 1, value) for name, value in run.net.state_dict().items())


@pytest.mark.parametrize("is_resumed", [False, True])
def test_a_run_that_does_not_recover_ends_with_its_best_model(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_resumed: bool
) -> None:
    config = replace(TINY, steps=100, patience=50)
    monkeypatch.setattr("engine.training.trainer.Trainer._is_diverging", lambda self, loss: self.step > 4)
    if is_resumed:
        with pytest.raises(Canceled):
            trainer(pictures, tmp_path, config).run(RunContext(stop_at(8)))
    run = trainer(pictures, tmp_path, config)
    run.run(RunContext())
    assert run.step == 14
    assert lines(tmp_path)[-1] == {"step": 14, "given_up": True}
    assert [line["step"] for line in lines(tmp_path) if line.get("rolled_back")] == [9]
    assert load_model(tmp_path / "model.safetensors")[1].training["step"] in (3, 6, 9, 12)


def test_a_run_that_was_never_good_says_so(pictures: Path, tmp_path: Path) -> None:
    config = replace(TINY, steps=1000, muon_rate=50.0, adam_rate=50.0, warmup_steps=0, validate_every=500)
    run = trainer(pictures, tmp_path, config)
    with pytest.raises(TrainingError, match="goes astray again and again; start a new run"):
        run.run(RunContext())
    assert run.step < 30
    assert not (tmp_path / "model.safetensors").exists()


def test_a_gradient_that_is_not_finite_is_skipped(pictures: Path, tmp_path: Path) -> None:
    run = trainer(pictures, tmp_path)
    spoilt = next(iter(run.net.hidden_kernels()))
    spoilt.register_hook(lambda gradient: gradient * math.inf if run.step == 3 else gradient)  # type: ignore[no-untyped-call]  # torch has no type for it
    run.run(RunContext())
    assert [line["step"] for line in lines(tmp_path) if "skipped_loss" in line] == [4]
    assert all(torch.isfinite(value).all() for value in run.net.state_dict().values())


def test_a_step_that_fails_half_way_is_done_again(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer(pictures, tmp_path / "straight").run(RunContext())
    run = trainer(pictures, tmp_path / "resumed")
    update = run._optimizer.step

    def fail() -> None:
        update()
        if run.step == 3:
            raise MemoryError

    monkeypatch.setattr(run._optimizer, "step", fail)
    with pytest.raises(MemoryError):
        run.run(RunContext())
    trainer(pictures, tmp_path / "resumed").run(RunContext())
    straight, again = (load_tensors(tmp_path / name / "state.safetensors")[0] for name in ("straight", "resumed"))
    assert all(torch.equal(straight[name], again[name]) for name in straight)


@pytest.mark.parametrize(
    ("steps", "loss", "is_diverging"),
    [(400, 0.3, True), (400, 0.2, False), (400, math.nan, True), (9, 0.9, False), (9, 1.1, True), (9, math.nan, True)],
)
def test_what_counts_as_diverging(pictures: Path, tmp_path: Path, steps: int, loss: float, is_diverging: bool) -> None:
    run = trainer(pictures, tmp_path)
    run._loss, run._optimizer.steps = 0.1, steps
    assert run._is_diverging(loss) is is_diverging


def test_another_recipe_does_not_touch_the_run(pictures: Path, tmp_path: Path) -> None:
    trainer(pictures, tmp_path).save()
    with pytest.raises(TrainingError, match="another recipe"):
        trainer(pictures, tmp_path, TrainConfig(batch=3, patch_px=24, depth=6, width=8))


def test_a_run_begun_before_an_entry_was_known_goes_on_with_its_default(pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(Canceled):
        trainer(pictures, tmp_path).run(RunContext(stop_at(4)))
    state = tmp_path / "state.safetensors"
    tensors, facts = load_tensors(state)
    del facts["recipe"]["loss"]
    save_tensors(state, tensors, facts)
    assert trainer(pictures, tmp_path).step == 4


def test_fine_tuning_starts_from_the_given_weights(pictures: Path, tmp_path: Path) -> None:
    trainer(pictures, tmp_path / "first").run(RunContext())
    start = tmp_path / "first" / "model.safetensors"
    same_task = trainer(pictures, tmp_path / "second", start_from=start)
    weights = load_model(start)[0].state_dict()
    assert all(torch.equal(weights[name], value) for name, value in same_task.net.state_dict().items())


def test_another_task_starts_from_the_unchanged_picture_nearly(pictures: Path, tmp_path: Path) -> None:
    trainer(pictures, tmp_path / "first").run(RunContext())
    config = TrainConfig(task="deblur", steps=3, batch=2, patch_px=24, depth=6, width=8)
    start = tmp_path / "first" / "model.safetensors"
    net = trainer(pictures, tmp_path / "second", config, start_from=start).net
    first = net.state_dict()["encoder.0.weight"]
    assert first.shape[1] == 7
    assert not first[:, 3:].any()
    torch.testing.assert_close(net.last.weight, load_model(start)[0].last.weight / 100)


@pytest.mark.parametrize("name", [task.name for task in TASKS if task.name != "denoise"])
def test_another_task_starts_with_what_the_net_does_at_its_usual_level(
    name: str, pictures: Path, tmp_path: Path
) -> None:
    """Whatever the planes of the new task say: a part of the net that is silent there would never learn."""
    config = REDNetConfig(depth=6, width=8)
    start = REDNet(config)
    save_model(tmp_path / "start.safetensors", start, ModelHeader("denoise", (0, 75), config, {}))
    recipe = TrainConfig(task=name, steps=3, batch=2, patch_px=24, depth=6, width=8)
    net = trainer(pictures, tmp_path / "run", recipe, start_from=tmp_path / "start.safetensors").net
    picture = torch.rand(1, 3, 24, 24)
    planes = torch.rand(1, net.config.condition_channels, 24, 24)
    usual = torch.full((1, 1, 24, 24), 25 / 75)  # the first layer's own border is another: it sees no level beyond
    with torch.inference_mode():
        expected = start.encoder[0](torch.cat([picture, usual], 1))[..., 1:-1, 1:-1]
        got = net.encoder[0](torch.cat([picture, planes], 1))[..., 1:-1, 1:-1]
    torch.testing.assert_close(got, expected, rtol=1e-2, atol=1e-3)  # models are kept in float16


def test_gray_files_are_damaged_as_gray_pictures_are(tmp_path: Path, photo: NDArray[np.uint8]) -> None:
    cv2.imwrite(str(tmp_path / "gray.png"), photo[..., 1])
    batch = PatchSource(tmp_path, list_pictures(tmp_path), TINY).batch(0, task_named("denoise"))
    assert torch.equal(batch.inputs[:, 0], batch.inputs[:, 2])
    assert batch.targets.shape[1] == 3


def test_weights_of_another_shape_are_refused(pictures: Path, tmp_path: Path) -> None:
    trainer(pictures, tmp_path / "first").save()
    wider = TrainConfig(steps=3, batch=2, patch_px=24, depth=6, width=16)
    with pytest.raises(CheckpointError, match="another shape"):
        trainer(pictures, tmp_path / "second", wider, start_from=tmp_path / "first" / "model.safetensors")


def test_batches_depend_on_seed_and_step_alone(pictures: Path) -> None:
    source = PatchSource(pictures, list_pictures(pictures), TINY)
    first, again, other = (source.batch(step, task_named("denoise")) for step in (7, 7, 8))
    assert torch.equal(first.inputs, again.inputs)
    assert not torch.equal(first.targets, other.targets)
    assert first.inputs.shape == (2, 4, 24, 24)


def test_a_share_of_the_patches_is_gray(pictures: Path) -> None:
    source = PatchSource(pictures, list_pictures(pictures), TINY)
    batches = [source.batch(step, task_named("denoise")) for step in range(100)]
    for patches in (torch.cat([b.targets for b in batches]), torch.cat([b.inputs[:, :3] for b in batches])):
        gray = (patches.amax(1) == patches.amin(1)).flatten(1).all(1).float().mean()
        assert 0.05 < gray < 0.3


def test_held_out_pictures_are_never_trained_on(pictures: Path) -> None:
    training, held_out = split_holdout(list_pictures(pictures), 4)
    assert len(held_out) == 2
    assert not set(training) & set(held_out)
    assert len(training) + len(held_out) == 8


def test_unusable_pictures_are_reported_and_left_out(pictures: Path, tmp_path: Path) -> None:
    good = (pictures / "0.png").read_bytes()
    (tmp_path / "good.png").write_bytes(good)
    (tmp_path / "cut.png").write_bytes(good[:300])
    cv2.imwrite(str(tmp_path / "small.png"), np.zeros((10, 90, 3), np.uint8))
    source = PatchSource(tmp_path, list_pictures(tmp_path), TINY)
    assert sorted(path.name for path, _ in source.unusable) == ["cut.png", "small.png"]


def test_folders_without_pictures_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no such folder"):
        list_pictures(tmp_path / "missing")
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(TrainingError, match="no pictures"):
        list_pictures(tmp_path)
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(TrainingError, match="none of its pictures"):
        PatchSource(tmp_path, list_pictures(tmp_path), TINY)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("steps = ", "not valid TOML"),
        ("stepps = 3", "stepps"),
        ("steps = 0", "at least 1"),
        ("patch_px = 25", "multiple of 2"),
        ('task = "super_resolution"', "multiple of 12"),
        ('task = "sharpen"', "the task must be one of"),
        ('loss = "l3"', "the loss must be one of l1, psnr"),
        ("depth = 7", "depth must be even"),
        ('steps = "many"', "steps must be a whole number, not 'many'"),
        ("batch = 2.5", "batch must be a whole number"),
        ("seed = -1", "seed must be at least 0"),
        ("average = 2.0", "average must be at least 0 and at most 1"),
        ("muon_rate = nan", "muon_rate must be at least 0"),
        ("gray_share = true", "gray_share must be a number, not True"),
    ],
)
def test_bad_recipes_are_one_sentence(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text(text)
    with pytest.raises(TrainingError, match=message):
        read_recipe(tmp_path / "recipe.toml")


def test_overrides_win_over_the_recipe(tmp_path: Path) -> None:
    (tmp_path / "recipe.toml").write_text("steps = 5\nbatch = 3")
    (config,) = read_recipe(tmp_path / "recipe.toml", steps=9, batch=None)
    assert (config.steps, config.batch) == (9, 3)


@pytest.mark.parametrize("shape", [(8, 8), (16, 40), (40, 16)])
def test_muon_steps_have_even_singular_values(shape: tuple[int, int]) -> None:
    matrix = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    values = torch.linalg.svdvals(orthogonalize(matrix))
    assert values.min() > 0.3
    assert values.max() < 1.4


def test_adam_equals_torchs() -> None:
    net, twin = (REDNet(REDNetConfig(4, 4)) for _ in range(2))
    ours = Optimizer(net, TrainConfig(steps=10**9, warmup_steps=0))
    hidden = {id(kernel) for kernel in twin.hidden_kernels()}
    served = {name: p for name, p in twin.named_parameters() if id(p) not in hidden}
    theirs = torch.optim.Adam(served.values(), 1e-3, betas=(0.9, 0.99))
    for step in range(4):
        for (_, parameter), (_, other) in zip(net.named_parameters(), twin.named_parameters(), strict=True):
            parameter.grad = torch.randn(parameter.shape, generator=torch.Generator().manual_seed(step))
            other.grad = parameter.grad.clone()
        ours.step()
        theirs.step()
    for name, expected in served.items():
        torch.testing.assert_close(net.get_parameter(name), expected, rtol=1e-4, atol=1e-6)


def test_hidden_biases_take_the_share_of_the_recipe() -> None:
    moved = list[list[float]]()
    for share in (1.0, 0.25):
        net = REDNet(REDNetConfig(6, 4))
        for parameter in net.parameters():
            parameter.grad = torch.ones_like(parameter)
        before = [parameter.detach().clone() for parameter in net.parameters()]
        Optimizer(net, TrainConfig(warmup_steps=0, bias_share=share)).step()
        moved.append([float((p.detach() - old).norm()) for p, old in zip(net.parameters(), before, strict=True)])
    hidden = {
        f"{half}.{number}.bias" for half, number in (("encoder", 1), ("encoder", 2), ("decoder", 0), ("decoder", 1))
    }
    for (name, _), full, part in zip(net.named_parameters(), *moved, strict=True):
        assert part == pytest.approx(full * (0.25 if name in hidden else 1), rel=1e-4)


def test_rates_rise_then_follow_a_cosine() -> None:
    config = TrainConfig(steps=1000, warmup_steps=100)
    rate = Optimizer(REDNet(REDNetConfig(4, 4)), config).rate
    assert rate(0) == pytest.approx(0.01)
    assert rate(50) == pytest.approx(0.5, rel=0.02)
    assert rate(500) == pytest.approx(0.505, abs=1e-3)
    assert rate(1000) == pytest.approx(0.01)
