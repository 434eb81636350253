"""Does a phone belong to the holder of a national ID? A service is asked; the portal keeps only that it was so.

`settings.ID_MATCH_PROVIDER` names who is asked: `none` (this way is closed), `http` or, in a demonstration, `demo`.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Callable

from django.conf import settings

from taar.lib.identifiers import is_national_id

TIMEOUT_SECONDS = 8


class MatchFailed(Exception):
    """The service did not answer; the words never hold the number or the ID."""


def can_match() -> bool:
    """Whether this installation has a service to ask."""
    return settings.ID_MATCH_PROVIDER in PROVIDERS


def phone_matches_id(phone: str, national_id: str) -> bool:
    """Ask whether a phone (+989…) belongs to the holder of a national ID (ten digits); raises MatchFailed.

    Never called inside a transaction.
    """
    return PROVIDERS[settings.ID_MATCH_PROVIDER](phone, national_id)


def _ask_service(phone: str, national_id: str) -> bool:
    """POST `{"mobile": "09…", "national_code": "…"}` with the key as bearer; the answer is `{"matched": true}`."""
    asked = json.dumps({"mobile": f"0{phone[3:]}", "national_code": national_id}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.ID_MATCH_KEY}"}
    request = urllib.request.Request(settings.ID_MATCH_URL, asked, headers)  # noqa: S310 – an address of the settings
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            return json.load(answer)["matched"] is True
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise MatchFailed(type(fault).__name__) from None


def _believe_in_demonstration(phone: str, national_id: str) -> bool:
    """In a demonstration every right national ID is believed."""
    return settings.DEMO and is_national_id(national_id)


PROVIDERS: dict[str, Callable[[str, str], bool]] = {"http": _ask_service, "demo": _believe_in_demonstration}
