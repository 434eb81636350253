"""Text messages: `settings.SMS_PROVIDER` names who carries them. Never called inside a transaction."""

import json
import os
import sys
import urllib.parse
import urllib.request
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from taar.lib.identifiers import masked_mobile
from taar.lib.persian import local_digits

TIMEOUT_SECONDS = 8


class SmsFailed(Exception):
    """The provider did not take the message; the words never hold the number or the text."""


class Provider(Protocol):
    """What a carrier of messages can do."""

    def send_text(self, phone: str, text: str) -> None: ...

    def send_code(self, phone: str, code: str, text: str) -> None: ...


def send_text(phone: str, text: str) -> None:
    """Send a text to a phone (+989…); raises SmsFailed."""
    provider().send_text(phone, text)


def send_code(phone: str, code: str) -> None:
    """Send a sign-in code to a phone in the language in force; raises SmsFailed."""
    text = _("%(code)s is your sign-in code for the Khuzestan Hall. It is good for 5 minutes. Tell it to nobody.")
    provider().send_code(phone, code, text % {"code": code})


def provider() -> Provider:
    """The carrier that the settings name."""
    return PROVIDERS[settings.SMS_PROVIDER]()


class Console:
    """Writes messages to the terminal, with the number masked: for a demonstration on one's own machine."""

    def send_text(self, phone: str, text: str) -> None:
        sys.stdout.write(f"SMS {masked_mobile(phone)}: {text}\n")
        sys.stdout.flush()

    def send_code(self, phone: str, code: str, text: str) -> None:
        self.send_text(phone, text)


class File:
    """Appends messages as lines of JSON to `settings.SMS_FILE`, which only its owner can read: for tests."""

    def send_text(self, phone: str, text: str) -> None:
        self._write({"phone": phone, "text": text})

    def send_code(self, phone: str, code: str, text: str) -> None:
        self._write({"phone": phone, "text": text, "code": code})

    def _write(self, message: dict) -> None:
        os.makedirs(os.path.dirname(os.path.abspath(settings.SMS_FILE)), exist_ok=True)
        opened = os.open(settings.SMS_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(opened, "a", encoding="utf-8") as file:
            file.write(json.dumps(message, ensure_ascii=False) + "\n")


class Kavenegar:
    """Sends over Kavenegar's HTTP interface; a code goes by its template call, which is quicker and cheaper."""

    def send_text(self, phone: str, text: str) -> None:
        self._post("sms/send", {"receptor": _receptor(phone), "message": text, "sender": settings.KAVENEGAR_SENDER})

    def send_code(self, phone: str, code: str, text: str) -> None:
        template = settings.KAVENEGAR_TEMPLATE
        self._post("verify/lookup", {"receptor": _receptor(phone), "token": code, "template": template})

    def _post(self, call: str, fields: dict[str, str]) -> None:
        address = f"{settings.KAVENEGAR_URL}/v1/{settings.KAVENEGAR_KEY}/{call}.json"
        body = urllib.parse.urlencode({name: value for name, value in fields.items() if value}).encode()
        try:
            with urllib.request.urlopen(address, data=body, timeout=TIMEOUT_SECONDS) as answer:
                status = json.load(answer)["return"]["status"]
        except (OSError, ValueError, KeyError, TypeError) as fault:
            # The address holds the key and the body the number: only the kind of fault is told.
            raise SmsFailed(type(fault).__name__) from None
        if status != 200:
            raise SmsFailed(f"status {status}")


PROVIDERS: dict[str, type[Provider]] = {"console": Console, "file": File, "kavenegar": Kavenegar}


def _receptor(phone: str) -> str:
    return local_digits(phone.replace("+98", "0", 1), "en")
