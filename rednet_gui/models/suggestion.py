"""What the file itself suggests to do with a picture."""

from __future__ import annotations

from rednet_gui.models.session import Session, TaskChoice

_CLEAR_FROM = 90
"""At this JPEG quality artefacts are hard to see."""


def suggested_quality(session: Session) -> int | None:
    """The JPEG quality that the open picture suffers from; None if there is nothing to suggest.

    Only before anything is restored, and only what another task than the chosen one would do.
    """
    choice = deblocking(session)
    if choice is None or session.source is None or session.result is not None or session.task is choice.task:
        return None
    quality = session.source.image.metadata.jpeg_quality
    return quality if quality is not None and quality < _CLEAR_FROM else None


def deblocking(session: Session) -> TaskChoice | None:
    """The task that removes JPEG artefacts, if it can run."""
    return next((choice for choice in session.choices if choice.task.name == "deblock" and choice.has_weights), None)
