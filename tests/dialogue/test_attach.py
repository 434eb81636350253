"""Files of threads: kept with the form, shown with the thread, and gone from sight with it."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError

from dialogue.actions.attachments import drop_file, drop_unattached_files, keep_file
from dialogue.actions.queue import publish_text
from dialogue.attached_file import clean_file
from dialogue.models import Attachment, Publication, Thread
from taar.lib.refusals import Refused, TooOften
from tests.dialogue.factories import NOW, make_body, make_moderator, make_person, make_place, new_thread
from tests.dialogue.files import HTML, bomb, pdf, picture, sent, sound
from tests.people.factories import sign_in

pytestmark = pytest.mark.django_db
CLEAN = clean_file(picture(), "a.jpg", most=2_000_000)


def thread_with_file(author=None, data: bytes | None = None) -> Thread:
    author, form = author or make_person(), uuid.uuid4()
    kept = clean_file(data, "a", most=2_000_000) if data else CLEAN
    keep_file(kept, by=author, at=NOW, form=form, place=1, about="درِ بستهٔ سالن")
    return new_thread(author, once=form)


def fields(**over) -> dict:
    typed = {"title": "سالن محله عصرها بسته است", "body": "متنی که نباید گم شود", "kind": "concern"}
    about = {"axis": "family", "area": "sports", "audience": "all", "once": str(uuid.uuid4())}
    return typed | about | {"place": make_place().pk, "organization": make_body().pk} | over


def sender(client):
    person = make_person()
    client.force_login(person)
    return person


def test_files_of_a_form_become_those_of_its_thread(client):
    person = sender(client)
    files = {"file_1": sent(picture()), "file_2": sent(sound(), "a.wav"), "file_3": sent(pdf(), "a.pdf")}
    answer = client.post("/hall/new/", fields(about_1="درِ بسته", **files))
    thread = Thread.objects.get(author=person)
    assert answer.status_code == 302
    assert [each.kind for each in thread.attachments.all()] == ["picture", "sound", "pdf"]
    page = client.get(thread.get_absolute_url()).content.decode()
    assert 'alt="درِ بسته"' in page
    assert "<audio" in page
    assert "photo.jpg" not in page


def test_a_form_with_a_fault_keeps_its_text_and_its_good_files(client):
    person = sender(client)
    typed = fields(title="کوتاه", file_1=sent(picture()), file_2=sent(HTML, "page.pdf"))
    answer = client.post("/hall/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "متنی که نباید گم شود" in page
    assert 'name="drop_1"' in page
    assert 'id="id_file_2_error"' in page
    mended = {name: value for name, value in typed.items() if not name.startswith("file")}
    answer = client.post("/hall/new/", mended | {"title": "سالن محله عصرها بسته است"})
    assert answer.status_code == 302
    assert Thread.objects.get(author=person).attachments.count() == 1


@pytest.mark.parametrize("data", [bytes(20 * 1024 * 1024), bomb(), HTML, b""], ids=["20 MB", "bomb", "html", "empty"])
def test_a_bad_file_says_so_beside_its_field_and_loses_no_word(client, data):
    sender(client)
    answer = client.post("/hall/new/", fields(file_1=sent(data), about_2="هم این"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "متنی که نباید گم شود" in page
    assert "هم این" in page
    assert 'id="id_file_1_error"' in page
    assert not Thread.objects.exists()


def test_three_files_too_large_in_one_form_lose_no_word_either(client):
    sender(client)
    large = {f"file_{place}": sent(bytes(9 * 1024 * 1024)) for place in (1, 2, 3)}
    answer = client.post("/hall/new/", fields(**large))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(f'id="id_file_{place}_error"' in page for place in (1, 2, 3))
    assert "متنی که نباید گم شود" in page


def test_an_account_that_sends_files_without_end_is_asked_to_wait_and_loses_no_word(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "send_files": "1/1h/user"}
    person = sender(client)
    assert client.post("/hall/new/", fields(title="کوتاه", file_1=sent(picture()))).status_code == 422
    answer = client.post("/hall/new/", fields(file_1=sent(picture())))
    assert answer.status_code == 422
    assert "متنی که نباید گم شود" in answer.content.decode()
    assert answer.context["files"].non_field_errors()
    assert Attachment.objects.filter(person=person).count() == 1


def test_a_form_that_lost_its_key_can_still_be_sent(client):
    person = sender(client)
    assert client.post("/hall/new/", fields(once="")).status_code == 302
    assert Thread.objects.filter(author=person).exists()


def test_a_kept_file_can_be_taken_off_again(client):
    sender(client)
    typed = fields(title="کوتاه", file_1=sent(picture()))
    client.post("/hall/new/", typed)
    del typed["file_1"]
    answer = client.post("/hall/new/", typed | {"drop_1": "on", "title": "سالن محله عصرها بسته است"})
    assert answer.status_code == 302
    assert not Attachment.objects.exists()


def test_a_form_sent_twice_has_its_files_once(client):
    sender(client)
    once = {"once": str(uuid.uuid4())}
    for _time in range(2):
        client.post("/hall/new/", fields(file_1=sent(picture()), **once))
    assert Thread.objects.get().attachments.count() == 1


def test_a_fourth_file_has_no_place():
    person, form = make_person(), uuid.uuid4()
    with pytest.raises(Refused):
        keep_file(CLEAN, by=person, at=NOW, form=form, place=4)
    kept = keep_file(CLEAN, by=person, at=NOW, form=form, place=1)
    with pytest.raises(IntegrityError):
        Attachment.objects.filter(pk=kept.pk).update(place=4)


def test_a_later_file_takes_the_place_of_an_earlier(django_capture_on_commit_callbacks):
    person, form = make_person(), uuid.uuid4()
    first = keep_file(CLEAN, by=person, at=NOW, form=form, place=1)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep_file(CLEAN, by=person, at=NOW, form=form, place=1)
    assert Attachment.objects.get() == second
    assert not default_storage.exists(first.file.name)
    assert default_storage.exists(second.file.name)


def test_files_of_a_thread_do_not_change_through_its_old_form():
    thread = thread_with_file()
    same = keep_file(CLEAN, by=thread.author, at=NOW, form=thread.once, place=1, about="دیگر")
    assert same == thread.attachments.get()
    assert not drop_file(by=thread.author, at=NOW, form=thread.once, place=1)
    assert thread.attachments.get().about == "درِ بستهٔ سالن"


def test_nobody_hangs_a_file_on_somebody_elses_form():
    form = uuid.uuid4()
    keep_file(CLEAN, by=make_person(), at=NOW, form=form, place=1)
    assert new_thread(once=form).attachments.count() == 0


def test_one_account_may_send_so_many_files_a_day_and_no_more():
    person = make_person()
    for _time in range(30):
        keep_file(CLEAN, by=person, at=NOW, form=uuid.uuid4(), place=1)
    with pytest.raises(TooOften):
        keep_file(CLEAN, by=person, at=NOW, form=uuid.uuid4(), place=1)


def test_files_of_unfinished_forms_are_forgotten_after_a_day_and_others_stay(django_capture_on_commit_callbacks):
    thread = thread_with_file()
    left = keep_file(CLEAN, by=make_person(), at=NOW, form=uuid.uuid4(), place=1)
    assert drop_unattached_files(NOW + timedelta(hours=23)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_unattached_files(NOW + timedelta(hours=25)) == 1
    assert drop_unattached_files(NOW + timedelta(hours=25)) == 0
    assert Attachment.objects.get().thread == thread
    assert not default_storage.exists(left.file.name)


def test_a_file_is_sent_as_what_it_is_and_shut_in(client):
    thread = thread_with_file()
    publish_text(thread, at=NOW)
    answer = client.get(thread.attachments.get().get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == CLEAN.data


def test_a_pdf_is_saved_and_not_opened_among_our_pages(client):
    thread = thread_with_file(data=pdf())
    publish_text(thread, at=NOW)
    answer = client.get(thread.attachments.get().get_absolute_url())
    assert answer["Content-Disposition"] == f'attachment; filename="{thread.code}-1.pdf"'


def test_on_a_server_the_proxy_sends_what_we_have_allowed(client, settings):
    settings.SENDS_BY_PROXY = True
    thread = thread_with_file()
    publish_text(thread, at=NOW)
    attachment = thread.attachments.get()
    answer = client.get(attachment.get_absolute_url())
    assert answer["X-Accel-Redirect"] == f"/uploads/{attachment.file.name}"
    assert answer.content == b""


@pytest.mark.parametrize("publication", [Publication.HIDDEN, Publication.WITHDRAWN])
def test_what_is_taken_from_sight_takes_its_files_along(client, publication):
    thread = thread_with_file()
    publish_text(thread, at=NOW)
    url = thread.attachments.get().get_absolute_url()
    assert client.get(url).status_code == 200
    Thread.objects.filter(pk=thread.pk).update(publication=publication)
    assert client.get(url).status_code == 404
    assert "/files/" not in client.get(thread.get_absolute_url()).content.decode()
    client.force_login(thread.author)
    assert client.get(url).status_code == 200


def test_a_file_that_waits_is_for_its_author_and_a_moderator_with_the_second_factor(client):
    thread = thread_with_file()
    attachment = thread.attachments.get()
    open_url, desk_url = attachment.get_absolute_url(), f"/hall/moderation/files/{attachment.key}/"
    assert client.get(open_url).status_code == 404
    assert client.get(desk_url).status_code == 302
    client.force_login(make_person())
    assert (client.get(open_url).status_code, client.get(desk_url).status_code) == (404, 403)
    client.force_login(thread.author)
    assert (client.get(open_url).status_code, client.get(desk_url).status_code) == (200, 403)
    moderator = make_moderator()
    client.force_login(moderator)
    assert client.get(desk_url).status_code == 302
    sign_in(client, moderator, second_factor=True)
    assert client.get(desk_url).status_code == 200
    taken = client.post(f"/hall/moderation/{thread.moderation_items.get().pk}/take/")
    assert desk_url in client.get(taken.url).content.decode()
    publish_text(thread, at=NOW)
    thread.moderation_items.update(settled_at=NOW)
    assert client.get(desk_url).status_code == 403


def test_the_file_of_another_thread_is_not_found_under_this_one(client):
    one, other = thread_with_file(), thread_with_file()
    for thread in (one, other):
        publish_text(thread, at=NOW)
    key = other.attachments.get().key
    assert client.get(f"/hall/{one.code}/files/{key}/").status_code == 404
    assert client.get(f"/uploads/{other.attachments.get().file.name}").status_code == 404


def test_a_place_in_the_address_is_chosen_in_the_form(client):
    sender(client)
    place = make_place()
    page = client.get(f"/hall/new/?place={place.code}").content.decode()
    assert f'<option value="{place.pk}" selected>' in page
    assert client.get("/hall/new/?place=nowhere").status_code == 200
