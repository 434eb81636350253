"""A part of a page that many readers see alike: it is made once, kept, and filled with each reader's own values."""

import secrets
from collections.abc import Sequence
from hashlib import sha256

from django import template
from django.core.cache import cache
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from taar.lib.kept import KEPT_SECONDS

register = template.Library()

# What a reader's forms carry; in a kept part marks stand in its place, which nobody can guess and so nobody can write.
OWN_VALUES = ("csrf_token", "once", "reply_to")


@register.tag
def keep(parser: Parser, token: Token) -> Node:
    """`{% keep name value … %}…{% endkeep %}`: keep this part under a name and all values that it shows.

    A kept part is served to everybody for whom the values are the same; OWN_VALUES are put in afresh each time.
    """
    name, *values = token.split_contents()[1:] or [""]
    if not name or not values:
        raise TemplateSyntaxError("keep needs a name and the values that its part shows.")
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(nodes, name, [parser.compile_filter(value) for value in values])


class KeepNode(Node):
    """The part between `keep` and `endkeep`."""

    def __init__(self, nodelist: NodeList, name: str, shown: Sequence[FilterExpression]) -> None:
        self.nodelist, self.name, self.shown = nodelist, name, shown

    def render(self, context: Context) -> str:
        """The kept part, or a new one, with the reader's own values in the place of the marks."""
        values = [str(value.resolve(context)) for value in self.shown]
        key = f"part:{self.name}:{sha256(repr(values).encode()).hexdigest()[:40]}"
        kept = cache.get(key)
        if kept is None:
            kept = self._make(context)
            cache.set(key, kept, KEPT_SECONDS)
        marks, text = kept
        for name, mark in marks.items():
            if mark in text:
                text = text.replace(mark, conditional_escape(context.get(name, "")))
        return mark_safe(text)

    def _make(self, context: Context) -> tuple[dict[str, str], str]:
        marks = {name: secrets.token_hex(16) for name in OWN_VALUES}
        with context.push(**marks):
            return marks, str(self.nodelist.render(context))
