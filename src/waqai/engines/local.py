"""Coding a stream of documents in this process or in several, results in the order of the inputs.

Processes are spawned, so nothing is shared; documents and records travel as msgpack bytes. A process has one document
at a time: when it dies, the document it had is known and given to another once more, and a new process takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import multiprocessing.connection as mpc
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Self

import msgspec

from waqai.document import Document
from waqai.engines.job import MakeWork, Outcome, Work, name_of, unwritable
from waqai.errors import WaqaiError
from waqai.issues import Issue
from waqai.records import Records

# How many documents may be read ahead of the one that is next to be handed out, for each process.
_AHEAD = 8
# A document is coded once more when its process ends, since the process may have been ended from outside.
_TRIES = 2
# Processes that may end before they are ready, one after the other, once coding is under way: memory may be short for a moment.
_FALSE_STARTS = 3
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
    with Pool(make, workers) as pool:
        yield from pool.run(inputs)


class _Slot:
    """A place in the order of results: the document as bytes until `outcome` is there."""

    def __init__(self, item: Document | Issue) -> None:
        self.outcome: Outcome | None = item if isinstance(item, Issue) else unwritable(item)
        self.content = b"" if isinstance(item, Issue) or self.outcome else msgspec.msgpack.encode(item)
        self.tries = 0

    def answer(self, outcome: Outcome) -> None:
        """What became of the document, which need not be kept any longer."""
        self.outcome, self.content = outcome, b""


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
            self.pipe.send_bytes(slot.content)
        except OSError:
            return False
        self.slot = slot
        slot.tries += 1
        return True

    def end(self, patience: float = 0) -> int | None:
        """End the process, whatever it is doing, if it has not ended by itself in `patience` seconds; its exit code."""
        self.pipe.close()
        self.process.join(patience)
        self.process.terminate()
        self.process.join(5)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join(5)
        return self.process.exitcode


class Pool:
    """Processes that code documents, and the results that wait for their turn. One run at a time; the processes stay for the next."""

    def __init__(self, make: MakeWork, workers: int) -> None:
        self._make = make
        self._workers = [_Worker(make) for _ in range(workers)]
        self._order: deque[_Slot] = deque()
        self._waiting: deque[_Slot] = deque()
        self._started, self._false_starts = False, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def run(self, inputs: Iterable[Document | Issue]) -> Iterator[Outcome]:
        """Outcomes in the order of `inputs`. What `inputs` raises is raised after the outcomes of all that came before it."""
        self._order.clear()
        self._waiting.clear()
        source, most = _Source(inputs), _AHEAD * len(self._workers)
        while self._order or not source.ended:
            if not source.ended and len(self._order) < most:
                self._take(source.next())
            self._give_out()
            while self._order and self._order[0].outcome is not None:
                yield self._order.popleft().outcome  # type: ignore[misc]
            if self._order:
                # One look at the pipes for each document read: what is done does not wait until all that may be read ahead is read.
                self._listen(None if source.ended or len(self._order) >= most else 0)
        if source.trouble is not None:
            raise source.trouble

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for worker in self._workers:
            worker.end()

    def _take(self, item: Document | Issue | None) -> None:
        if item is None:
            return
        slot = _Slot(item)
        self._order.append(slot)
        if slot.outcome is None:
            self._waiting.append(slot)

    def _give_out(self) -> None:
        for worker in list(self._workers):
            if self._waiting and worker.ready and worker.slot is None:
                if worker.give(self._waiting[0]):
                    self._waiting.popleft()
                else:
                    self._replace(worker)

    def _listen(self, seconds: float | None) -> None:
        by_pipe = {worker.pipe: worker for worker in self._workers}
        for pipe in mpc.wait(list(by_pipe), seconds):
            worker = by_pipe[pipe]  # type: ignore[index]
            try:
                message = worker.pipe.recv_bytes()
            except (EOFError, OSError):
                self._died(worker)
                continue
            self._hear(worker, message)

    def _hear(self, worker: _Worker, message: bytes) -> None:
        kind, content = message[:1], message[1:]
        if kind == _READY:
            worker.ready = self._started = True
            self._false_starts = 0
        elif kind == _BROKEN:
            error = msgspec.msgpack.decode(content, type=Issue)
            raise WaqaiError(error.code, error.message, where=error.where, advice=error.advice)
        elif worker.slot is not None:
            shape: type[Records] | type[Issue] = Records if kind == _RECORDS else Issue
            worker.slot.answer(msgspec.msgpack.decode(content, type=shape))
            worker.slot = None

    def _died(self, worker: _Worker) -> None:
        if not worker.ready:
            self._false_starts += 1
            if not self._started or self._false_starts >= _FALSE_STARTS:
                advice = "Try --workers 1 to see why."
                raise WaqaiError("WQ-122", "a worker process ended before it could start.", advice=advice)
        slot, code = worker.slot, self._replace(worker)
        if slot is None or slot.outcome is not None:
            return
        if slot.tries < _TRIES:
            self._waiting.appendleft(slot)
            return
        document = msgspec.msgpack.decode(slot.content, type=Document)
        advice = "It was skipped; the others were coded. If memory is short, use fewer workers."
        message = f"the process that coded it ended (exit code {code}), and so did the one that tried again."
        slot.answer(Issue("WQ-121", message, where=name_of(document), advice=advice))

    def _replace(self, worker: _Worker) -> int | None:
        code = worker.end(patience=1)
        self._workers[self._workers.index(worker)] = _Worker(self._make)
        return code


class _Source:
    """The inputs, whether they have come to their end, and the error that ended them."""

    def __init__(self, inputs: Iterable[Document | Issue]) -> None:
        self._items, self.ended = iter(inputs), False
        self.trouble: Exception | None = None

    def next(self) -> Document | Issue | None:
        """The next one, None at the end."""
        item = None
        try:
            item = next(self._items, None)
        except Exception as error:
            # Raised by the pool when the documents in hand are coded: they must not be lost with it.
            self.trouble = error
        self.ended = item is None
        return item


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
