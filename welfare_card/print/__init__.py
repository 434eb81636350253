"""Cards as PDF: CR80 front and back, or A4 sheets of ten with crop marks. No ORM: it prints what it is given."""

import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import segno
import typst

from taar.lib.jalali import format_day
from taar.lib.persian import local_digits
from welfare_card.card_number import grouped

FOLDER = Path(__file__).parent
FONTS = FOLDER.parent.parent / "static" / "fonts"
# 8-Q at 28.5 mm: 49 modules and a quiet zone of 4 on each side, half a millimetre a module.
QR_VERSION, QR_ERROR = 8, "q"
WORDS = {
    "title": "رفاه‌کارت فرهنگی و ورزشی",
    "issuer": "استانداری خوزستان",
    "rules": [
        "این کارت نوبت رایگان استفاده از مراکز ورزشی، فرهنگی و آموزشی است و ارزش پولی ندارد.",
        "کارت شخصی است. مرکز پذیرنده بی‌اینترنت هم می‌تواند آن را بپذیرد.",
        "اگر کارت گم شد، از صفحهٔ «کارت من» یا دفتر تسهیل‌گری خبر دهید؛ سهم شما نمی‌سوزد.",
        "اگر دوربین رمزینه را نخواند، شمارهٔ کارت را بدهید.",
    ],
}


@dataclass(frozen=True)
class PrintedCard:
    """What stands on a card: the text of its QR, number, short name and its last day."""

    code: str
    number: str
    name: str
    last_on: date


def card_pdf(cards: Iterable[PrintedCard], *, site: str) -> bytes:
    """Each card's front and back as pages of its own size, for card printers."""
    return _compiled("cards.typ", cards, site)


def sheet_pdf(cards: Iterable[PrintedCard], *, site: str) -> bytes:
    """A4 sheets of ten with crop marks, fronts and then mirrored backs."""
    return _compiled("sheets.typ", cards, site)


def card_pngs(cards: Iterable[PrintedCard], *, site: str, ppi: float = 300) -> list[bytes]:
    """The pages of `card_pdf` as pictures."""
    pages = typst.compile(**_source("cards.typ", cards, site), format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _compiled(template: str, cards: Iterable[PrintedCard], site: str) -> bytes:
    return typst.compile(**_source(template, cards, site), format="pdf")


def _source(template: str, cards: Iterable[PrintedCard], site: str) -> dict:
    data = {"words": WORDS | {"site": site}, "cards": [_facts(card) for card in cards]}
    return {
        "input": str(FOLDER / template),
        "root": str(FOLDER),
        "font_paths": [str(FONTS)],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }


def _facts(card: PrintedCard) -> dict:
    until = f"تا پایان {format_day(card.last_on)}"
    number = local_digits(grouped(card.number), "fa")
    return asdict(card) | {"qr": _qr(card.code), "until": until, "number": number, "last_on": None, "code": None}


def _qr(text: str) -> str:
    """The code as an SVG picture; the text is all letters of the alphanumeric mode, so it stays small."""
    picture = io.BytesIO()
    segno.make(text, version=QR_VERSION, error=QR_ERROR, mode="alphanumeric", boost_error=False).save(
        picture, kind="svg", border=4, xmldecl=False, svgns=True, omitsize=True
    )
    return picture.getvalue().decode()
