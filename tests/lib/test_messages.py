"""The catalogues are collected, merged, filled and compiled in pure Python."""

import gettext

import pytest

from taar.lib import messages

CODE = """
from django.utils.translation import gettext as _, ngettext, pgettext
def say(n):
    return (_("Hello "
              "%(name)s"), ngettext("%(n)d answer", "%(n)d answers", n), pgettext("verb", "Open"))
"""
PAGE = """
{% translate "It's 100% kept" %}
  {% blocktranslate trimmed with place=thread.place %}
    Said in
    {{ place }}
  {% endblocktranslate %}
{{ name|default:_("nobody") }} don't "break
"""


@pytest.fixture
def project(tmp_path):
    """A small project with one module and one page."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__init__.py").touch()
    (tmp_path / "app/views.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.html").write_text(PAGE)
    return tmp_path


def filled(project, language, words):
    catalog = messages.merge_catalog(project, language, messages.find_messages(project))
    refused = messages.fill_catalog(catalog, words, reviewed=False)
    messages.write_catalog(project, language, catalog)
    return refused


def test_code_and_pages_are_read(project):
    found = {message.msgid: sorted(message.where) for message in messages.find_messages(project)}
    assert found == {
        "Hello %(name)s": ["app/views.py"],
        "%(n)d answer": ["app/views.py"],
        "Open": ["app/views.py"],
        "It's 100%% kept": ["templates/page.html"],
        "Said in %(place)s": ["templates/page.html"],
        "nobody": ["templates/page.html"],
    }


def test_a_merge_keeps_what_is_said_and_drops_what_is_not(project):
    assert not filled(project, "fa", {"nobody": "هیچ‌کس", "Hello %(name)s": "سلام %(name)s"})
    (project / "templates/page.html").write_text("{% translate 'somebody' %}")
    catalog = messages.merge_catalog(project, "fa", messages.find_messages(project))
    said = {entry.msgid: entry.msgstr for entry in catalog if not entry.msgid_plural}
    assert said == {"Hello %(name)s": "سلام %(name)s", "Open": "", "somebody": ""}


def test_a_merge_twice_writes_the_same_file(project):
    filled(project, "ar", {"nobody": "لا أحد"})
    first = messages.catalog_path(project, "ar").read_bytes()
    filled(project, "ar", {})
    assert messages.catalog_path(project, "ar").read_bytes() == first
    assert b"unreviewed" in first
    assert str(project).encode() not in first


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("Hello %(name)s", "سلام %(nam)s"),
        ("Hello %(name)s", ""),
        ("nobody says this", "x"),
        ("%(n)d answer", "%(n)d پاسخ"),
        ("%(n)d answer", ["%(n)d پاسخ"]),
        ("%(n)d answer", ["یک پاسخ", "چند پاسخ"]),
        ("nobody", ["x", "y"]),
    ],
)
def test_a_wrong_translation_is_refused(project, key, said):
    assert len(filled(project, "fa", {key: said})) == 1


def test_what_is_missing_is_told(project):
    filled(project, "fa", {"nobody": "هیچ‌کس", "%(n)d answer": ["%(n)d پاسخ"] * 2, "verb\x04Open": "باز کنید"})
    missing = messages.missing_messages(messages.read_catalog(project, "fa"), messages.find_messages(project))
    assert {message.msgid for message in missing} == {"Hello %(name)s", "It's 100%% kept", "Said in %(place)s"}


def test_compiled_words_are_read_by_gettext(project):
    filled(project, "fa", {"nobody": "هیچ‌کس", "%(n)d answer": ["%(n)d پاسخ"] * 2})
    assert messages.compile_catalogs(project) == ["fa"]
    assert messages.compile_catalogs(project) == []
    said = gettext.translation("django", project / "locale", ["fa"])
    assert said.gettext("nobody") == "هیچ‌کس"
    assert said.ngettext("%(n)d answer", "%(n)d answers", 5) == "%(n)d پاسخ"
