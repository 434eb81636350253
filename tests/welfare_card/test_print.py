import io
from datetime import date

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.welfare_card.codes import VECTORS
from welfare_card.card_code import CODE_LETTERS
from welfare_card.card_number import number_of
from welfare_card.print import PrintedCard, card_pdf, card_pngs, sheet_pdf

MM = 72 / 25.4
CARDS = [
    PrintedCard(vector["text"], number_of(place, b"test"), vector["facts"]["name"], date(2028, 8, 22))
    for place, vector in enumerate(VECTORS["codes"] * 2)
]


def size_of(page) -> tuple[float, float]:
    return round(float(page.mediabox.width) / MM, 1), round(float(page.mediabox.height) / MM, 1)


@pytest.mark.parametrize("ppi", [300, 110])
def test_the_code_is_read_back_from_the_printed_card(ppi):
    pages = card_pngs(CARDS[:3], site="hall.example.ir", ppi=ppi)
    assert len(pages) == 6
    for card, front in zip(CARDS, pages[::2], strict=False):
        found = zxingcpp.read_barcodes(Image.open(io.BytesIO(front)).convert("L"))
        assert [code.text for code in found] == [card.code]
        assert len(found[0].bytes) == CODE_LETTERS


def test_a_card_has_the_size_of_a_card_and_two_sides():
    pages = PdfReader(io.BytesIO(card_pdf(CARDS[:2], site="hall.example.ir"))).pages
    assert [size_of(page) for page in pages] == [(85.6, 54.0)] * 4


def test_a_sheet_holds_ten_cards_and_all_codes_are_read_from_it():
    reader = PdfReader(io.BytesIO(sheet_pdf(CARDS, site="hall.example.ir")))
    assert [size_of(page) for page in reader.pages] == [(210.0, 297.0)] * 4
    fonts = {name for page in reader.pages for name in fonts_of(page)}
    assert fonts
    assert all("Vazirmatn" in name for name in fonts)


def fonts_of(page) -> set[str]:
    return {font.get_object()["/BaseFont"] for font in page["/Resources"]["/Font"].values()}
