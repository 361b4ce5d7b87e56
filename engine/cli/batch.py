"""`rednet restore` on folders: a queue that goes on after an interruption when the same is called again."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from engine.batch.names import SAME_NAME, NameTemplate
from engine.batch.queue import BatchOptions, Entry, Queue, Status, is_same_place
from engine.batch.report import write_report
from engine.batch.runner import Batch, Tools, Write, make_folder, retry_missing
from engine.batch.words import describe
from engine.cli.fleet import work_on_cluster
from engine.cli.step_options import Nets, asked_tasks, model_files, settled_steps
from engine.cli.terminal import complain, live_context, say
from engine.errors import ImageReadError, QueueError, UsageError
from engine.fleet.cluster import connected
from engine.image_io import WRITABLE_SUFFIXES, Image, read_image, write_image
from engine.lock import only_one
from engine.output_profile import read_profile
from engine.picture_search import Plan, Planned, is_folder, plan
from engine.run_context import RunContext

_QUEUE_NAME = ".rednet-queue.json"
_REPORT_NAME = "rednet-report.html"


def add_batch_options(parser: argparse.ArgumentParser) -> None:
    """Folders, names, and a report."""
    parser.add_argument("--recursive", action="store_true", help="folders with all that are in them, mirrored in OUT")
    parser.add_argument(
        "--name",
        metavar="TEMPLATE",
        help="names of the results, such as '{name}-{task}.{ext}'; also {level} and {n} or {n:03}; "
        "a name that is taken gets a number",
    )
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="replace files that are there, sources too; without it only the one that OUT names, unless it is a source",
    )
    parser.add_argument(
        "--report",
        nargs="?",
        const="",
        type=_page,
        metavar="FILE.html",
        help=f"a page and a table; default: OUT/{_REPORT_NAME}",
    )


def _page(text: str) -> str:
    """The name of a page, beside which there is room for a table; empty for the usual one."""
    if text and (not text.lower().endswith((".html", ".htm")) or is_folder(Path(text))):
        raise argparse.ArgumentTypeError(f"a page's name ends in .html, not '{text}'")
    return text


def add_profile_option(parser: argparse.ArgumentParser) -> None:
    """`--profile`."""
    parser.add_argument(
        "--profile",
        metavar="srgb|FILE.icc",
        help="convert the colors of the results to this profile (default: that of each picture stays)",
    )


def asked_profile(args: argparse.Namespace) -> bytes | None:
    """The profile of the results; None for that of each source. Raises: ImageReadError."""
    return None if args.profile is None else read_profile(args.profile)


def is_batch(args: argparse.Namespace) -> bool:
    """Whether it is about more than one file that becomes the one that OUT names."""
    if _goes_on(args) or len(args.inputs) > 1:
        return True
    return is_folder(Path(args.output)) or args.output.endswith(("/", "\\"))


def run_batch(args: argparse.Namespace) -> int:
    """Restore several pictures, or into a folder; much work goes on where the same call was interrupted."""
    output = _folder(args)
    options, found = _asked(args, output)
    if not found.items:
        return 1
    with _workforce(args) as work:
        make_folder(output)
        code = _run_queue(args, options, found.items, work) if _goes_on(args) else work(_aimed(options, found))
    return code or int(not _is_complete(found))


def _folder(args: argparse.Namespace) -> Path:
    """Where the results go. Raises: UsageError: it is a picture."""
    output = Path(args.output).absolute()
    if output.suffix.lower() in WRITABLE_SUFFIXES and not is_folder(output):
        raise UsageError(
            "OUT must be a folder for several pictures, folders, --recursive, --name, --report and --scheduler, and "
            f"{args.output} is none."
        )
    return output


def _goes_on(args: argparse.Namespace) -> bool:
    """Whether the same call, made again after an interruption, does no picture twice; some named files are restored
    as often as asked, unless that may be in place."""
    has_value = any(value is not None for value in (args.name, args.report, args.scheduler))
    output = Path(args.output)
    is_beyond_recall = args.overwrite and any(is_same_place(output / path.name, path) for path in args.inputs)
    return has_value or args.recursive or is_beyond_recall or any(map(is_folder, args.inputs))


def _aimed(options: BatchOptions, found: Plan) -> Queue:
    queue = Queue(options)
    queue.add(found.items)
    queue.aim()
    return queue


def _is_complete(found: Plan) -> bool:
    """Whether all that was named is there and pictures."""
    return not (found.problems or found.strangers)


def _run_queue(
    args: argparse.Namespace, options: BatchOptions, found: Sequence[Planned], work: Callable[[Queue], int]
) -> int:
    assert options.folder is not None
    output = options.folder
    path = output / _QUEUE_NAME
    held_error = QueueError(path, "another program is working on it; wait until that has ended")
    refused_error = QueueError(path, "you may not write there; choose another folder for the results")
    with only_one(path.with_suffix(".lock"), held_error, refused_error):
        queue = _resumed(path, options, found)
        queue.add(found)
        queue.aim()
        queue.save()
        code = work(queue)
        if args.report is not None:
            page = Path(args.report).absolute() if args.report else output / _REPORT_NAME
            say(f"The report is {write_report(page, queue)}.")
        if code == 0:
            path.unlink(missing_ok=True)
    return code


@contextmanager
def _workforce(args: argparse.Namespace) -> Iterator[Callable[[Queue], int]]:
    """What restores what waits in a queue and tells of each picture: this machine, or a cluster."""
    if args.scheduler is None:
        nets = Nets(asked_tasks(args), args)
        yield lambda queue: work_through(queue, nets, read_image, write_image)
        return
    with connected(args.scheduler) as cluster:

        def work(queue: Queue) -> int:
            work_on_cluster(queue, cluster, args, _tell)
            return _count_failures(queue)

        yield work


def batch_targets(args: argparse.Namespace) -> tuple[list[tuple[Path, Path]], bool]:
    """Each picture and where it would be saved; and whether all that was named is there and pictures."""
    options, found = _asked(args, _folder(args))
    entries = _aimed(options, found).entries
    return [(entry.source, entry.target) for entry in entries if entry.target is not None], _is_complete(found)


def _asked(args: argparse.Namespace, output: Path) -> tuple[BatchOptions, Plan]:
    """What to do, and with which pictures; how many results of others are left out is told."""
    found, options = _found(args, output), _options(args, output)
    items = options.without_results(found.items)
    if left := len(found.items) - len(items):
        complain(f"Left out as results of others, by their names: {left}.")
    return options, replace(found, items=items)


def _found(args: argparse.Namespace, output: Path) -> Plan:
    """The pictures; what else was named, or cannot be looked into, is told."""
    found = plan(
        args.inputs, is_recursive=args.recursive, keeps_names=len(args.inputs) > 1, leaves_out=_left_out(args, output)
    )
    for problem in (*found.problems, *(f"Cannot open {path}: it is no picture." for path in found.strangers)):
        complain(problem)
    folder = next(filter(is_folder, args.inputs), None)
    if folder is not None and not found.items:
        raise ImageReadError(folder, "there are no pictures in it; with --recursive, inner folders count too")
    return found


def _options(args: argparse.Namespace, output: Path) -> BatchOptions:
    template = NameTemplate(args.name or SAME_NAME)
    return BatchOptions(
        settled_steps(args), output, template, args.overwrite, note=_note(args), profile=asked_profile(args)
    )


def work_through(queue: Queue, nets: Nets, read: Callable[[Path], Image], write: Write) -> int:
    """Restore what waits in a queue and tell of each picture; an exit code."""
    total = len(queue.entries)

    @contextmanager
    def context(entry: Entry, image: Image) -> Iterator[RunContext]:
        title = entry.source.name if total == 1 else f"{entry.number}/{total} {entry.source.name}"
        with live_context(title, amount=image.megapixels, unit="MP") as ctx:
            yield ctx

    Batch(queue, Tools(nets.restore, context, describe, read=read, write=write), _tell).run(RunContext())
    return _count_failures(queue)


def _count_failures(queue: Queue) -> int:
    failures, total = sum(entry.status is Status.FAILED for entry in queue.entries), len(queue.entries)
    if failures and total > 1:
        complain(f"{failures} of {total} pictures could not be restored.")
    return 1 if failures else 0


def _tell(entry: Entry) -> None:
    if entry.status is Status.DONE:
        say(f"{entry.source} -> {entry.target}: {entry.summary}, {entry.seconds:.1f} s; {entry.kept}")
    elif entry.status is Status.SKIPPED:
        say(entry.reason)
    elif entry.status is Status.FAILED:
        complain(entry.reason)


def _resumed(path: Path, options: BatchOptions, found: Sequence[Planned]) -> Queue:
    """What the same call left, or a new queue: of other pictures only what is done, and again whose result is gone."""
    queue = Queue.load(path)
    if queue is not None and queue.options != options:
        if any(entry.status is Status.DONE and entry.is_in_place for entry in queue.entries):
            reason = "some pictures were restored in place with other settings; finish with those, or delete this file"
            raise QueueError(path, reason)
        waiting = sum(entry.status not in (Status.DONE, Status.SKIPPED) for entry in queue.entries)
        complain(
            f"Beginning anew: an earlier call with other settings left {waiting} pictures undone in {path.parent}."
        )
        queue = None
    if queue is None:
        return Queue(options, path=path)
    queue.recover()
    queue.keep_only({item.source for item in found})
    retry_missing(queue)
    done = sum(entry.status is Status.DONE for entry in queue.entries)
    say(f"Going on where it was interrupted: {done} of {len(queue.entries)} pictures are done.")
    return queue


def _left_out(args: argparse.Namespace, output: Path) -> list[Path]:
    """Results of an earlier call are no sources, unless they lie among them."""
    return [] if output in [path.absolute() for path in args.inputs] else [output]


def _note(args: argparse.Namespace) -> str:
    """What else the results depend on."""
    own = [path for path in model_files(asked_tasks(args), args).values() if path is not None]
    models = " ".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in own)
    return f"{args.device} {args.precision} {args.tile} {args.ensemble} {models}"
