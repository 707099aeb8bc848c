"""Coding a stream of documents in this process or in several, results in the order of the inputs.

Processes are spawned, so nothing is shared; documents and records travel as msgpack bytes. A process has one document
at a time: when it dies, the document it had is known, reported, and a new process takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection as mpc
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.context import SpawnProcess

import msgspec

from waqai.document import Document
from waqai.engines.job import MakeWork, Work, name_of
from waqai.errors import WaqaiError
from waqai.issues import Issue
from waqai.records import Records

Outcome = Records | Issue
# How many documents may be read ahead of the one that is next to be handed out, for each process.
_AHEAD = 8
_READY, _RECORDS, _ISSUE, _BROKEN = b"+", b"r", b"i", b"!"


def code_many(inputs: Iterable[Document | Issue], make: MakeWork, *, workers: int = 1) -> Iterator[Outcome]:
    """Records of every document and every issue, in the order of `inputs`, read only as far as needed.

    `make` builds what codes a document; with several workers it must be picklable. WaqaiError if a worker cannot start.
    """
    if workers <= 1:
        work = make()
        for item in inputs:
            yield item if isinstance(item, Issue) else work(item)
        return
    pool = _Pool(make, workers)
    try:
        yield from pool.run(inputs)
    finally:
        pool.close()


class _Slot:
    """A place in the order of results; `outcome` is None until it is there."""

    def __init__(self, document: Document | None, outcome: Outcome | None) -> None:
        self.document, self.outcome = document, outcome


class _Worker:
    """A process, our end of the pipe to it, and the slot it works on."""

    def __init__(self, make: MakeWork) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, make), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.slot: _Slot | None = None

    def give(self, slot: _Slot) -> bool:
        """Hand over a document; False when the process is no longer there."""
        try:
            self.pipe.send_bytes(msgspec.msgpack.encode(slot.document))
        except (BrokenPipeError, ConnectionError, OSError):
            return False
        self.slot = slot
        return True


class _Pool:
    """The processes and the results that wait for their turn."""

    def __init__(self, make: MakeWork, workers: int) -> None:
        self.make = make
        self.workers = [_Worker(make) for _ in range(workers)]
        self.order: deque[_Slot] = deque()
        self.waiting: deque[_Slot] = deque()

    def run(self, inputs: Iterable[Document | Issue]) -> Iterator[Outcome]:
        """Outcomes in order."""
        source, ended = iter(inputs), False
        while True:
            while not ended and len(self.order) < _AHEAD * len(self.workers):
                item = next(source, None)
                ended = item is None
                if item is not None:
                    self._take(item)
            self._give_out()
            while self.order and self.order[0].outcome is not None:
                yield self.order.popleft().outcome  # type: ignore[misc]
            if not self.order:
                if ended:
                    return
                continue
            if self.order[0].outcome is None:
                self._listen()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join(5)

    def _take(self, item: Document | Issue) -> None:
        slot = _Slot(None, item) if isinstance(item, Issue) else _Slot(item, None)
        self.order.append(slot)
        if slot.outcome is None:
            self.waiting.append(slot)

    def _give_out(self) -> None:
        for worker in self.workers:
            if worker.ready and worker.slot is None and self.waiting:
                slot = self.waiting.popleft()
                if not worker.give(slot):
                    self.waiting.appendleft(slot)
                    self._replace(worker)

    def _listen(self) -> None:
        by_pipe = {worker.pipe: worker for worker in self.workers}
        for pipe in mpc.wait(list(by_pipe)):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv_bytes()
            except (EOFError, ConnectionError, OSError):
                self._died(worker)
                continue
            self._hear(worker, message)

    def _hear(self, worker: _Worker, message: bytes) -> None:
        kind, content = message[:1], message[1:]
        if kind == _READY:
            worker.ready = True
        elif kind == _BROKEN:
            error = msgspec.msgpack.decode(content, type=Issue)
            raise WaqaiError(error.code, error.message, where=error.where, advice=error.advice)
        elif worker.slot is not None:
            shape: type[Records] | type[Issue] = Records if kind == _RECORDS else Issue
            worker.slot.outcome = msgspec.msgpack.decode(content, type=shape)
            worker.slot.document = None
            worker.slot = None

    def _died(self, worker: _Worker) -> None:
        if not worker.ready:
            advice = "Try --workers 1 to see why."
            raise WaqaiError("WQ-122", "a worker process ended before it could start.", advice=advice)
        worker.process.join(5)
        slot = worker.slot
        if slot is not None and slot.document is not None:
            slot.outcome = Issue(
                "WQ-121",
                f"the process that coded it ended (exit code {worker.process.exitcode}).",
                where=name_of(slot.document),
                advice="It was skipped; the others were coded. If memory is short, use fewer workers.",
            )
            slot.document = None
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        worker.pipe.close()
        self.workers[self.workers.index(worker)] = _Worker(self.make)


def _serve(pipe: mpc.Connection, make: MakeWork) -> None:
    """The life of a process: build the coder, then code documents until the other end closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, ConnectionError):
        work = _built(pipe, make)
        while work is not None:
            outcome = work(msgspec.msgpack.decode(pipe.recv_bytes(), type=Document))
            kind = _ISSUE if isinstance(outcome, Issue) else _RECORDS
            pipe.send_bytes(kind + msgspec.msgpack.encode(outcome))


def _built(pipe: mpc.Connection, make: MakeWork) -> Work | None:
    """The work, after telling that it is ready; None after telling why it is not."""
    try:
        work = make()
    except WaqaiError as error:
        issue = Issue(error.code, error.message, where=error.where, advice=error.advice)
    except Exception as error:
        issue = Issue("WQ-123", f"the coder cannot be built ({type(error).__name__}: {error}).")
    else:
        pipe.send_bytes(_READY)
        return work
    pipe.send_bytes(_BROKEN + msgspec.msgpack.encode(issue))
    return None
