"""What people see on a terminal: a card for each event, a line for each quotation or entity. Arabic comes last."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from waqai.cli.terminal import QUAD_COLOURS, Words, visible
from waqai.records import EntityRecord, EventRecord, QuotationRecord, Records

_INDENT = " " * 14


class Cards:
    """Writes documents to a console, one after the other."""

    def __init__(self, console: Console, table: str) -> None:
        self.console, self.table = console, table
        self.words = Words(isolated=console.is_terminal)

    def write(self, records: Records) -> None:
        """The heading of a document and what was found in it."""
        self._line(self._heading(records))
        if self.table == "quotes":
            rows = [line for said in records.quotations for line in self._quotation(said)]
        elif self.table == "entities":
            rows = [self._entity(entity) for entity in records.entities]
        else:
            rows = [line for event in records.events for line in self.event(event)]
        self._lines(rows or [Text(f"  no {self.table} found", style="dim")])

    def sentence(self, records: Records, text: str) -> None:
        """The heading of a document and one sentence of it."""
        self._line(self._heading(records))
        self._line(Text(self.words.arabic(text)))

    def events(self, events: Iterable[EventRecord]) -> None:
        """The cards of some events."""
        self._lines([line for event in events for line in self.event(event)])

    def close(self) -> None:
        """Nothing is held back."""

    def event(self, event: EventRecord) -> list[Text]:
        """The lines of one event."""
        day = _day(event)
        act = " ".join([event.event_type, *event.modes])
        first = Text(f"  {day:<10}  ")
        first.append(f"{act:<20} ", style=f"bold {QUAD_COLOURS.get(event.quad, '')}")
        first.append(f"{self.words.names(event.actors)} -> {self.words.names(event.recipients)}")
        first.append(f"  {event.confidence:.2f}  {event.event_id[:8]}", style="dim")
        lines = [first, *(Text(_INDENT + note) for note in self._notes(event))]
        return [*lines, Text(_INDENT + self._in_arabic(event))]

    def _notes(self, event: EventRecord) -> list[str]:
        notes = []
        status = [word for word in (event.polarity, event.modality) if word not in {"affirmed", "actual"}]
        losses = [f"{n} {what}" for n, what in ((event.casualties.killed, "killed"), (event.casualties.injured, "injured")) if n is not None]
        where = visible((event.place.name_en or "") if event.place else "")
        facts = [*status, *losses, *([f"in {where}"] if where else [])]
        if facts:
            notes.append(", ".join(facts))
        if event.attribution:
            sources = [self.words.name(source) + (" (anonymous)" if source.anonymous else "") for source in event.attribution]
            notes.append(f"according to {' < '.join(reversed(sources))}")
        return notes

    def _in_arabic(self, event: EventRecord) -> str:
        actors = "، ".join(visible(who.text) for who in event.actors) or "؟"
        recipients = "، ".join(visible(who.text) for who in event.recipients)
        line = f"{actors} — {visible(event.trigger.text)}" + (f" ← {recipients}" if recipients else "")
        return self.words.arabic(line + (f": {visible(event.object.text)}" if event.object else ""), 160)

    def _heading(self, records: Records) -> Text:
        document = records.document
        about = "  ".join(part for part in (document.published or "no date", visible(document.outlet), document.doc_id) if part)
        first_words = document.title or document.text.lstrip()[:80]
        return Text.assemble((about, "dim"), "  ", (self.words.arabic(first_words, 100), "bold"))

    def _quotation(self, said: QuotationRecord) -> list[Text]:
        speaker = "nobody named" if said.speaker is None else self.words.name(said.speaker)
        return [
            Text.assemble(f"  {said.kind:<9} ", (speaker, "bold")),
            Text(f"{_INDENT}{self.words.arabic(said.text, 300)}"),
        ]

    def _entity(self, entity: EntityRecord) -> Text:
        code = " ".join(part for part in (entity.country, entity.sector) if part)
        about = f"  {entity.kind:<13} {code:<8} {len(entity.mentions):>3}x  {visible(entity.name_en)}"
        role = f" ({visible(entity.role)})" if entity.role else ""
        return Text.assemble(about, (role, "dim"), "  ", self.words.arabic(entity.name_ar))

    def _lines(self, rows: list[Text]) -> None:
        for row in [*rows, Text("")]:
            self._line(row)

    def _line(self, text: Text) -> None:
        self.console.print(text, soft_wrap=True, highlight=False)


def _day(event: EventRecord) -> str:
    """The first day as fine as the words were: 2019-04-16, 2019-04 or 2019; blank where there is none."""
    if event.time is None or event.time.from_ is None:
        return ""
    return event.time.from_[: {"month": 7, "year": 4}.get(event.time.precision or "day", 10)]
