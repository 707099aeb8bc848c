"""What goes to the error stream while a batch runs: the bar, the issues, the line at the end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from waqai.cli.terminal import visible

if TYPE_CHECKING:
    from rich.progress import Progress

    from waqai.issues import Issue
    from waqai.records import Records


class Report:
    """Counts a batch and tells about it.

    The bar shows on a terminal only, and not where results go to the same screen (`prints`). `quiet` leaves only issues.
    """

    def __init__(self, *, quiet: bool = False, prints: bool = True) -> None:
        self.quiet = quiet
        # Two writers on one screen would tear each other's lines.
        self._has_bar = not quiet and sys.stderr.isatty() and not (prints and sys.stdout.isatty())
        self.documents = self.events = self.quotations = self.bad = self.warnings = self.undated = self.unchanged = self.copies = self.versions = 0
        self._start = time.monotonic()
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        if self._has_bar:
            from rich.console import Console
            from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

            columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("reading")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    @property
    def exit_status(self) -> int:
        """0 when all was read, 1 when some input was bad."""
        return 1 if self.bad else 0

    def issue(self, issue: Issue) -> None:
        """Tell about a problem at once, and count it."""
        if issue.fatal:
            self.bad += 1
        else:
            self.warnings += 1
        self._say(f"{issue.level}: {visible(str(issue))}")

    def coded(self, records: Records) -> None:
        """Count a document."""
        self.counted(1, len(records.events), len(records.quotations), int(records.document.published is None))

    def counted(self, documents: int, events: int, quotations: int, undated: int) -> None:
        """Count documents, what was found in them, and how many of them have no date."""
        self.documents += documents
        self.events += events
        self.quotations += quotations
        self.undated += undated
        self._tick()

    def skipped(self) -> None:
        """Count a document that was there already."""
        self.unchanged += 1
        self._tick()

    def copied(self) -> None:
        """Count a copy, which is kept and not coded."""
        self.copies += 1
        self._tick()

    def renewed(self) -> None:
        """Count a version of a stored article."""
        self.versions += 1

    def finish(self, *next_steps: str) -> None:
        """The line at the end, and what a person may do next (on a terminal)."""
        if self.quiet:
            return
        seconds = max(time.monotonic() - self._start, 1e-6)
        parts = [count(self.documents, "document"), count(self.events, "event"), count(self.quotations, "quotation")]
        if self.versions:
            parts[0] += f" ({count(self.versions, 'version')})"
        if self.copies:
            parts.append("1 copy" if self.copies == 1 else f"{self.copies:,} copies")
        if self.unchanged:
            parts.append(f"{self.unchanged:,} unchanged")
        parts += [count(self.bad, "bad input"), f"{self.documents / seconds:,.1f} documents/s"]
        self._say(" · ".join(parts))
        if self.undated:
            lead = count(self.undated, "document") + " without a date"
            self._say(f"{lead}: words like الخميس stay unresolved there. Give --date, or a date for each article.")
        if sys.stderr.isatty():
            for step in next_steps:
                self._say(f"next: {step}")

    def _tick(self) -> None:
        if self._bar is not None:
            rate = self.documents / max(time.monotonic() - self._start, 1e-6)
            text = f"{self.documents:,} documents · {self.events:,} events · {rate:,.1f}/s · {self.bad:,} bad"
            self._bar.update(self._task, description=text)

    def _say(self, line: str) -> None:
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()


def count(number: int, what: str) -> str:
    """`1 event`, `2,000 events`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")
