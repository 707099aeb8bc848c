"""CSV to standard output, Parquet to a file or to a pipe."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path

from waqai.errors import UsageError
from waqai.export.tabular import CsvWriter, ParquetWriter
from waqai.records import Records


class Csv:
    """Rows to standard output, written through after each document."""

    def __init__(self, table: str) -> None:
        self._text = io.StringIO()
        self._rows = CsvWriter(self._text, table)
        self._pass_on()

    def write(self, records: Records) -> None:
        """The rows of one document."""
        self._rows.write(records)
        self._pass_on()

    def close(self) -> None:
        """Nothing is held back."""

    def _pass_on(self) -> None:
        # Bytes, because a console of Windows or an unset locale would refuse Arabic.
        sys.stdout.buffer.write(self._text.getvalue().encode())
        sys.stdout.buffer.flush()
        self._text.seek(0)
        self._text.truncate()


class Parquet:
    """A Parquet file, or its bytes into a pipe."""

    def __init__(self, table: str, output: Path | None) -> None:
        if output is None and sys.stdout.isatty():
            advice = "Add -o FILE, or send it into a file with > FILE."
            raise UsageError("WQ-404", "Parquet is not for a terminal.", where="--format parquet", advice=advice)
        self._folder = None if output is not None else tempfile.TemporaryDirectory(prefix="waqai-")
        self._target = output or Path(self._folder.name if self._folder else "") / "out.parquet"
        self._rows = ParquetWriter(self._target, table)

    def write(self, records: Records) -> None:
        """Take the rows of one document."""
        self._rows.write(records)

    def close(self) -> None:
        """Write the file, and pass it on where a pipe waits for it."""
        self._rows.close()
        if self._folder is not None:
            with self._target.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            self._folder.cleanup()
