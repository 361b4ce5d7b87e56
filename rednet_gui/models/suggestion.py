"""What the file itself suggests to do with a picture."""

from __future__ import annotations

from rednet_gui.models.session import Session

_CLEAR_FROM = 90
"""At this JPEG quality artefacts are hard to see."""


def suggested_quality(session: Session) -> int | None:
    """The JPEG quality that the open picture suffers from; None if there is nothing to suggest.

    Only before anything is restored, and only what another task than the chosen one would do.
    """
    if session.source is None or session.result is not None or session.task.name == "deblock":
        return None
    quality = session.source.image.metadata.jpeg_quality
    return quality if quality is not None and quality < _CLEAR_FROM else None
