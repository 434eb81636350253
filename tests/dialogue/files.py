"""Small files for tests, good and bad, built on the spot."""

import io
import struct
import wave
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

MAKER_TAG, WAY_TAG = 0x010F, 0x0112
HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), *, turned: bool = False) -> bytes:
    """A picture that tells who took it, and which way the camera was held."""
    exif = Image.Exif()
    exif[MAKER_TAG] = "SECRETCAMERA"
    if turned:
        exif[WAY_TAG] = 6
    held = io.BytesIO()
    Image.new("RGB", size, "teal").save(held, form, exif=exif)
    return held.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A small PNG that says it has 400 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def sound(seconds: int = 1) -> bytes:
    """A second of silence as WAV."""
    held = io.BytesIO()
    with wave.open(held, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(8000)
        out.writeframes(b"\x80" * 8000 * seconds)
    return held.getvalue()


def pdf(*, script: bool = False, password: str = "", inner: bool = False, pages: int = 1) -> bytes:
    """A PDF of blank pages that names its author; with a script, a password or a file inside if asked."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "SECRETAUTHOR"})
    if script:
        act = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")}
        )
        writer.root_object[NameObject("/OpenAction")] = act
    if inner:
        writer.add_attachment("x.exe", b"MZ")
    if password:
        writer.encrypt(password)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def sent(data: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    """A file as a browser sends it; the type that it claims is never believed."""
    return SimpleUploadedFile(name, data, "application/octet-stream")
