"""A connection to a Dask cluster: the only module that knows Dask, which is optional."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any

from engine.errors import FleetError
from engine.fleet.worker import Errand, Outcome, carry_out, program_version

CONNECT_S = 10.0
_WORKERS_S = 10.0
_RESULT_S = 10.0
_BROKEN = (OSError, CancelledError)  # what a connection that breaks makes of calls
_TALKATIVE = ("distributed", "tornado", "asyncio")
_AHEAD = 2  # errands per thread of the workers: one under way, one at hand


class WorkersLostError(Exception):
    """One worker after the other has died of an errand."""


class Cluster:
    """The workers of a scheduler; made by `connected`."""

    def __init__(self, address: str, client: Any) -> None:
        self.address = address
        self._client = client

    def worker_count(self) -> int:
        """How many workers there are now."""
        return len(self._threads())

    def room(self) -> int:
        """How many errands should be on their way, so that no worker waits and no memory fills with them."""
        return max(1, _AHEAD * sum(self._threads().values()))

    def send(self, errand: Errand) -> Any:
        """Have an errand carried out; if its worker is lost, by another one. Returns: what `finished` takes."""
        return self._client.submit(carry_out, errand, pure=False)

    def finished(self, sent: Iterable[Any], wait_s: float) -> list[Any]:
        """Those that are at their end, after a while at most.

        Raises: FleetError: the scheduler is gone, and what was sent with it.
        """
        from distributed import wait

        going = list(sent)
        try:
            with self._client.as_current():
                wait(going, timeout=wait_s, return_when="FIRST_COMPLETED")
        except TimeoutError:
            pass
        except _BROKEN as error:
            raise self._lost() from error
        if self._client.status != "running" or any(future.cancelled() for future in going):
            raise self._lost()
        return [future for future in going if future.done()]

    def outcome(self, future: Any) -> Outcome | None:
        """What came of a finished errand; None if that was lost with its worker and is being made again.

        Raises: WorkersLostError; FleetError; what `carry_out` raises.
        """
        from distributed import KilledWorker

        try:
            outcome: Outcome = future.result(timeout=_RESULT_S)
        except TimeoutError:
            return None
        except KilledWorker as error:
            raise WorkersLostError from error
        except _BROKEN as error:
            raise self._lost() from error
        return outcome

    def call_off(self, sent: Iterable[Any]) -> None:
        """Forget errands; a worker that is at one ends it in vain."""
        with suppress(OSError, TimeoutError):  # of a connection that breaks
            if self._client.status == "running":
                self._client.cancel(list(sent), force=True)

    def check_workers(self) -> None:
        """Find out whether the workers have this program. Raises: FleetError."""
        try:
            self._client.wait_for_workers(1, timeout=_WORKERS_S)
        except TimeoutError as error:
            reason = f"it has no workers; start some with 'dask worker {self.address}'"
            raise FleetError(self.address, reason) from error
        own = program_version()
        for worker, found in self._client.run(program_version, on_error="return").items():
            if found != own:
                has = f"has version {found}" if isinstance(found, str) else "lacks the program"
                raise FleetError(self.address, f"worker {worker} {has}; install version {own} there")

    def _threads(self) -> dict[str, int]:
        try:
            return dict(self._client.nthreads())
        except _BROKEN as error:
            raise self._lost() from error

    def _lost(self) -> FleetError:
        reason = "the connection to its scheduler is lost; make the same call again to go on where it stopped"
        return FleetError(self.address, reason)


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of a scheduler such as tcp://10.0.0.5:8786.

    Raises: FleetError: it cannot be reached within seconds, has no workers, or those lack this program.
    """
    try:
        import dask
        from distributed import Client
        from distributed.comm.addressing import resolve_address
    except ImportError as error:
        reason = "dask.distributed is not installed; install it with 'pip install distributed'"
        raise FleetError(address, reason) from error
    _be_quiet()
    # Pictures are sent as they are, and that is meant.
    with warnings.catch_warnings(), dask.config.set({"distributed.admin.large-graph-warning-threshold": "1TB"}):
        warnings.simplefilter("ignore")  # about versions of packages that differ; ours must be the same, see below
        try:
            resolve_address(address)
            client = Client(address, timeout=CONNECT_S, set_as_default=False, name="rednet")
        except (OSError, TimeoutError) as error:
            reason = f"no scheduler answers there within {CONNECT_S:.0f} seconds; check the address and the network"
            raise FleetError(address, reason) from error
        except (ValueError, TypeError) as error:
            reason = "that is no address; it looks like tcp://10.0.0.5:8786"
            raise FleetError(address, reason) from error
        with client:
            cluster = Cluster(address, client)
            cluster.check_workers()
            yield cluster


def _be_quiet() -> None:
    """What goes wrong is told in a sentence; Dask would add pages."""
    if not logging.getLogger().isEnabledFor(logging.DEBUG):
        for name in list(logging.root.manager.loggerDict):
            if name.partition(".")[0] in _TALKATIVE:  # each has a level of its own
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
