"""A way to the test server that can be cut, as a cable is: the browser and its service worker both lose the house."""

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "keep-alive", "date", "server"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


class Way:
    """`url` leads to the server. `state` is `open`, `down` (a proxy's 503) or `cut`.

    `lose` names the beginning of addresses whose next answers get lost: so many requests arrive, nothing comes back.
    """

    def __init__(self, target: str) -> None:
        self.target, self.state, self.lose, self.arrived = urlsplit(target), "open", {}, []
        self.server = _Server(("localhost", 0), type("Handler", (_Handler,), {"way": self}))
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self) -> None:
        """Take the way down for good."""
        self.server.shutdown()
        self.server.server_close()

    def is_lost(self, path: str) -> bool:
        """Whether the answer to this request gets lost."""
        name = next((name for name, left in self.lose.items() if left and path.startswith(name)), None)
        if name:
            self.lose[name] -= 1
        return name is not None


class _Handler(BaseHTTPRequestHandler):
    way: Way

    def do_GET(self) -> None:
        self.close_connection = True
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length) if length else None
        if self.way.state == "cut":
            return
        if self.way.state == "down":
            self.send_error(503)
            return
        self.way.arrived.append((self.command, self.path, body))
        answer, said = self._ask(body)
        if self.way.is_lost(self.path):
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(said)

    def handle_one_request(self) -> None:
        """A browser that no longer waits is no fault."""
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    do_POST = do_HEAD = do_GET

    def _ask(self, body):
        house = http.client.HTTPConnection(self.way.target.hostname, self.way.target.port, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        house.request(self.command, self.path, body, headers)
        answer = house.getresponse()
        said = answer.read()
        house.close()
        return answer, said

    def log_message(self, *_said) -> None:
        """The tests speak for themselves."""
