import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from taar.journal.models import Entry
from taar.lib.jalali import local_day
from tests.welfare_card.codes import VECTORS
from tests.welfare_card.factories import (
    AT,
    ROOT,
    make_active_card,
    make_administrator,
    make_batch,
    make_checker,
    make_signing_keys,
)
from tests.welfare_card.ledger_factories import make_rule, make_venue
from tests.welfare_card.test_draw import published
from welfare_card.actions import cards
from welfare_card.actions.batches import add_to_batch, approve_batch, begin_signing, check_batch, produce_batch
from welfare_card.actions.signing import SIGNED_FIELDS, sign_rows
from welfare_card.draw import Entry as Wish
from welfare_card.models import Account, Batch, Card, Plan, Season, SigningKey, SigningShare, Visit
from welfare_card.population import add_people
from welfare_card.queries.ledger import ledger_differences
from welfare_card.signing_workers import sign_with_workers


@pytest.mark.django_db
def test_a_card_is_read_as_json_and_a_wrong_one_is_refused_by_name(capsys):
    make_signing_keys()
    card = make_active_card()
    call_command("read_card", card.code_text)
    facts = json.loads(capsys.readouterr().out)
    assert (facts["index"], facts["name"], facts["type"], facts["blocked"]) == (
        card.index,
        "زهرا کریمی",
        "paper",
        False,
    )
    cards.revoke_card(card, by=make_administrator(), at=AT, reason="wish")
    call_command("read_card", card.code_text)
    assert json.loads(capsys.readouterr().out)["blocked"] is True
    test_card = VECTORS["codes"][0]["text"]
    for text, reason in [("RK1:", "length"), (test_card, "key"), ("hello", "prefix")]:
        with pytest.raises(CommandError) as refused:
            call_command("read_card", text)
        assert (str(refused.value), refused.value.returncode) == (reason, 1)


@pytest.mark.django_db
def test_keys_are_made_and_listed_by_the_root_that_readers_know(tmp_path, capsys):
    root = tmp_path / "root.key"
    root.write_text(b64encode(ROOT.private_bytes_raw()).decode())
    settings.CARD_ROOT_KEY = b64encode(ROOT.public_key().public_bytes_raw()).decode()
    call_command("card_keys", make=3, root=root)
    assert SigningKey.objects.signing("cards").count() == 3
    assert SigningKey.objects.signing("lists").count() == 1
    call_command("card_keys", withdraw=1, root=root)
    assert SigningKey.objects.signing("cards").count() == 2
    assert "withdrawn" in capsys.readouterr().out
    for wrong in ({"withdraw": 9}, {"make": 300}, {"root": tmp_path / "none"}):
        with pytest.raises(CommandError):
            call_command("card_keys", **{"root": root} | wrong)
    call_command("card_keys", new_root=True, root=tmp_path / "new.key")
    assert "CARD_ROOT_KEY=" in capsys.readouterr().out
    assert (tmp_path / "new.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):
        call_command("card_keys", make=1, root=tmp_path / "new.key")


def test_a_published_draw_is_verified_from_its_file(tmp_path, capsys):
    file = tmp_path / "draw.json"
    draw = published([Wish(str(n)) for n in range(9)], 3)
    file.write_text(json.dumps(draw))
    call_command("verify_draw", file)
    assert capsys.readouterr().out.startswith("The draw holds: 3 drawn, 6 wait.")
    file.write_text(json.dumps(draw | {"value": "another"}))
    with pytest.raises(CommandError):
        call_command("verify_draw", file)
    with pytest.raises(CommandError):
        call_command("verify_draw", tmp_path / "none.json")


@pytest.mark.django_db
def test_a_batch_that_is_not_approved_is_not_issued():
    for number in (make_batch(1).pk, 999):
        with pytest.raises(CommandError):
            call_command("issue_cards", batch=number)


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_was_killed_in_the_middle_comes_out_the_same(monkeypatch):
    monkeypatch.setattr(SigningShare, "MOST_CARDS", 500)
    make_signing_keys(2)
    batch, maker = make_batch(1), make_administrator()
    add_to_batch(batch, requests=list(add_people(4_000, at=AT)), by=maker, at=AT)
    check_batch(batch, by=maker, at=AT)
    approve_batch(batch, by=make_checker(), at=AT)
    begin_signing(batch, by=None, at=AT)
    kill_after_the_first_share(batch)
    left = SigningShare.objects.filter(batch=batch, signed_at=None).count()
    assert 0 < left < SigningShare.objects.filter(batch=batch).count()
    waiting = Card.objects.filter(batch=batch, code=None).count()
    assert sum(sign_with_workers(batch.pk, 2)) == waiting
    produce_batch(batch, by=None, at=AT)
    assert batch.signed_count == 4_001
    for share in SigningShare.objects.filter(batch=batch).select_related("key"):
        run = Card.objects.filter(batch=batch, index__range=(share.first_index, share.last_index)).order_by("index")
        afresh = sign_rows(run.values_list(*SIGNED_FIELDS), key=share.key, plan=batch.plan, on=batch.valid_from_on)
        assert [(pk, bytes(code)) for pk, code in run.values_list("pk", "code")] == afresh


def kill_after_the_first_share(batch: Batch) -> None:
    """Start the command on this database and kill it, workers and all, as soon as it has stored something.

    Its last share is held meanwhile, so that it is always killed before its end, however slowly this process looks.
    """
    name, known = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    environment = os.environ | {"DATABASE_URL": known.rpartition("/")[0] + f"/{name}"}
    command = [
        sys.executable,
        str(Path("manage.py").resolve()),
        "issue_cards",
        "--batch",
        str(batch.pk),
        "--workers",
        "1",
    ]
    signed = SigningShare.objects.filter(batch=batch, signed_at__isnull=False)
    end = time.monotonic() + 120
    with transaction.atomic():
        SigningShare.objects.select_for_update().filter(batch=batch).latest("pk")
        started = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
        while time.monotonic() < end and not signed.exists():
            time.sleep(0.05)
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()


@pytest.mark.django_db(transaction=True)
def test_synthetic_people_have_active_cards_that_are_read(tmp_path):
    make_signing_keys()
    with pytest.raises(CommandError):
        call_command("make_population", people=10)
    call_command("make_population", people=10, draft=True)
    assert Card.objects.filter(status="requested").count() == 20
    make_checker()
    call_command("make_population", people=30, seed=2)
    made = Card.objects.filter(status="active")
    assert made.count() == 30
    assert made.exclude(short_name="").count() == 30
    call_command("read_card", made.first().code_text)


@pytest.mark.django_db(transaction=True)
def test_synthetic_people_have_been_at_venues_as_the_door_would_have_written_it(capsys):
    make_signing_keys()
    make_checker()
    today = local_day(timezone.now())
    season_from = today - timedelta(days=60)
    plan = Plan.objects.create(number=1, name_fa="x", families=["sport"], owner_label="x", from_on=season_from)
    season = Season.objects.create(plan=plan, name_fa="x", from_on=season_from, until_on=today + timedelta(days=30))
    make_rule(12, plan=plan, season=season, from_on=season_from, cap_day=1, cap_week=1)
    venues = {make_venue().pk, make_venue().pk}
    call_command("make_population", people=30, visits=3)
    visits = Visit.objects.all()
    assert {visit.venue_id for visit in visits} == venues
    assert visits.count() == 3 * visits.values("card").distinct().count() >= 57
    assert f" {visits.count()} visits," in capsys.readouterr().out
    assert visits.filter(on__gte=today).count() == 0
    assert set(Account.objects.filter(kind="allowance").values_list("balance", flat=True)) == {9, 12}
    assert ledger_differences()[:2] == (0, 0)


@pytest.mark.django_db
def test_a_batch_is_written_as_files_for_the_printing_house(tmp_path):
    make_signing_keys()
    batch = make_batch(3, status=Batch.Status.PRODUCED)
    call_command("print_cards", batch=batch.pk, to=tmp_path / "out")
    (file,) = (tmp_path / "out").iterdir()
    assert file.read_bytes().startswith(b"%PDF")
    assert Entry.objects.get(verb="print_cards").facts == {"cards": 3}
    with pytest.raises(CommandError):
        call_command("print_cards", batch=make_batch(1).pk, to=tmp_path)
