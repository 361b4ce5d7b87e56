"""The training loop: steps, guard against divergence, checkpoints, curves."""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from engine.checkpoint import ModelHeader, load_tensors, save_model, save_tensors
from engine.device import choose_training_precision, device_name
from engine.errors import Canceled, CheckpointError, TrainingError
from engine.model import REDNet
from engine.restore import RestoreOptions
from engine.run_context import RunContext
from engine.safe_file import replace_file, replace_text
from engine.tasks import Task
from engine.training.config import RunPaths, TrainConfig, make_recipe
from engine.training.data import Batch, PatchSource
from engine.training.gradients import Gradients
from engine.training.loader import batches
from engine.training.optim import Optimizer
from engine.training.plateau import Plateau
from engine.training.ranks import Ranks
from engine.training.revival import revive
from engine.training.shelf import generator
from engine.training.start import take_over
from engine.training.validation import HeldOut

log = logging.getLogger(__name__)

_PROCESSOR = torch.device("cpu")
_SAVE_EVERY_S = 60.0
_LOG_EVERY = (10, 50)
_GUARD_AFTER_STEPS = 300
_GUARD_FACTOR = 2.5
_LARGEST_LOSS = 1.0  # as wrong as black for white
_ROLLBACK_AFTER = 5
_GIVE_UP_AFTER = 10
_REVIVE_UNTIL = 0.6  # of a run: what is woken later has no time to learn


class Trainer:
    """Trains one net. Killed at any moment and started again, it gives the same weights.

    Attributes:
        step: steps done.
        net: the net in training; the model that is kept has the moving average of its weights.
    """

    def __init__(
        self,
        task: Task,
        config: TrainConfig,
        source: PatchSource,
        held_out: HeldOut,
        paths: RunPaths,
        *,
        start_from: Path | None = None,
        device: torch.device = _PROCESSOR,
        precision: str = "auto",
        ranks: Ranks = Ranks(),  # noqa: B008  # a constant
        on_record: Callable[[dict[str, Any]], None] = lambda record: None,
        on_measured: Callable[[REDNet], None] = lambda net: None,
    ) -> None:
        """Prepare a run, or go on with the one in the run folder.

        Args:
            start_from: a model file whose weights a new run starts from.
            device, precision: what trains, and in which number format; see `choose_training_precision`.
            ranks: the processes that train together; the first one alone writes and calls back.
            on_record: called with each line of the curves.
            on_measured: called with the averaged net whenever the held-out pictures were.
        Raises: CheckpointError, TrainingError: the run folder holds another recipe's run.
        """
        self.task, self.config, self.paths, self._ranks = task, config, paths, ranks
        self._source, self._held_out, self._on_record = source, held_out, on_record
        self._on_measured = on_measured
        self._plateau = Plateau(config.patience)
        self._is_asked_to_finish = False
        self._measured_at = -1
        self._log_every = min(max(config.steps // 40, _LOG_EVERY[0]), _LOG_EVERY[1])
        rng = torch.Generator().manual_seed(config.seed)
        self.net = REDNet(config.network(task.condition_channels), rng=rng)
        if start_from is not None and not paths.state.exists():
            take_over(self.net, start_from, task)
        self.net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's stub lacks it
        self._device = device
        dtype = choose_training_precision(device, precision).dtype
        self._gradients = Gradients(self.net, config.loss, dtype, ranks)
        self._optimizer = Optimizer(self.net, config, dtype)
        self.step = 0
        self._loss = 0.0
        self._skipped, self._skipped_in_a_row, self._seconds = 0, 0, 0.0
        if paths.state.exists():
            self._load()

    @property
    def is_done(self) -> bool:
        """Whether there is nothing more to train."""
        is_over = self.step >= self.config.steps or self._plateau.is_reached
        return is_over or self._is_astray or self._is_asked_to_finish

    @property
    def _is_time_to_revive(self) -> bool:
        every = self.config.revive_every
        return every > 0 and self.step % every == 0 and self.step <= _REVIVE_UNTIL * self.config.steps

    @property
    def _is_time_to_measure(self) -> bool:
        return self.step > 0 and (self.step % self.config.validate_every == 0 or self.step == self.config.steps)

    @property
    def _is_astray(self) -> bool:
        """Whether going back to the average did not help."""
        return self._skipped_in_a_row >= _GIVE_UP_AFTER

    def finish(self) -> None:
        """End after this step as if it were the last one; safe from any thread."""
        self._is_asked_to_finish = True

    def run(self, ctx: RunContext) -> None:
        """Train to the last step of the recipe, or until it gets no better; on `Canceled` the run is saved first.

        Raises: Canceled, CheckpointError, TrainingError: it cannot be written, or it goes astray and was never good.
        """
        saved_at = started = time.monotonic()
        seconds_before = self._seconds
        try:
            if self._is_time_to_measure and self._measured_at != self.step:
                self._validate(ctx)  # a pause came before it
            coming = batches(self._source, self.task, range(self.step, self.config.steps), self._device)
            while not self.is_done:
                self._agree(ctx)
                self._train_step(next(coming))
                now = time.monotonic()
                self._seconds = seconds_before + now - started
                if self._is_time_to_measure:
                    self._validate(ctx)
                if now - saved_at > _SAVE_EVERY_S:
                    self.save()
                    saved_at = now
            if self._is_asked_to_finish and self._measured_at != self.step:
                self._validate(ctx)
        except Canceled:
            self.save()
            raise
        if self._is_astray:
            self._give_up()
        self.save()
        self._keep_best()

    def _give_up(self) -> None:
        """Say that the best measurement has to do. Raises: TrainingError: there is none."""
        if not (self.config.patience and self._ranks.from_first(self.paths.best.exists())):
            words = "learning goes astray again and again; start a new run with other pictures, or with lower rates"
            raise TrainingError(self.paths.folder, words)
        self._record(given_up=True)

    def _agree(self, ctx: RunContext) -> None:
        """Begin a step, or end, all processes alike. Raises: Canceled."""
        is_canceled, self._is_asked_to_finish = self._ranks.any(ctx.is_canceled, self._is_asked_to_finish)
        if is_canceled:
            raise Canceled
        ctx.report(self.step, self.config.steps, unit="step")

    def save(self) -> None:
        """Write the run's state and its model."""
        if not self._ranks.is_first:
            return
        tensors = {f"net/{name}": value for name, value in self.net.state_dict().items()}
        tensors |= {f"average/{name}": value for name, value in self._optimizer.average.items()}
        tensors |= {f"optimizer/{name}": value for name, value in self._optimizer.state.items()}
        facts = {
            "recipe": asdict(self.config),
            "step": self.step,
            "optimizer_steps": self._optimizer.steps,
            "loss": self._loss,
            "skipped": self._skipped,
            "skipped_in_a_row": self._skipped_in_a_row,
            "seconds": self._seconds,
            "measured_at": self._measured_at,
            "plateau": self._plateau.facts(),
        }
        save_tensors(self.paths.state, {name: value.contiguous() for name, value in tensors.items()}, facts)
        save_model(self.paths.model, self.averaged_net(), self._header())

    def averaged_net(self) -> REDNet:
        """A net with the averaged weights."""
        net = REDNet(self.net.config)
        net.load_state_dict(self._optimizer.average)
        return net

    def _header(self) -> ModelHeader:
        facts = {"step": self.step, "hours": round(self._seconds / 3600, 3), "device": device_name(self._device)}
        training = {"recipe": asdict(self.config), **facts}
        return ModelHeader(self.task.name, self.config.levels, self.net.config, training)

    def _load(self) -> None:
        tensors, facts = load_tensors(self.paths.state)
        try:
            # Through a recipe, so that an entry younger than the run has its default.
            if make_recipe(self.paths.state, facts["recipe"] | {"steps": self.config.steps}) != self.config:
                raise TrainingError(self.paths.folder, "it holds a run with another recipe, choose another run folder")
            self.net.load_state_dict(_under(tensors, "net/"))
            _fill(self._optimizer.average, _under(tensors, "average/"))
            _fill(self._optimizer.state, _under(tensors, "optimizer/"))
            self.step, self._optimizer.steps = facts["step"], facts["optimizer_steps"]
            self._loss, self._seconds = facts["loss"], facts["seconds"]
            self._skipped, self._skipped_in_a_row = facts["skipped"], facts["skipped_in_a_row"]
            self._measured_at = facts.get("measured_at", self.step)
            self._plateau.recall(facts.get("plateau", {}))
        except (KeyError, TypeError, RuntimeError) as error:
            raise CheckpointError(self.paths.state, "the run cannot be resumed, start a new one") from error
        if self._ranks.is_first:
            _drop_later_lines(self.paths.curves, self.step)
        log.info("resumed at step %d", self.step)

    def _train_step(self, batch: Batch) -> None:
        if self._is_time_to_revive:
            rng = generator(self.config.seed, self.step)
            self._record(revived=revive(self.net, batch.inputs.to(self._device), rng))
        loss, norm = self._gradients.compute(batch)
        self.step += 1
        if self._is_diverging(loss) or not math.isfinite(norm):
            self._skip(loss)
            return
        self._skipped_in_a_row = 0
        self._optimizer.step()
        self._loss = loss if self._optimizer.steps == 1 else 0.99 * self._loss + 0.01 * loss
        if self.step % self._log_every == 0:
            self._record(loss=self._loss, rate=self._optimizer.rate(self.step))

    def _is_diverging(self, loss: float) -> bool:
        if self._optimizer.steps < _GUARD_AFTER_STEPS:
            return not loss < _LARGEST_LOSS
        return not loss < _GUARD_FACTOR * self._loss

    def _skip(self, loss: float) -> None:
        self._skipped += 1
        self._skipped_in_a_row += 1
        is_rollback = self._skipped_in_a_row == _ROLLBACK_AFTER
        if is_rollback:
            self.net.load_state_dict(self._optimizer.average)
        log.warning("step %d skipped: loss %.3g against %.3g", self.step, loss, self._loss)
        self._record(skipped_loss=loss if math.isfinite(loss) else None, rolled_back=is_rollback)

    def _validate(self, ctx: RunContext) -> None:
        scores = self._ranks.from_first(self._scores(ctx))
        self._measured_at = self.step
        is_best = self._plateau.add(scores)
        if not self._ranks.is_first:
            return
        if is_best and self.config.patience:
            save_model(self.paths.best, self.averaged_net(), self._header())
        self._record(validation=scores, skipped=self._skipped)
        self._on_measured(self.averaged_net())

    def _scores(self, ctx: RunContext) -> dict[str, float] | None:
        """Measure, in one process; the others wait for it, so that it must not be canceled then."""
        if not self._ranks.is_first:
            return None
        part = ctx.without_progress() if self._ranks.count == 1 else RunContext()
        return self._held_out.scores(self.averaged_net(), self.task, part, RestoreOptions(device=self._device.type))

    def _keep_best(self) -> None:
        """The model of the best measurement is the result of a run that watches for one."""
        if self._ranks.is_first and self.config.patience and self.paths.best.exists():
            try:
                replace_file(self.paths.model, [self.paths.best.read_bytes()])
            except OSError as error:
                raise TrainingError(self.paths.model, "it cannot be written, make room and go on") from error

    def _record(self, **values: Any) -> None:
        if not self._ranks.is_first:
            return
        record = {"step": self.step, "seconds": round(self._seconds, 1), **values}
        try:
            self.paths.folder.mkdir(parents=True, exist_ok=True)
            with self.paths.curves.open("a", encoding="utf-8") as file:
                file.write(json.dumps(record) + "\n")
        except OSError as error:
            raise TrainingError(self.paths.curves, "it cannot be written, make room and go on") from error
        self._on_record(record)


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}


def _fill(tensors: dict[str, Tensor], kept: dict[str, Tensor]) -> None:
    for name, tensor in tensors.items():
        if kept[name].shape != tensor.shape:
            raise KeyError(name)
        tensor.copy_(kept[name])


def _drop_later_lines(curves: Path, step: int) -> None:
    """Forget what was recorded after the checkpoint: those steps are done again."""
    if curves.exists():
        lines = [line for line in curves.read_text(encoding="utf-8").splitlines() if _step_of(line) <= step]
        replace_text(curves, (line + "\n" for line in lines))


def _step_of(line: str) -> float:
    try:
        return float(json.loads(line)["step"])
    except (ValueError, KeyError):
        return float("inf")  # the line that a kill cut off
