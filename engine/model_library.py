"""The user's own models: files in the user's data folder, each with a card that says where it comes from."""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs

from engine.checkpoint import ModelHeader, load_model, load_tensors, read_header, save_model, save_tensors
from engine.errors import CheckpointError
from engine.safe_file import replace_text

log = logging.getLogger(__name__)

STOCK = "stock"
"""Stands for the shipped model of a task where a model is named; no model of the user's has this name."""

SUFFIX = ".safetensors"
_APP_NAME = "rednet-restore"
_CARD = "card"
_CHOICES = "default.json"
_LONGEST_NAME = 60
_LONGEST_FILE_NAME = 40  # letters, so that with all else a disk can hold it
_TOKEN_BYTES = 8


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A model of the user's.

    Attributes:
        name: as the user calls it.
        path: its file.
        task: what it restores.
        levels: smallest and largest level that it was trained for.
        card: facts for people: "data", "pictures", "date", "hours", "stock", "own", "gain", "low", "high".
    """

    name: str
    path: Path
    task: str
    levels: tuple[float, float]
    card: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """What a copy of its file may be called."""
        return _slug(self.name) + SUFFIX


class ModelLibrary:
    """Keeps models; the shipped ones are not among them and never change.

    Args:
        folder: where they lie; None for the platform's own place.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or platformdirs.user_data_path(_APP_NAME, appauthor=False)) / "models"

    def models(self, task: str | None = None) -> tuple[OwnModel, ...]:
        """All that can be used, or those of a task, by name."""
        found = [model for path in sorted(self.folder.glob(f"*{SUFFIX}")) if (model := _read(path)) is not None]
        return tuple(sorted((m for m in found if task in (None, m.task)), key=lambda model: model.name.casefold()))

    def add(self, path: Path, name: str, card: Mapping[str, Any]) -> OwnModel:
        """Keep a copy of a model file, under a similar name if that one is taken. Raises: CheckpointError."""
        net, header = load_model(path)
        name = self._free_name(name)
        # A net that is held in memory is known by its file, so the name of a deleted one must not come back.
        target = self.folder / f"{_slug(name)}-{secrets.token_hex(_TOKEN_BYTES)}{SUFFIX}"
        save_model(target, net, _named(header, name, card))
        return OwnModel(name, target, header.task, header.levels, dict(card))

    def rename(self, model: OwnModel, name: str) -> OwnModel:
        """Call it otherwise; its file stays where it is. Raises: CheckpointError."""
        name = _tidy(name)
        if not name or name == model.name:
            return model
        name = self._free_name(name)
        net, header = load_model(model.path)
        save_model(model.path, net, _named(header, name, model.card))
        return replace(model, name=name)

    def export(self, model: OwnModel, target: Path) -> None:
        """Write a copy, card and all, which `take_in` takes. Raises: CheckpointError."""
        _copy(model.path, target)

    def take_in(self, path: Path) -> OwnModel:
        """Keep a copy of a file from elsewhere. Raises: CheckpointError: it is no model."""
        header = read_header(path)
        card = header.training.get(_CARD, {})
        name = str(card.get("name", "")) if isinstance(card, Mapping) else ""
        facts = {key: value for key, value in card.items() if key != "name"} if isinstance(card, Mapping) else {}
        return self.add(path, name or path.stem, facts)

    def delete(self, model: OwnModel) -> None:
        """Remove it for good; the stock model takes its place. Raises: CheckpointError."""
        if self.default(model.task) == model:
            self.set_default(model.task, None)
        try:
            model.path.unlink(missing_ok=True)
        except OSError as error:
            raise CheckpointError(model.path, "it cannot be deleted, check the permissions of its folder") from error

    def default(self, task: str) -> OwnModel | None:
        """The model that the user chose for a task; None for the stock model."""
        chosen = self._choices().get(task)
        path = self.folder / chosen if isinstance(chosen, str) and chosen == Path(chosen).name else None
        model = _read(path) if path is not None and path.is_file() else None
        return model if model is not None and model.task == task else None

    def set_default(self, task: str, model: OwnModel | None) -> None:
        """Use a model for a task from now on; None for the stock model. Raises: CheckpointError."""
        choices = {key: value for key, value in self._choices().items() if key != task}
        if model is not None:
            choices[task] = model.path.name
        path = self.folder / _CHOICES
        text = json.dumps(choices, indent=1) + "\n"
        try:
            replace_text(path, [text])
        except OSError as error:
            raise CheckpointError(path, "it cannot be written, choose another folder or make room") from error

    def find(self, name: str, task: str | None = None) -> OwnModel | None:
        """The model of that name."""
        return next((model for model in self.models(task) if model.name == name), None)

    def resolve(self, asked: str | None, task: str) -> Path | None:
        """The file that a command line names: by its path, or by a model's name; None for the stock model.

        Args:
            asked: None for what the user has set as default.
        Raises: CheckpointError: there is neither.
        """
        if asked is None:
            model = self.default(task)
        elif asked == STOCK:
            model = None
        elif Path(asked).is_file():
            return Path(asked)
        elif asked.endswith(SUFFIX):
            raise CheckpointError(asked, "there is no such file")
        else:
            model = self.find(asked, task) or self.find(asked)
            if model is None:
                raise CheckpointError(asked, "there is neither such a file nor a model of yours with that name")
        return None if model is None else model.path

    def _choices(self) -> dict[str, Any]:
        try:
            choices = json.loads((self.folder / _CHOICES).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            log.warning("the choice of models cannot be read: %s", error)
            return {}
        return choices if isinstance(choices, dict) else {}

    def _free_name(self, name: str) -> str:
        taken = {model.name for model in self.models()} | {STOCK}
        name = _tidy(name) or "Model"
        found, number = name, 2
        while found in taken:
            found, number = f"{name} {number}", number + 1
        return found


def _read(path: Path) -> OwnModel | None:
    try:
        header = read_header(path)
    except CheckpointError as error:
        log.warning("a model cannot be used: %s", error.reason)
        return None
    card = header.training.get(_CARD, {})
    card = dict(card) if isinstance(card, Mapping) else {}
    return OwnModel(str(card.pop("name", path.stem)), path, header.task, header.levels, card)


def _named(header: ModelHeader, name: str, card: Mapping[str, Any]) -> ModelHeader:
    return replace(header, training={**header.training, _CARD: {**card, "name": name}})


def _tidy(name: str) -> str:
    return " ".join(name.split())[:_LONGEST_NAME]


def _slug(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name[:_LONGEST_FILE_NAME]).strip("-").lower() or "model"


def _copy(source: Path, target: Path) -> None:
    save_tensors(target, *load_tensors(source))  # what is damaged is not passed on
