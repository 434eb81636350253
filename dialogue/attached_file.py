"""What somebody sends beside a text, pure: its true type is found out, and what says more than it shows is taken out.

The name of a file decides nothing. Pictures are drawn anew, sound and PDF lose what they tell of their maker.
"""

import hashlib
import io
import re
from dataclasses import dataclass

import filetype
import mutagen
from django.utils.translation import gettext as _
from mutagen.mp4 import MP4
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

MEGABYTE = 1024 * 1024
# A small file that unfolds to more was made to fill a memory; a JPEG is read at a fraction of its size.
MOST_PIXELS = {"JPEG": 50_000_000, "PNG": 25_000_000, "WEBP": 25_000_000, "GIF": 25_000_000}
LONGEST_SIDE = 1600
PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
SOUNDS = {"audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/mp4": "m4a", "video/mp4": "m4a", "audio/x-wav": "wav"}
TYPES = {"mp3": "audio/mpeg", "ogg": "audio/ogg", "m4a": "audio/mp4", "wav": "audio/wav"}
FAMILIES = {"jpg": "picture", "jpeg": "picture", "png": "picture", "webp": "picture", "gif": "picture", "pdf": "pdf"}
FAMILIES |= dict.fromkeys(TYPES.values(), "sound") | dict.fromkeys(TYPES, "sound")
# What a PDF may not hold: it would act on its own, or carry other files.
ACTING = {"/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA", "/SubmitForm"}
MOST_PDF_PARTS = 50_000
VIDEO_TRACK = re.compile(rb"hdlr.{8}vide", re.DOTALL)


class Unfit(ValueError):
    """A file that is not taken; its words are for the person who sent it."""


@dataclass(frozen=True)
class CleanFile:
    """A file as it is kept: `kind` is picture, sound or pdf; `misnamed` when its name said another kind."""

    kind: str
    content_type: str
    extension: str
    data: bytes
    width: int | None = None
    height: int | None = None
    misnamed: bool = False

    @property
    def sha256(self) -> str:
        """The digest of what is kept."""
        return hashlib.sha256(self.data).hexdigest()


def clean_file(data: bytes, name: str, *, most: int) -> CleanFile:
    """The file that is kept of what was sent, at most `most` bytes of sound or PDF; Unfit for whatever is not safe."""
    guessed = filetype.guess_mime(data)
    if guessed in PICTURES:
        kept = _clean_picture(data, PICTURES[guessed], most)
    elif guessed in SOUNDS or guessed == "application/pdf":
        if len(data) > most:
            raise Unfit(_("Sound and PDF may have %(size)s megabytes at most.") % {"size": most // MEGABYTE})
        kept = _clean_pdf(data) if guessed == "application/pdf" else _clean_sound(data, SOUNDS[guessed])
    else:
        raise Unfit(_("Only pictures (JPEG, PNG, WebP, GIF), sound (MP3, OGG, M4A, WAV) and PDF are taken."))
    said = FAMILIES.get(name.rpartition(".")[2].lower())
    return CleanFile(**{**vars(kept), "misnamed": said != kept.kind})


def _clean_picture(data: bytes, form: str, most: int) -> CleanFile:
    """Drawn anew: upright, at most 1600 points long, without a word about camera, place or time."""
    try:
        with Image.open(io.BytesIO(data), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS[form]:
                raise Unfit(_("This picture has too many points. Please send a smaller one."))
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as fault:
        if isinstance(fault, Unfit):
            raise
        raise Unfit(_("This picture cannot be read. It may be damaged.")) from fault
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    for quality in (80, 55, 30):
        drawn = io.BytesIO()
        upright.save(drawn, "WEBP", quality=quality, exif=b"", icc_profile=None)
        if drawn.tell() <= most:
            return CleanFile("picture", "image/webp", "webp", drawn.getvalue(), *upright.size)
    raise Unfit(_("This picture has too many points. Please send a smaller one."))


def _clean_sound(data: bytes, extension: str) -> CleanFile:
    """Sound alone, without its tags; a film is not sound."""
    if extension == "m4a" and VIDEO_TRACK.search(data):
        raise Unfit(_("This is a film. Please send sound alone."))
    held = io.BytesIO(data)
    try:
        sound = mutagen.File(held)
        if sound is None or not sound.info.length or (extension == "m4a") != isinstance(sound, MP4):
            raise Unfit(_("This sound cannot be read. It may be damaged."))
        held.seek(0)
        sound.delete(held)
    except (mutagen.MutagenError, AttributeError, ValueError, OSError, IndexError) as fault:
        raise Unfit(_("This sound cannot be read. It may be damaged.")) from fault
    return CleanFile("sound", TYPES[extension], extension, held.getvalue())


def _clean_pdf(data: bytes) -> CleanFile:
    """The pages alone, written anew: no script, no action, no file inside, no word about who made it."""
    written = io.BytesIO()
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Unfit(_("This PDF is locked by a password. Please send it unlocked."))
        _refuse_acting(reader.trailer["/Root"])
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        writer.root_object.pop(NameObject("/Metadata"), None)
        if not writer.pages:
            raise Unfit(_("This PDF has no page."))
        writer.write(written)
    except Unfit:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as fault:
        raise Unfit(_("This PDF cannot be read. It may be damaged.")) from fault
    return CleanFile("pdf", "application/pdf", "pdf", written.getvalue())


def _refuse_acting(root: object) -> None:
    """Walk all that hangs on the root of a PDF, each part once."""
    waiting, seen = [root], set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, IndirectObject):
            key = (part.idnum, part.generation)
            if key in seen:
                continue
            seen.add(key)
            part = part.get_object()
        if isinstance(part, DictionaryObject):
            if ACTING & (set(part) | {str(value) for value in part.values() if isinstance(value, NameObject)}):
                raise Unfit(_("This PDF can act on its own or holds other files. Please send plain pages."))
            waiting += part.values()
        elif isinstance(part, ArrayObject):
            waiting += part
        if len(seen) > MOST_PDF_PARTS:
            raise Unfit(_("This PDF has too many parts. Please send a simpler one."))
