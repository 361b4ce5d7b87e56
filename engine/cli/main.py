"""`rednet`: the command line. Errors are one line and an exit code; never a traceback."""

from __future__ import annotations

import argparse
import io
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import NoReturn

from engine.cli import evaluate, info, restore, self_test, train
from engine.cli.terminal import CANCELED_EXIT, complain
from engine.device import prepare_process
from engine.errors import (
    Canceled,
    DeviceError,
    EngineError,
    LevelError,
    NameTemplateError,
    ProtocolError,
    UsageError,
)

_USAGE_EXIT, _FAILED_EXIT = 2, 1
log = logging.getLogger(__name__)


class _Parser(argparse.ArgumentParser):
    """Tells wrong usage in one line."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message[:1].upper()}{message[1:]}. See '{self.prog} --help'.")
        self.exit(_USAGE_EXIT)


def make_parser() -> argparse.ArgumentParser:
    """The command line of all commands."""
    parser = _Parser(prog="rednet", description="Restore photos with RED-Net, offline.")
    parser.add_argument("--version", action="version", version=f"rednet {version('rednet-restore')}")
    parser.add_argument("--debug", action="store_true", help="tell every step, and show tracebacks")
    parser.add_argument(
        "--self-test",
        dest="run",
        action="store_const",
        const=self_test.run,
        help="check that everything that was installed works",
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    for command in (restore, info, evaluate, train):
        command.add_parser(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 failed, 2 wrong usage, 130 canceled."""
    parser = make_parser()
    args = parser.parse_args(argv)
    if args.run is None:
        parser.error("a command is needed")
    logging.basicConfig(level=logging.DEBUG if args.debug else logging.CRITICAL, stream=sys.stderr)
    prepare_process()
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name that the terminal cannot show must not end a batch
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code: int = args.run(args)
    except (Canceled, KeyboardInterrupt):
        complain("Canceled.")
        return CANCELED_EXIT
    except (LevelError, DeviceError, NameTemplateError, ProtocolError, UsageError) as error:
        complain(str(error))
        return _USAGE_EXIT
    except EngineError as error:
        complain(str(error))
        return _FAILED_EXIT
    except Exception as error:
        log.exception("unexpected error")
        complain(
            f"Something unexpected went wrong ({type(error).__name__}: {error}). Run 'rednet --debug ...' for details."
        )
        return _FAILED_EXIT
    return code
