"""What is kept of a file: its true type decides, and nothing of its maker stays in it."""

import io

import pytest
from mutagen.id3 import TPE1
from mutagen.wave import WAVE
from PIL import Image

from dialogue.attached_file import MEGABYTE, Unfit, clean_file
from tests.dialogue.files import HTML, SVG, bomb, pdf, picture, sound

MOST = 2 * MEGABYTE


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_and_forgets_its_camera(form):
    kept = clean_file(picture(form), "a.jpg", most=MOST)
    assert (kept.kind, kept.content_type, kept.width, kept.height) == ("picture", "image/webp", 60, 40)
    assert b"SECRETCAMERA" in picture(form)
    assert b"SECRETCAMERA" not in kept.data
    assert not opened(kept.data).getexif()


def test_a_picture_stands_upright_and_is_at_most_1600_points_long():
    kept = clean_file(picture(size=(4000, 1000), turned=True), "a.jpg", most=MOST)
    assert (kept.width, kept.height) == (400, 1600) == opened(kept.data).size


def test_a_transparent_picture_stays_transparent():
    held = io.BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(held, "PNG")
    assert opened(clean_file(held.getvalue(), "a.png", most=MOST).data).convert("RGBA").getpixel((1, 1))[3] == 0


def test_a_picture_in_front_of_something_else_is_kept_without_it():
    kept = clean_file(picture() + b"PK\x03\x04" + HTML, "a.jpg", most=MOST)
    assert b"<script>" not in kept.data


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (HTML, "page.pdf"),
        (SVG, "drawing.jpg"),
        (b"", "empty.jpg"),
        (b"MZ" + bytes(300), "a.png"),
        (bomb(), "bomb.png"),
        (picture()[:90], "cut.jpg"),
        (b"%PDF-1.7\nnothing", "cut.pdf"),
        (HTML + pdf(), "two.pdf"),
        (pdf(script=True), "a.pdf"),
        (pdf(password="x"), "a.pdf"),
        (pdf(inner=True), "a.pdf"),
        (pdf(pages=0), "a.pdf"),
        (b"ID3" + HTML, "a.mp3"),
        (b"OggS" + bytes(300), "a.ogg"),
        (b"\0\0\0\x20ftypM4A " + bytes(300), "a.m4a"),
        (b"\0\0\0\x20ftypmp42" + bytes(20) + b"hdlr" + bytes(8) + b"vide" + bytes(300), "film.mp4"),
        (sound(300), "long.wav"),
        (pdf() + bytes(MOST), "large.pdf"),
    ],
)
def test_what_is_not_safe_is_refused_with_a_sentence(data, name):
    with pytest.raises(Unfit) as refused:
        clean_file(data, name, most=MOST)
    assert str(refused.value)


def test_a_pdf_called_a_picture_is_a_pdf_and_said_to_be_misnamed():
    kept = clean_file(pdf(), "photo.jpg", most=MOST)
    assert (kept.kind, kept.misnamed) == ("pdf", True)
    assert not clean_file(pdf(), "letter.PDF", most=MOST).misnamed


def test_a_pdf_forgets_its_author_and_whatever_follows_its_end():
    kept = clean_file(pdf() + b"PK\x03\x04SECRETTAIL", "a.pdf", most=MOST)
    assert b"SECRETAUTHOR" in pdf()
    assert b"SECRETAUTHOR" not in kept.data
    assert b"SECRETTAIL" not in kept.data


def test_sound_is_kept_without_its_tags():
    held = io.BytesIO(sound())
    tagged = WAVE(held)
    tagged.add_tags()
    tagged.tags.add(TPE1(encoding=3, text="SECRETSINGER"))
    held.seek(0)
    tagged.save(held)
    assert b"SECRETSINGER" in held.getvalue()
    kept = clean_file(held.getvalue(), "a.wav", most=MOST)
    assert (kept.kind, kept.content_type) == ("sound", "audio/wav")
    assert b"SECRETSINGER" not in kept.data
