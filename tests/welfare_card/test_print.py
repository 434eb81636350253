import io
from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from tests.welfare_card.codes import VECTORS
from welfare_card.base45 import decode
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


def pages_of(pdf: bytes, ppi: int = 300) -> list[Image.Image]:
    """The pages of a file as a printer draws them, by another renderer than the one that wrote it."""
    return [page.render(scale=ppi / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]


def words_of(pdf: bytes) -> list[str]:
    """The words of each page in their order, without the marks that a reader of PDF puts between joined letters."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return [text.replace("\u200c", "").replace("\r\n", "\n") for text in pages]


@pytest.mark.parametrize("ppi", [300, 150])
def test_the_code_is_read_back_from_the_file_that_goes_to_the_printer(ppi):
    for card, front in zip(CARDS, pages_of(card_pdf(CARDS[:3], site="hall.example.ir"), ppi)[::2], strict=False):
        found = zxingcpp.read_barcodes(front)
        assert [code.text for code in found] == [card.code]
        assert len(decode(found[0].text.removeprefix("RK1:"))) == 100


def test_ten_codes_are_read_back_from_a_sheet_in_their_places():
    pages = pages_of(sheet_pdf(CARDS[:10], site="hall.example.ir"))
    found = sorted(
        zxingcpp.read_barcodes(pages[0]), key=lambda code: (code.position.top_left.y // 100, code.position.top_left.x)
    )
    assert [code.text for code in found] == [card.code for card in CARDS[:10]]
    assert not zxingcpp.read_barcodes(pages[1])


def test_persian_words_stand_in_their_order_and_their_letters_are_joined():
    pdf = card_pdf(
        [PrintedCard(CARDS[0].code, CARDS[0].number, "دارنده نمونه", CARDS[0].last_on)], site="hall.example.ir"
    )
    front, back = words_of(pdf)
    assert front.split("\n")[:3] == ["رفاهکارت فرهنگی و ورزشی", "استانداری خوزستان", "دارنده نمونه"]
    assert "این کارت نوبت رایگان استفاده از مراکز ورزشی" in back
    # The name alone: د ا ر ند ه نمو نه are seven bodies of ink, and ر reaches under its neighbour; not joined: eleven.
    name = pages_of(pdf)[0].crop((600, 280, 1000, 370)).point(lambda level: 255 if level > 128 else 0)
    assert 5 <= bodies_of_ink(name) <= 7


def bodies_of_ink(picture: Image.Image) -> int:
    """How many runs of columns hold ink, from one side of a line of writing to the other."""
    inked = [picture.crop((x, 0, x + 1, picture.height)).getbbox() is not None for x in range(picture.width)]
    return sum(now and not before for before, now in zip([False, *inked], inked, strict=False))


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
