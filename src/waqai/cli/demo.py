"""`waqai demo`: the example articles, coded on the spot."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from waqai.cli.cards import Cards
    from waqai.records import Records


def demo(
    everything: Annotated[bool, typer.Option("--all", help="All events of all articles.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Only say by the exit status whether it works.")] = False,
) -> None:
    """Code the example articles that come with Waqai: no network, no files, a few seconds.

    Examples:

    waqai demo

    waqai demo --all
    """
    from waqai.cli.cards import Cards
    from waqai.cli.output import stdout_console
    from waqai.cli.progress import Report
    from waqai.cli.work import make_work, read
    from waqai.engines import code_many
    from waqai.issues import Issue
    from waqai.knowledge.examples import example_articles

    cards = Cards(stdout_console(), "events")
    with Report(quiet=check) as report:
        for outcome in code_many(read([str(example_articles())]), make_work(None, "full")):
            if isinstance(outcome, Issue):
                report.issue(outcome)
                continue
            report.coded(outcome)
            if everything and not check:
                cards.write(outcome)
            elif not check:
                _first_sentence(cards, outcome)
    report.finish()
    if check:
        raise typer.Exit(report.exit_status or int(report.events == 0))
    sys.stderr.write("Each event is a line: day, type, who -> whom, probability, identifier. Now try one of these:\n")
    sys.stderr.write("  waqai demo --all\n  waqai code article.txt --date 2019-04-19\n  waqai add news.jsonl --store news.duckdb\n")
    raise typer.Exit(report.exit_status)


def _first_sentence(cards: Cards, records: Records) -> None:
    """The first sentence of an article that reports something, with its events."""
    first = next((event for event in records.events if event.part == "text"), None)
    if first is None:
        return
    span = first.sentence_span
    cards.sentence(records, records.document.text[span.start : span.end])
    cards.events([event for event in records.events if event.sentence_span == span and event.part == "text"])
