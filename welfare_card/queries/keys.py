"""What readers trust and know: the published keys and lists."""

from base64 import b64decode

from django.conf import settings

from welfare_card import key_list
from welfare_card.models import KeyList, StatusList


def published_key_list() -> KeyList | None:
    """The newest list of keys that the root key signed."""
    return KeyList.objects.order_by("-seq").first()


def published_status_list() -> StatusList | None:
    """The newest status list."""
    return StatusList.objects.order_by("-seq").first()


def trusted_keys(use: str = key_list.CARDS) -> dict[int, bytes]:
    """The public keys of a use as the newest list names them, if the root key of the settings has signed it."""
    newest = published_key_list()
    return key_list.read_list(newest.text, root_key(), use=use) if newest else {}


def root_key() -> bytes:
    """The public half of the root key."""
    return b64decode(settings.CARD_ROOT_KEY)
