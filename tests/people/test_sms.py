"""Kavenegar is spoken to over HTTP as its interface asks; whatever goes wrong there is one clear failure here."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from taar.people import sms


class Carrier(BaseHTTPRequestHandler):
    """A carrier of messages that notes what it is told."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append((self.path, {name: values[0] for name, values in parse_qs(body).items()}))
        answer = json.dumps({"return": {"status": self.server.status, "message": "…"}}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        """Stay silent."""


@pytest.fixture
def carrier(settings):
    server = HTTPServer(("127.0.0.1", 0), Carrier)
    server.told, server.status = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_PROVIDER = "kavenegar"
    settings.KAVENEGAR_URL = f"http://127.0.0.1:{server.server_port}"
    settings.KAVENEGAR_KEY = "key"
    settings.KAVENEGAR_TEMPLATE = "hall-code"
    settings.KAVENEGAR_SENDER = "1000"
    yield server
    server.shutdown()
    server.server_close()


def test_a_code_goes_by_the_template_call(carrier):
    sms.send_code("+989161234567", "123456")
    assert carrier.told == [
        ("/v1/key/verify/lookup.json", {"receptor": "09161234567", "token": "123456", "template": "hall-code"})
    ]


def test_a_text_goes_with_its_sender(carrier):
    sms.send_text("+989161234567", "سلام")
    assert carrier.told == [("/v1/key/sms/send.json", {"receptor": "09161234567", "message": "سلام", "sender": "1000"})]


def test_a_refusal_of_the_carrier_is_a_failure_without_the_number(carrier):
    carrier.status = 418
    with pytest.raises(sms.SmsFailed) as failure:
        sms.send_text("+989161234567", "سلام")
    assert str(failure.value) == "status 418"


def test_a_carrier_that_is_away_is_a_failure_without_key_or_number(settings):
    settings.SMS_PROVIDER = "kavenegar"
    settings.KAVENEGAR_URL = "http://127.0.0.1:9"
    with pytest.raises(sms.SmsFailed) as failure:
        sms.send_text("+989161234567", "سلام")
    assert str(failure.value) == "URLError"
