"""A picture in the window: what was opened, what came of it, and how it was left."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from engine.image_io import Image
from engine.steps import Step
from engine.strength import Strength
from rednet_gui.models.mask import Painting
from rednet_gui.models.mask_store import mask_name
from rednet_gui.models.picture_state import PictureState
from rednet_gui.models.picture_view import PictureView
from rednet_gui.models.step_list import Track


@dataclass(frozen=True, slots=True)
class Source:
    """The picture that was opened.

    Attributes:
        path: its file; None if it was pasted.
        format: the file type to suggest when saving, a suffix with its dot.
        done: the steps that made `image` of what is in the file.
        track: all its steps, and what they gave; the same for all that is made of one file.
    """

    image: Image
    view: PictureView
    path: Path | None
    format: str
    done: tuple[Step, ...] = ()
    track: Track = field(default_factory=Track, compare=False)

    @property
    def title(self) -> str:
        """What the picture is called on screen; empty for a pasted one."""
        return "" if self.path is None else self.path.name

    @property
    def mask_name(self) -> str:
        """The file of what is painted on it; empty if it was pasted, or is not the input of the current step yet."""
        line = self.track.line
        is_input = line is None or self.done == line.before
        return mask_name(self.path, len(self.done)) if self.path is not None and is_input else ""

    @property
    def result_name(self) -> str:
        """The file name to suggest for its restored version."""
        stem = "pasted" if self.path is None else self.path.stem
        return f"{stem}-restored{self.format}"


@dataclass(frozen=True, slots=True)
class Result:
    """The restored picture, and how it was made.

    Attributes:
        level: what was used, in the task's unit.
        seconds: how long the network took.
        device, precision: where and in which number format it ran.
        step: the same as a step, without the strength.
        model: the file of the network that ran; None for the shipped one.
    """

    image: Image
    view: PictureView
    task: str
    level: float
    seconds: float
    device: str
    precision: str
    step: Step
    model: Path | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture as it was worked on, to go back to.

    Attributes:
        result: None if there is none yet.
        estimate: what the level seems to be; None if unknown.
        painting: the mask; None if the picture was opened just now.
    """

    source: Source
    state: PictureState
    result: Result | None
    is_result_saved: bool
    estimate: float | None
    strength: Strength = field(default_factory=Strength)
    painting: Painting | None = None

    @property
    def has_own_work(self) -> bool:
        """Whether there is a mask, or steps before the current one."""
        return bool(self.source.done) or (self.painting is not None and self.painting.painted > 0)
