"""Walk a whole portal by its own links, as a search engine or a curious person would."""

import re
from collections import deque
from collections.abc import Container
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

LINK = re.compile(r"""(?:href|src|hx-get)=["']([^"'#][^"']*)["']""")
# Leaving, and what a test may not do again and again.
CLOSED = ("/accounts/logout/", "/static/", "mailto:", "tel:", "data:")
MOST_PAGES = 600
# Of pages that differ only by their number, code or query, so many are enough.
MOST_ALIKE = 3
# Keys, codes of applications, numbers, and codes of capitals alone: a board's.
NAMES = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|RK-[0-9A-Z]+|\d+|(?<=[/-])[A-Z]{3,}(?=[/.?]|$)")


@dataclass(frozen=True)
class Seen:
    """One answer: where, what came, and what stood in it."""

    path: str
    status: int
    text: str
    found_on: str


def walk(client: Client, start: str = "/", *, known_shapes: Container[str] = (), closed: str = "") -> list[Seen]:
    """Every page that links lead to from a first one, without sending a form; pages that are alike a few times.

    Of a path whose shape is known already one is enough, but not of what differs by its query: filters lead on. What
    begins with `closed` is left out.
    """
    waiting, known, alike, seen = deque([(start, "")]), {start}, {}, []
    while waiting and len(seen) < MOST_PAGES:
        path, found_on = waiting.popleft()
        answer = client.get(path)
        text = text_of(answer)
        seen.append(Seen(path, answer.status_code, text, found_on))
        targets = LINK.findall(text) if "html" in answer.headers.get("Content-Type", "") else []
        targets += [answer.headers["Location"]] if "Location" in answer.headers else []
        for target in targets:
            there = inside(path, target.replace("&amp;", "&"))
            shape = shape_of(there.split("?")[0]) + "?" * ("?" in there)
            most = 1 if shape in known_shapes and "?" not in there else MOST_ALIKE
            is_open = there and not (closed and there.startswith(closed))
            # Django's own lists can be sorted and narrowed in hundreds of ways that show the same rows.
            same_rows = there.startswith("/admin/") and "?" in there
            if is_open and not same_rows and there not in known and alike.get(shape, 0) < most:
                known.add(there)
                alike[shape] = alike.get(shape, 0) + 1
                waiting.append((there, path))
    return seen


def shape_of(path: str) -> str:
    """What pages have in common that differ by a key, a number or a code."""
    return NAMES.sub("#", path)


def inside(page: str, target: str) -> str:
    """The path of a link of ours, or nothing for one that leads elsewhere or does something."""
    whole = urldefrag(urljoin(f"http://testserver{page}", target)).url
    parts = urlsplit(whole)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return "" if parts.netloc != "testserver" or any(word in target for word in CLOSED) else path


def text_of(answer) -> str:
    """The body as text, whatever it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace")
