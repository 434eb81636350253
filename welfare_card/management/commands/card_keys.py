from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from taar.lib.refusals import Refused
from welfare_card.actions.keys import make_keys, sign_key_list, withdraw_key
from welfare_card.actions.lists import renew_status_list
from welfare_card.models import SigningKey


class Command(BaseCommand):
    """Make signing keys, withdraw one, and sign the list of keys with the offline root key."""

    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--make", type=int, default=0, metavar="N", help="make N keys; each signs 20,000 cards")
        parser.add_argument("--withdraw", type=int, metavar="ID", help="trust this key no more")
        parser.add_argument(
            "--root",
            type=Path,
            default=settings.VAR_DIR / "card_root.key",
            help="the file of the root key's secret half (base64); bring it on a stick and take it away again",
        )
        parser.add_argument("--new-root", action="store_true", help="make the root key and tell its CARD_ROOT_KEY")

    def handle(self, *args, **options) -> None:
        now = timezone.now()
        try:
            root = self.new_root(options["root"]) if options["new_root"] else root_of(options["root"])
            if options["new_root"]:
                return
            if options["withdraw"] is not None:
                withdraw_key(key_of(options["withdraw"]), by=None, at=now)
            if options["make"]:
                make_keys(options["make"], use=SigningKey.Use.CARDS, by=None, at=now)
            if not SigningKey.objects.filter(use=SigningKey.Use.LISTS, withdrawn_at=None).exists():
                make_keys(1, use=SigningKey.Use.LISTS, by=None, at=now)
            listed = sign_key_list(root, by=None, at=now)
            renew_status_list(now)
        except Refused as refused:
            raise CommandError(refused.sentence) from refused
        for key in SigningKey.objects.all():
            state = "withdrawn" if key.withdrawn_at else f"{key.card_count} cards"
            self.stdout.write(f"{key.number:3} {key.use:5} {state}")
        self.stdout.write(f"List {listed.seq} is signed and published.")

    def new_root(self, file: Path) -> None:
        """Make the root key, once, in a file for its owner alone."""
        pair = Ed25519PrivateKey.generate()
        try:
            file.touch(mode=0o600, exist_ok=False)
        except OSError as fault:
            raise CommandError(f"{file} cannot be made new: {fault.strerror}") from fault
        file.write_text(b64encode(pair.private_bytes_raw()).decode() + "\n")
        self.stdout.write(f"CARD_ROOT_KEY={b64encode(pair.public_key().public_bytes_raw()).decode()}")


def root_of(file: Path) -> Ed25519PrivateKey:
    """The root key in a file."""
    try:
        return Ed25519PrivateKey.from_private_bytes(b64decode(file.read_text().strip(), validate=True))
    except (OSError, ValueError) as fault:
        raise CommandError(f"{file} is not the file of a root key") from fault


def key_of(number: int) -> SigningKey:
    """The key of an id."""
    try:
        return SigningKey.objects.get(pk=number)
    except SigningKey.DoesNotExist as missing:
        raise CommandError(f"there is no key {number}") from missing
