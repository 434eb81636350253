"""One owner of the services, guests beside it, nothing left behind, and a sentence for what cannot work."""

import json
import os
import socket
import stat

import pytest

from taar.bootstrap import browser, environment, keys, portal, postgres, services, valkey
from taar.bootstrap.children import Children, command_of, end_stranger
from taar.bootstrap.steps import Failed


@pytest.fixture
def var(tmp_path):
    """A `var` folder of its own."""
    (tmp_path / "var").mkdir()
    return tmp_path / "var"


@pytest.fixture
def sockets(var):
    folder = services.socket_folder(var)
    yield folder
    (var / "sockets.txt").write_text(str(folder))
    services.forget_last_run(var)


def test_the_keys_of_a_demo_are_made_once_for_their_owner_alone(var, monkeypatch):
    monkeypatch.setenv("DEMO", "1")
    for name in ("SECRET_KEY", "FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    keys.take_keys(var)
    first = os.environ["SECRET_KEY"], os.environ["FIELD_KEYS"]
    assert stat.S_IMODE((var / "secrets.env").stat().st_mode) == 0o600
    monkeypatch.delenv("SECRET_KEY")
    keys.take_keys(var)
    assert (os.environ["SECRET_KEY"], os.environ["FIELD_KEYS"]) == first


def test_a_server_gets_no_keys_made_up(var, monkeypatch):
    monkeypatch.setenv("DEMO", "0")
    monkeypatch.delenv("SECRET_KEY", raising=False)
    keys.take_keys(var)
    assert "SECRET_KEY" not in os.environ
    assert not (var / "secrets.env").exists()


def test_only_one_command_owns_the_services(var):
    owner = services.take_lock(var / "services.lock", "up")
    assert services.take_lock(var / "services.lock", "shell") is None
    (var / "running.json").write_text(json.dumps({"owner": os.getpid(), "command": "up", "port": "8000"}))
    assert services.running(var)["command"] == "up"
    owner.close()
    services.take_lock(var / "services.lock", "shell").close()


def test_the_note_of_a_killed_run_is_nobodys(var):
    (var / "running.json").write_text(json.dumps({"owner": 1, "command": "up"}))
    services.take_lock(var / "services.lock", "migrate").close()
    assert services.running(var) is None


def test_a_second_portal_is_told_where_the_first_is(var):
    owner = services.take_lock(var / "services.lock", "up")
    (var / "running.json").write_text(json.dumps({"owner": os.getpid(), "command": "up", "port": "8123"}))
    with pytest.raises(Failed, match="already running here at http://127.0.0.1:8123/"):
        portal.refuse_second(var, 8000)
    owner.close()


def test_a_port_that_is_taken_is_said(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(Failed, match="is taken"):
            portal.refuse_second(var, other.getsockname()[1])


@pytest.mark.parametrize("text", ["http", "0", "70000", "۸۰۰۰x"])
def test_a_port_that_is_none_is_said(text, monkeypatch):
    monkeypatch.setenv("PORT", text)
    with pytest.raises(Failed, match="not the number of a port"):
        portal.chosen_port()


@pytest.mark.parametrize("name", ["A Folder", "x" * 120])
def test_sockets_find_a_short_plain_folder(tmp_path, name):
    var = tmp_path / name
    var.mkdir()
    folder = services.socket_folder(var)
    (var / "sockets.txt").write_text(str(folder))
    assert services.PLAIN_PATH.fullmatch(str(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    services.forget_last_run(var)
    assert not folder.exists()


def test_a_real_postgres_starts_keeps_its_data_and_stops(var, sockets):
    import psycopg

    for run in range(2):
        children = Children(var / "log")
        postgres.start_postgres(children, var / "postgres", sockets, quiet=True)
        pid = children.alive[0].process.pid
        with psycopg.connect(host=str(sockets), user="taar", dbname="taar") as connection:
            if run == 0:
                connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
            assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
            (collation,) = connection.execute("SELECT datctype FROM pg_database WHERE datname = 'taar'").fetchone()
            assert collation == "C.UTF-8"
        children.stop()
        assert not command_of(pid)


def test_data_of_another_postgres_is_left_alone_with_a_sentence(var):
    data = var / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Failed, match="was made by PostgreSQL 9"):
        postgres.choose_binaries(data)


def test_a_note_of_a_dead_postgres_is_removed_and_a_stranger_of_that_number_left_alone(var):
    data = var / "postgres"
    data.mkdir()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n")
    postgres.end_leftover(data)
    assert not (data / "postmaster.pid").exists()


def test_a_real_valkey_starts_and_stops(var, sockets):
    children = Children(var / "log")
    (sockets / "valkey.sock").touch()
    url = valkey.start_valkey(children, sockets, quiet=True)
    assert url.startswith("unix://")
    assert valkey.ask(sockets / "valkey.sock", b"PING\r\n") == b"+PONG\r\n"
    children.stop()
    assert not valkey.ask(sockets / "valkey.sock", b"PING\r\n")


def test_a_child_that_ends_at_once_is_told_with_its_last_words(var):
    children = Children(var / "log")
    child = children.start("speaker", ["sh", "-c", "echo last words; exit 3"])
    with pytest.raises(Failed, match="last words"):
        services_wait(child)


def test_only_the_process_that_bears_the_mark_is_ended(var):
    children = Children(var / "log")
    child = children.start("sleeper", ["sleep", "60"])
    assert end_stranger(child.process.pid, "another mark")
    assert child.is_alive()
    children.stop()
    assert not child.is_alive()


def test_a_browser_that_is_named_wrongly_is_said(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(Failed, match="CHROMIUM=/nowhere/chromium"):
        browser.find_browser()


def test_without_any_browser_the_tests_say_so(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    for way in ("of_system", "of_playwright", "by_playwright", "by_apt"):
        monkeypatch.setattr(browser, way, lambda: "")
    with pytest.raises(Failed, match="need a browser"):
        browser.find_browser()


def test_an_incomplete_python_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Failed, match="apt-get install python3-venv"):
        environment.make(tmp_path / ".venv")


def services_wait(child):
    from taar.bootstrap.children import wait_until

    wait_until(lambda: False, child, seconds=10)
