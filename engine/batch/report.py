"""What came of a queue: a table, and a page with pictures that needs no other file."""

from __future__ import annotations

import base64
import csv
import html
import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np

from engine.batch.names import free_path
from engine.batch.queue import Entry, Queue, Status, exists
from engine.errors import ImageReadError, ImageWriteError
from engine.safe_file import replace_text
from engine.thumbnail import read_thumbnail

_SIDE_PX = 240
_QUALITY = 80
_COLUMNS = ("number", "source", "result", "status", "what was done", "reason", "seconds")
_STYLE = (
    "body{font:15px system-ui,sans-serif;margin:2em;background:#1b1b1d;color:#e8e8ea}"
    "td,th{padding:.5em;text-align:left;vertical-align:top;border-top:1px solid #444;overflow-wrap:anywhere}"
    "img{display:block}a{color:#8ab4f8}.failed{color:#ff8a80}"
)


def write_report(page: Path, queue: Queue, check: Callable[[], None] = lambda: None) -> Path:
    """Write a page, and beside it a table of the same name; under a free name if that one is taken.

    Args:
        check: called before each picture; what it raises ends the work, and nothing is left of it.

    Returns: the page. Raises: ImageWriteError.
    """
    page = free_path(page, lambda path: exists(path) or exists(path.with_suffix(".csv")))
    try:
        replace_text(page, _page(queue, check))
        replace_text(page.with_suffix(".csv"), [_table(queue)])
    except OSError as error:
        raise ImageWriteError(page, "the report cannot be written; choose another folder, or make room") from error
    return page


def _table(queue: Queue) -> str:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    for entry in queue.entries:
        words = (entry.status, entry.summary, entry.reason, f"{entry.seconds:.1f}")
        table.writerow((entry.number, entry.source, entry.target or "", *words))
    return text.getvalue()


def _page(queue: Queue, check: Callable[[], None]) -> Iterator[str]:
    counts = Counter(entry.status for entry in queue.entries)
    words = ", ".join(f"{number} {status}" for status, number in counts.items())
    yield '<!doctype html><html lang="en"><meta charset="utf-8"><title>Restored pictures</title>'
    yield f"<style>{_STYLE}</style>"
    yield f"<h1>Restored pictures</h1><p>{words}</p><table><tr><th>Before<th>After<th>Picture<th>What was done</tr>\n"
    for entry in queue.entries:
        check()
        yield _row(entry, is_kept=not entry.is_in_place)
    yield "</table></html>\n"


def _row(entry: Entry, *, is_kept: bool) -> str:
    is_done = entry.status is Status.DONE
    before = _picture(entry.source, "before") if is_kept or not is_done else "(replaced)"
    after = _picture(entry.target, "after") if is_done and entry.target is not None else ""
    name = html.escape(str(entry.source))
    if is_done and entry.target is not None:
        name += f'<br>→ <a href="{html.escape(entry.target.as_uri())}">{html.escape(str(entry.target))}</a>'
    words = f"{html.escape(entry.summary)}, {entry.seconds:.1f} s" if is_done else html.escape(entry.reason)
    return f'<tr class="{entry.status}"><td>{before}<td>{after}<td>{name}<td>{entry.status}: {words}</tr>\n'


def _picture(path: Path, what: str) -> str:
    try:
        small = read_thumbnail(path, _SIDE_PX)
    except ImageReadError:
        return ""
    pixels = small.pixels
    if small.alpha is not None:  # on white, as paper
        share = small.alpha[..., None] / 255.0
        pixels = np.asarray(pixels * share + 255 * (1 - share), np.uint8)
    shown = pixels if small.channels == 1 else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    data = cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
    return f'<img alt="{what}" src="data:image/jpeg;base64,{base64.b64encode(data).decode()}">'
