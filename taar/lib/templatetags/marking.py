"""Marks in templates: what was searched for stands out in what was found."""

from django import template

from taar.lib import marking

register = template.Library()


@register.filter
def marked(text: str, words: str) -> str:
    """The text with the words that were searched for in <mark>."""
    return marking.mark_words(text, words)


@register.filter
def excerpt(text: str, words: str) -> str:
    """The part of a long text where the words that were searched for stand, marked."""
    return marking.mark_excerpt(text, words)
