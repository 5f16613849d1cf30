"""`{{ moment|by_the_clock }}`: when something was or will be, for whoever reads it elsewhere, as in a letter."""

from django import template

from accounts.moments import by_the_clock

register = template.Library()
register.filter("by_the_clock", by_the_clock)
