"""What would be lost with a photo that is taken out, or with the window."""

from __future__ import annotations

from dataclasses import dataclass

from rednet_gui.models.album import Album, Entry
from rednet_gui.models.batch import Batch
from rednet_gui.models.session import Session


@dataclass(frozen=True, slots=True)
class Stake:
    """Work that is nowhere on disk; false if there is none.

    Attributes:
        is_running: whether a photo is being restored because Restore was pressed.
        unsaved: how many photos were worked on and are not saved.
        has_pasted: whether one of all these is in no file itself.
        ends_batch: whether a batch goes that is not kept for the next start.
    """

    is_running: bool = False
    unsaved: int = 0
    has_pasted: bool = False
    ends_batch: bool = False

    def __bool__(self) -> bool:
        return self.is_running or self.unsaved > 0 or self.ends_batch


def stake_in_closing(session: Session, album: Album, batch: Batch | None = None) -> Stake:
    """What goes with the window."""
    source, is_running = session.source, session.is_asked_run
    lost = [entry.path for entry in album.unsaved(besides=source)]
    if source is not None and session.has_unsaved_work:
        lost.append(source.path)
    is_pasted_running = is_running and source is not None and source.path is None
    ends_batch = batch is not None and batch.is_busy and not batch.is_kept
    return Stake(is_running, len(lost), is_pasted_running or None in lost, ends_batch)


def stake_in_removing(session: Session, album: Album, entry: Entry) -> Stake:
    """What goes with a photo that is taken out of the album."""
    is_current = entry.snapshot is not None and entry.snapshot.source is session.source
    is_running = is_current and session.is_asked_run
    is_unsaved = entry.is_unsaved or (is_current and session.has_unsaved_work)
    return Stake(is_running, int(is_unsaved), entry.path is None)
