"""A statement as PDF: Persian, Jalali days, page numbers, and the digest of what was counted. No ORM."""

import json
from dataclasses import asdict, dataclass

import typst

from welfare_card.print import FOLDER, FONTS


@dataclass(frozen=True)
class PrintedStatement:
    """What stands on the paper, in words: facts are pairs, `days` and `lines` rows of cells."""

    title: str
    words: dict[str, str]
    facts: list[tuple[str, str]]
    sentences: list[str]
    day_head: list[str]
    days: list[list[str]]
    line_head: list[str]
    lines: list[list[str]]
    offices: list[str]
    digest: str


def statement_pdf(statement: PrintedStatement) -> bytes:
    """The pages of a statement."""
    return typst.compile(
        input=str(FOLDER / "statement.typ"),
        root=str(FOLDER),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asdict(statement), ensure_ascii=False)},
        format="pdf",
    )
