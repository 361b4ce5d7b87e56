"""The errors the engine raises for events a user can cause; anything else is a bug."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class EngineError(Exception):
    """Base of every expected failure. `str(error)` is one clear sentence. Goes from process to process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _made_again, (type(self), self.args, self.__dict__)


def _made_again(kind: type[EngineError], args: tuple[object, ...], facts: dict[str, object]) -> EngineError:
    error = kind.__new__(kind, *args)  # what the error says is in these, not what it was made of
    error.__dict__.update(facts)
    return error


class Canceled(EngineError):
    """The caller asked the work to stop; raised at the next checkpoint."""

    def __init__(self) -> None:
        super().__init__("Canceled.")


class _PathError(EngineError):
    """A failure that concerns one file.

    Attributes:
        path: the file.
        reason: what is wrong and what to do, lower case, without a full stop.
    """

    _what = "Cannot use"

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path = Path(path)
        self.reason = reason
        super().__init__(f"{self._what} {self.path}: {reason}.")


class ImageReadError(_PathError):
    """A picture could not be opened."""

    _what = "Cannot open"


class ImageWriteError(_PathError):
    """A picture could not be saved; what was there before is untouched."""

    _what = "Cannot save"


class NameTakenError(ImageWriteError):
    """Somebody else has made a file of that name meanwhile, and nothing is to be replaced."""


class AlreadyRestoredError(ImageWriteError):
    """The picture that is there was made by the same steps; it is left out, which is no failure."""

    _what = "Left out"


class CheckpointError(_PathError):
    """A model file is missing, damaged or made for something else."""

    _what = "Cannot use the model"


class TrainingError(_PathError):
    """Training cannot start or go on: folder, recipe or run folder."""

    _what = "Cannot train with"


class StepsError(_PathError):
    """A file of steps, or the steps in a picture, cannot be used."""

    _what = "Cannot use the steps in"


class NewerStepsError(StepsError):
    """They are of a version that knows more."""


class QueueError(_PathError):
    """The file of a batch queue cannot be used."""

    _what = "Cannot use the queue"


class DamagedQueueError(QueueError):
    """The file of a batch queue makes no sense to any version."""


class NameTemplateError(EngineError):
    """No file names can be made of a template.

    Attributes:
        reason: what is wrong and what to do, lower case, without a full stop.
    """

    def __init__(self, template: str, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Cannot make names of '{template}': {reason}.")


class LevelError(EngineError):
    """A level is outside what the task can do.

    Attributes:
        task: name of the task.
        reason: the allowed range or values, lower case, without a full stop.
    """

    def __init__(self, task: str, reason: str) -> None:
        self.task = task
        self.reason = reason
        super().__init__(f"Wrong level for {task}: {reason}.")


class KernelError(EngineError):
    """What was drawn, chosen or framed gives no usable blur kernel.

    Attributes:
        reason: what is wrong and what to do, lower case, without a full stop.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Cannot use this blur: {reason}.")


class UsageError(EngineError):
    """Options that do not go together, or lack another one; one sentence."""


class ProtocolError(EngineError):
    """A table cannot be measured: there is none of that name, or its data are not all there."""


class NoModelError(EngineError):
    """No trained weights exist for a task yet.

    Attributes:
        task: name of the task.
    """

    def __init__(self, task: str) -> None:
        self.task = task
        super().__init__(
            f"There are no weights for {task} yet: train some with 'rednet train' and name them with --model."
        )


class DeviceError(EngineError):
    """The chosen device does not exist on this machine."""


class DeviceMemoryError(EngineError):
    """Not enough main memory, even for the smallest tile.

    Attributes:
        needed_bytes: an estimate.
    """

    def __init__(self, needed_bytes: int) -> None:
        self.needed_bytes = needed_bytes
        super().__init__(
            f"Not enough memory: about {needed_bytes / 2**20:.0f} MiB are needed. Close other programs and try again."
        )


class FleetError(EngineError):
    """A Dask cluster cannot be used, or is lost.

    Attributes:
        address: of its scheduler.
        reason: what is wrong and what to do, lower case, without a full stop.
    """

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"Cannot use the cluster at {address}: {reason}.")


class WorkerError(_PathError):
    """Workers of a cluster die of a picture."""

    _what = "Cannot restore"

    def __init__(self, path: Path | str) -> None:
        reason = "several workers ended while they worked on it, perhaps for want of memory; restore it here"
        super().__init__(path, f"{reason}, without --scheduler")
