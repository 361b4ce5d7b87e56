"""Says in the user's words what became of files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from engine.saved import Loss, Part, Reason, Saved

translate = QCoreApplication.translate


def describe_saved(saved: Saved) -> str:
    """What is in the file, and what is not and why; one or two sentences."""
    facts = [translate("saved", "%1-bit %2").replace("%1", str(saved.bits)).replace("%2", saved.format)]
    facts += [saved.profile] if saved.profile else []
    kept = [_parts()[part] for part in saved.kept if part is not Part.PROFILE]
    if kept:
        facts.append(translate("saved", "%1 kept").replace("%1", QLocale().createSeparatedList(kept)))
    sentence = translate("saved", "%1.").replace("%1", ", ".join(facts))
    if not saved.lost:
        return sentence
    lost = "; ".join(_loss(loss) for loss in saved.lost)
    addition = translate("saved", "Not kept: %1.").replace("%1", lost)
    return f"{sentence} {addition}"


def cannot_open(path: Path) -> str:
    """That the system has no program for a page or a folder, and where it lies; two lines."""
    title = translate("saved", "This system has no program to show that")
    place = translate("saved", "It is at %1").replace("%1", str(path))
    return f"{title}\n{place}"


def _loss(loss: Loss) -> str:
    words = translate("saved", "%1 (%2)").replace("%1", _parts()[loss.part])
    return words.replace("%2", _reasons()[loss.reason])


def _parts() -> dict[Part, str]:
    return {
        Part.PROFILE: translate("saved", "color profile"),
        Part.EXIF: translate("saved", "EXIF"),
        Part.LONG_EXIF: translate("saved", "the longest EXIF field"),
        Part.GPS: translate("saved", "GPS"),
        Part.XMP: translate("saved", "XMP"),
        Part.XMP_EXTENSION: translate("saved", "extended XMP"),
        Part.IPTC: translate("saved", "IPTC"),
        Part.RESOLUTION: translate("saved", "resolution"),
        Part.ALPHA: translate("saved", "transparency"),
        Part.DEPTH: translate("saved", "bit depth"),
        Part.PAGES: translate("saved", "further pages"),
        Part.COMPANIONS: translate("saved", "HDR or film"),
        Part.TEXTS: translate("saved", "texts"),
        Part.LAYERS: translate("saved", "layers"),
        Part.INKS: translate("saved", "CMYK"),
    }


def _reasons() -> dict[Reason, str]:
    return {
        Reason.FORMAT: translate("saved", "the format has no place for it"),
        Reason.TOO_LARGE: translate("saved", "it is too large for the format"),
        Reason.DAMAGED: translate("saved", "it is damaged"),
        Reason.CONVERTED: translate("saved", "converted to sRGB"),
        Reason.ROUNDED: translate("saved", "rounded to 8 or 16 bits"),
        Reason.FIRST_ONLY: translate("saved", "only the first is restored"),
        Reason.PICTURE_ONLY: translate("saved", "only the picture is restored"),
    }
