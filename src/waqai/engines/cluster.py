"""Coding on a Ray cluster: inputs to Parquet shards, with a coder in each worker.

Articles travel from the tasks that read to the actors that code; results go from the actors to the disk, and only counts
come back to the program that waits. Ray reads no further ahead than its store of objects holds, and gives the shard of a
worker that was lost to another one.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import pyarrow as pa
import ray
import ray.data
from ray.exceptions import RayError

from waqai.document import Document
from waqai.engines.job import MakeWork, Outcome
from waqai.engines.local import Pool
from waqai.engines.shards import Input, Shard, Tally, shards, tidy, write
from waqai.errors import WaqaiError
from waqai.issues import Issue
from waqai.records import confident

Read = Callable[[Sequence[str]], Iterable[Document | Issue]]
LOCAL = "local"
_READ, _CODE = 0.25, 1.0
# How many workers one task that reads can feed: reading takes a hundredth of the time of coding.
_FED = 16
# Shards that a worker has at a time, the one it codes among them.
_WAITING = 2
# Workers that may be lost while they start, one after the other.
_INIT_DEATHS = 3
# The store of objects on one machine, in bytes: for all, and for the shards that each worker has waiting.
_STORE, _STORE_WORKER = 100_000_000, 32_000_000


class Job(msgspec.Struct, frozen=True):
    """What is done to every input: `read` gives its documents, `make` builds the coder; both must be picklable.

    `folder` takes the shards and must be the same place on every machine. Events below `min_confidence` are left out.
    """

    read: Read
    make: MakeWork
    folder: Path
    shard: int = 1000
    min_confidence: float = 0.0


def code_on_ray(inputs: Sequence[Input], job: Job, *, workers: int = 1, address: str = LOCAL) -> Iterator[Tally]:
    """Code inputs (of `shards.plan`) on the cluster at `address`, and tell what each shard came to when it is written.

    Shards come as they are finished. WaqaiError when the cluster gives up; what is written stays, and a new plan goes on from it.
    """
    if inputs:
        yield from _tallies(inputs, job, workers, address)
    tidy(job.folder)


def _tallies(inputs: Sequence[Input], job: Job, workers: int, address: str) -> Iterator[Tally]:
    with _connected(address, workers):
        rows = [{"given": msgspec.msgpack.encode(given)} for given in inputs]
        data = ray.data.from_items(rows, override_num_blocks=min(len(rows), 1000))
        readers = ray.data.TaskPoolStrategy(1 + workers // _FED)
        # One worker is enough to begin with; the others join as the cluster has room. Few shards wait for each: the last ones spread.
        coders = ray.data.ActorPoolStrategy(min_size=1, max_size=workers, initial_size=workers, max_tasks_in_flight_per_actor=_WAITING)
        read = _over_blocks(data, _read, fn_args=(job,), num_cpus=_READ, compute=readers)
        coded = _over_blocks(read, _Worker, fn_constructor_args=(job,), num_cpus=_CODE, compute=coders)
        try:
            for batch in coded.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                for row in cast(pa.Table, batch).column("tally").to_pylist():
                    yield msgspec.msgpack.decode(row, type=Tally)
        except RayError as error:
            advice = "Run the command again: it goes on with what is not finished."
            raise WaqaiError("WQ-435", f"the cluster gave up: {_reason(error)}.", where=str(job.folder), advice=advice) from error


def _over_blocks(data: ray.data.Dataset, function: Any, **how: Any) -> ray.data.Dataset:
    """What `function` makes of each block of `data`, which comes and goes as a table."""
    return data.map_batches(function, batch_size=None, batch_format="pyarrow", **how)


def _read(rows: pa.Table, job: Job) -> Iterator[pa.Table]:
    """What a task does that reads: inputs to shards, each of them a row of bytes."""
    for row in rows.column("given").to_pylist():
        source = msgspec.msgpack.decode(row, type=Input)
        for shard in shards(source, job.read([source.path]), job.shard):
            yield pa.table({"shard": pa.array([msgspec.msgpack.encode(shard)], pa.large_binary())})


class _Worker:
    """What an actor does that codes. The coder has a process of its own: an article that kills it costs no more than itself."""

    def __init__(self, job: Job) -> None:
        self.job, self.pool = job, Pool(job.make, 1)

    def __call__(self, rows: pa.Table) -> pa.Table:
        tallies = [self._code(msgspec.msgpack.decode(row, type=Shard)) for row in rows.column("shard").to_pylist()]
        return pa.table({"tally": pa.array([msgspec.msgpack.encode(tally) for tally in tallies], pa.binary())})

    def _code(self, shard: Shard) -> Tally:
        items = (document or issue for document, issue in shard.items)
        outcomes = self.pool.run(item for item in items if item is not None)
        return write(self.job.folder, shard.name, map(self._kept, outcomes))

    def _kept(self, outcome: Outcome) -> Outcome:
        return outcome if isinstance(outcome, Issue) else confident(outcome, self.job.min_confidence)


@contextlib.contextmanager
def _connected(address: str, workers: int) -> Iterator[None]:
    """Ray; on this machine it lives in a folder that goes with it."""
    with contextlib.ExitStack() as stack:
        if address == LOCAL:
            # Ray makes sockets below this folder, and their paths may have no more than 107 bytes.
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="waqai-", dir="/tmp", ignore_cleanup_errors=True))
            store = _STORE + workers * _STORE_WORKER
            ray.init(address=LOCAL, num_cpus=workers + 1, object_store_memory=store, include_dashboard=False, log_to_driver=False, _temp_dir=folder)
        else:
            ray.init(address=address, log_to_driver=False)
        stack.callback(ray.shutdown)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_consecutive_actor_init_deaths = _INIT_DEATHS
        # Blocks of one shard each, so that shards spread over the workers and are lost one by one.
        context.target_max_block_size = 1
        context.target_min_block_size = 0
        yield


def _reason(error: Exception) -> str:
    """The last line of an error of Ray, which says what it was about."""
    lines = str(error).strip().splitlines()
    return lines[-1].strip().rstrip(".")[:300] if lines else type(error).__name__
