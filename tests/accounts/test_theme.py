"""The community's colour as a stylesheet of one line."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_stylesheet_of_a_colour_is_kept_for_ever(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get(reverse("theme") + "?v=32")
    assert answer.content == b":root { --hue: 32; }\n"
    assert answer.headers["Content-Type"] == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("asked", ["", "?v=", "?v=360", "?v=-1", "?v=1%3B}body{display:none", "?v=٣", "?v=99999999999"])
def test_anything_else_gives_the_colour_of_now_and_is_asked_for_again(client, community, asked):
    community(hue=77)
    answer = client.get(reverse("theme") + asked)
    assert answer.content == b":root { --hue: 77; }\n"
    assert answer.headers["Cache-Control"] == "no-cache"
