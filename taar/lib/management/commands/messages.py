"""Keep the catalogues: `messages` merges, `--missing LANG` lists, `--fill FILE LANG` fills, `--compile` compiles."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from taar.lib import messages


class Command(BaseCommand):
    help = "Collect the words of code and templates into locale/fa and locale/ar; may be run at any time."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--missing", metavar="LANG", choices=messages.TRANSLATED, help="list as JSON what is missing"
        )
        parser.add_argument("--fill", nargs=2, metavar=("FILE", "LANG"), help="fill from a JSON {msgid: words}")
        parser.add_argument("--reviewed", action="store_true", help="with --fill: a person has reviewed these words")
        parser.add_argument("--compile", action="store_true", help="only compile the catalogues that changed")

    def handle(self, *args, missing=None, fill=None, reviewed=False, compile=False, **options):
        root = Path(settings.BASE_DIR)
        if compile:
            messages.compile_catalogs(root)
        elif missing:
            self.print_missing(root, missing)
        elif fill:
            self.fill(root, Path(fill[0]), fill[1], reviewed)
        else:
            self.merge(root)

    def print_missing(self, root: Path, language: str) -> None:
        """A JSON list of {msgid, plural, context, where}; `plural` and `context` only where there is one."""
        lacking = messages.missing_messages(messages.read_catalog(root, language), messages.find_messages(root))
        rows = []
        for message in lacking:
            row = {"msgid": message.msgid, "plural": message.plural, "context": message.context}
            rows.append({key: value for key, value in row.items() if value} | {"where": sorted(message.where)})
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))

    def fill(self, root: Path, file: Path, language: str, reviewed: bool) -> None:
        """Fill one language; Arabic that no person has reviewed is marked so in its catalogue."""
        if language not in messages.TRANSLATED:
            raise CommandError(f"{language} has no catalogue; choose one of {', '.join(messages.TRANSLATED)}.")
        catalog = messages.merge_catalog(root, language, messages.find_messages(root))
        words = json.loads(file.read_text(encoding="utf-8"))
        refused = messages.fill_catalog(catalog, words, reviewed=reviewed or language != "ar")
        messages.write_catalog(root, language, catalog)
        messages.compile_catalogs(root)
        self.stdout.write(f"{language}: {len(words) - len(refused)} filled, {len(refused)} refused.")
        if refused:
            raise CommandError("\n".join(refused))

    def merge(self, root: Path) -> None:
        """Merge the messages of today into both catalogues."""
        found = messages.find_messages(root)
        for language in messages.TRANSLATED:
            catalog = messages.merge_catalog(root, language, found)
            messages.write_catalog(root, language, catalog)
            lacking = len(messages.missing_messages(catalog, found))
            self.stdout.write(f"{language}: {len(found)} messages, {lacking} missing.")
        messages.compile_catalogs(root)
