"""Rows that break the constraints of saved searches."""

from search.models import Find, Look, SavedSearch
from tests.architecture.breakers import breaks, twice


def saved(member, **fields) -> SavedSearch:
    return SavedSearch.objects.create(**{"member": member, "words": "hydrology"} | fields)


@breaks("search_savedsearch_once")
def _(one, other):
    saved(one)
    saved(one)


@breaks("search_savedsearch_asks_for_something")
def _(one, other):
    saved(one, words="", degree="1")


@breaks("search_savedsearch_degree_is_known")
def _(one, other):
    saved(one, degree="4")


@breaks("search_find_once")
def _(one, other):
    search = saved(one)
    twice(Find, search=search, look=Look.objects.create(search=search), member=other)
