"""Sealed fields: what names a person lies in the database encrypted, and is found only by a keyed digest.

`settings.FIELD_KEYS` is a list of `id:base64` (id 1–255, 32 bytes), newest first. New values are sealed with the
first key; each key opens what it sealed. The blind index hangs on the **last** key: that one stays for good.
"""

import hmac
import os
from base64 import b64decode
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

NONCE_BYTES = 12
KEY_BYTES = 32


def seal(text: str, purpose: str) -> bytes:
    """Encrypt a text with AES-GCM; it opens only for the same purpose (key id, nonce, ciphertext and tag)."""
    number, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    return bytes([number]) + nonce + AESGCM(key).encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, purpose: str) -> str:
    """Open what `seal` made for this purpose; raises InvalidTag for another purpose or changed bytes."""
    sealed = bytes(sealed)
    key = _keys().get(sealed[0])
    if key is None:
        raise ImproperlyConfigured(f"FIELD_KEYS has no key {sealed[0]}, which sealed a value for {purpose}.")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    return AESGCM(key).decrypt(nonce, body, purpose.encode()).decode()


def blind_index(value: str, purpose: str) -> bytes:
    """The keyed digest (HMAC-SHA256, 32 bytes) by which a sealed value is found; equal only within one purpose."""
    root = list(_keys().values())[-1]
    key = hmac.digest(root, b"blind index", sha256)
    return hmac.digest(key, f"{purpose}\0{value}".encode(), sha256)


class SealedTextField(models.Field):
    """A text that the database only holds sealed; it cannot be searched, sorted or dumped, and empty is NULL."""

    description = "sealed text"
    empty_strings_allowed = False

    def __init__(self, *args, **options):
        options.update(null=True, blank=True, default="")
        super().__init__(*args, **options)

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        for fixed in ("null", "blank", "default"):
            options.pop(fixed, None)
        return name, path, args, options

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def purpose(self) -> str:
        """The authenticated name of this field: a value moved to another column does not open."""
        return f"{self.model._meta.concrete_model._meta.label_lower}.{self.name}"

    def from_db_value(self, value, expression, connection) -> str:
        return "" if value is None else unseal(value, self.purpose)

    def get_db_prep_value(self, value, connection, prepared=False):
        if value is None or value == "":
            return None
        return connection.Database.Binary(seal(str(value), self.purpose))

    def get_lookup(self, lookup_name):
        if lookup_name != "isnull":
            raise FieldError(f"{self.purpose} is sealed: look it up by its blind index.")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj) -> str:
        raise FieldError(f"{self.purpose} is sealed: it is not written into dumps.")


def _keys() -> dict[int, bytes]:
    return _read_keys(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=8)
def _read_keys(lines: tuple[str, ...]) -> dict[int, bytes]:
    keys = {}
    for line in lines:
        number, _colon, text = line.partition(":")
        try:
            keys[int(number)] = b64decode(text, validate=True)
        except ValueError as fault:
            raise ImproperlyConfigured("FIELD_KEYS is a list of id:base64.") from fault
    if not keys or any(len(key) != KEY_BYTES or not 0 < number < 256 for number, key in keys.items()):
        raise ImproperlyConfigured("FIELD_KEYS needs at least one key of 32 bytes with an id from 1 to 255.")
    return keys
