"""`{{ text|say }}`: what a member wrote, as paragraphs with links."""

from django import template

from accounts.words import as_html

register = template.Library()


@register.filter
def say(text: str) -> str:
    return as_html(text)
