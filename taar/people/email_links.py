"""The link that confirms an e-mail address: signed, bound to the person, good for a day, and nowhere stored."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from taar.lib.sealed import seal, unseal
from taar.people.models import Person

PURPOSE = "people.email_link"
GOOD_FOR_SECONDS = 24 * 3600


def send_link(request: HttpRequest, email: str) -> None:
    """Send the link to the address that it confirms."""
    address = settings.SITE_URL + reverse("confirm_email", kwargs={"token": token_for(request.user, email)})
    text = _(
        "Somebody, hopefully you, named this address in the Khuzestan Hall. To confirm it, sign in and open:\n\n"
        "%(address)s\n\nThe link is good for one day. If it was not you, do nothing."
    )
    send_mail(_("Confirm your e-mail address"), text % {"address": address}, None, [email])


def token_for(person: Person, email: str) -> str:
    """A token that only this person can use; the address in it is sealed."""
    return signing.dumps([person.pk, seal(email, PURPOSE).hex()], salt=PURPOSE)


def email_of(token: str, person: Person) -> str:
    """The address of a token, or nothing when it is old, broken or another person's."""
    try:
        owner, sealed = signing.loads(token, salt=PURPOSE, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        return ""
    return unseal(bytes.fromhex(sealed), PURPOSE) if owner == person.pk else ""
