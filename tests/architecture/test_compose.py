"""The files for servers agree with each other and with the house; no engine is needed to see that."""

import re

import pytest
import yaml

from tests.architecture.project import ROOT

OURS = {"migrate", "web", "worker", "beat"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_every_part_is_there_and_says_how_it_is(compose):
    assert set(compose["services"]) == OURS | {"postgres", "valkey", "proxy"}
    silent = {name for name, service in compose["services"].items() if "healthcheck" not in service}
    assert silent == {"migrate"}, "what runs on must say how it is; what runs once says it by its end"


def test_nothing_starts_before_the_database_is_up_to_date(compose):
    for name in OURS - {"migrate"}:
        assert compose["services"][name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_database_sorts_letters_as_the_embedded_one_does(compose):
    assert "--locale=C.UTF-8" in compose["services"]["postgres"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_the_proxy_keeps_its_own_dollars(compose):
    assert not re.findall(r"(?<!\$)(?:\$\$)*\$(?![\${])", compose["configs"]["proxy"]["content"])


def test_the_image_does_not_run_as_root_and_holds_every_package():
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["hall"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    copied = {line.split()[1] for line in lines if line.startswith("COPY ") and "--from" not in line}
    assert packages | {"manage.py", "templates", "static", "locale"} <= copied


def test_the_proxy_sends_uploads_only_when_the_portal_says_so(compose):
    location = compose["configs"]["proxy"]["content"].split("location /uploads/ {")[1].split("}")[0]
    assert "internal;" in location
    assert "sandbox" in location
