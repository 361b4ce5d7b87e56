"""What the versions on a contact sheet are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from rednet_gui.models.blur import BlurKind, SizedBlur
from rednet_gui.models.variants import Origin, Variant
from rednet_gui.text import level_number
from rednet_gui.views.widgets import percent_words

translate = QCoreApplication.translate


def caption(task: str, variant: Variant) -> str:
    """A few words for below the picture."""
    if variant.origin is Origin.PHOTO:
        return translate("contact_sheet", "Original")
    if variant.origin is Origin.FILTER:
        return _filter_name(variant)
    level = _level_words(task, variant.value)
    if variant.blur is not None:
        return f"{_blur_words(variant.blur)} · {level}"
    strength = _strength_words(variant)
    return f"{level} · {strength}" if level else translate("contact_sheet", "Network · %1").replace("%1", strength)


def help_words(variant: Variant) -> str:
    """What the version is there for, one or two sentences."""
    if variant.origin is Origin.PHOTO:
        return translate("contact_sheet", "The photo as it is, to compare with.")
    if variant.origin is Origin.FILTER:
        return translate(
            "contact_sheet",
            "A classical filter, to compare with. It cannot be chosen: photos are restored by networks.",
        )
    if variant.blur is not None:
        return translate(
            "contact_sheet",
            "Restored as if the blur had this size. The correct one has clean outlines. Click or Enter takes it.",
        )
    if variant.strength.texture:
        return translate("contact_sheet", "Restored, with fine detail brought back. Click or Enter takes it.")
    if variant.strength.is_neutral:
        return translate("contact_sheet", "Restored in full. Click or Enter takes it.")
    return translate("contact_sheet", "Restored, mixed with the original. Click or Enter takes it.")


def _filter_name(variant: Variant) -> str:
    assert variant.filter is not None
    return {
        "non_local_means": translate("contact_sheet", "Non-local means"),
        "bicubic": translate("contact_sheet", "Bicubic"),
        "lanczos": translate("contact_sheet", "Lanczos"),
        "wiener": translate("contact_sheet", "Wiener filter"),
        "telea": translate("contact_sheet", "Telea"),
        "navier_stokes": translate("contact_sheet", "Navier-Stokes"),
    }[variant.filter.value]


def _level_words(task: str, value: float) -> str:
    number = level_number(task, value)
    match task:
        case "denoise" | "camera_noise" | "deblur":
            return translate("contact_sheet", "Noise %1").replace("%1", number)
        case "super_resolution":
            return translate("contact_sheet", "× %1").replace("%1", number)
        case "deblock":
            return translate("contact_sheet", "Quality %1").replace("%1", number)
    return ""


def _blur_words(blur: SizedBlur) -> str:
    words = {
        BlurKind.DISK: translate("contact_sheet", "Radius %1"),
        BlurKind.GAUSSIAN: translate("contact_sheet", "Softness %1"),
        BlurKind.MOTION: translate("contact_sheet", "Length %1"),
    }[blur.kind]
    return words.replace("%1", QLocale().toString(blur.size, "f", 1))


def _strength_words(variant: Variant) -> str:
    if variant.strength.texture:
        return translate("contact_sheet", "with texture")
    return percent_words(variant.strength.luma)
