"""Starting, finding and looking after the pages of organizations (product.md §6, §12)."""

import re

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.pictures import path_of
from accounts.refusals import Refusal
from communities.actions import (
    add_name,
    appoint_admin,
    follow_organization,
    give_role,
    merge_organizations,
    start_organization,
    take_up_page,
)
from communities.logos import FOLDER, SIZES
from communities.models import Organization, OrganizationDomain, OrganizationFollow
from feed.actions import publish_post
from notifications.models import Notice
from profiles.models import Education, Position
from tests.factories import MemberFactory, connect
from tests.world import picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unmailed")]

QUERIES = 21
"""The page: session, member, community, what waits; it, its names, openings, updates (4), standing, people (8)."""
QUERIES_OF_ONES_OWN = 11


@pytest.fixture
def page(ines) -> Organization:
    return start_organization(by=ines, name="River Authority")


@pytest.fixture
def worked_there(lina):
    Position.objects.create(member=lina, title="Gauger", organization="the river authority")
    return lina


class TestStarting:
    def test_from_what_ones_cv_names(self, as_member, worked_there):
        client = as_member(worked_there)
        html = client.get(reverse("organizations")).text
        assert f"{reverse('new_organization')}?name=the+river+authority" in html
        answer = client.post(
            reverse("new_organization"), {"name": "River Authority", "kind": "public", "audience": "public"}
        )
        page = Organization.objects.run_by(worked_there).get()
        assert answer.url == page.get_absolute_url()
        assert (page.kind, page.audience) == ("public", "public")
        assert "Start its page" not in client.get(reverse("organizations")).text

    def test_is_refused_beside_the_name_where_ones_cv_doesnt_name_it(self, as_member, amara):
        data = {"name": "River Authority", "kind": "public", "audience": "members", "about": "Kept words."}
        answer = as_member(amara).post(reverse("new_organization"), data)
        assert answer.status_code == 422
        assert "positions or education" in str(answer.context["form"].errors["name"])
        assert "Kept words." in answer.text
        assert not Organization.objects.exists()

    def test_of_a_name_that_has_a_page_leads_there_and_says_so(self, as_member, worked_there, page):
        data = {"name": "RIVER authority Ltd", "kind": "company", "audience": "members"}
        answer = as_member(worked_there).post(reverse("new_organization"), data)
        assert answer.url == page.get_absolute_url()
        assert "has a page already" in str(next(iter(get_messages(answer.wsgi_request))))
        assert not Organization.objects.edited_by(worked_there).exists()

    def test_of_a_hidden_name_is_refused(self, as_member, worked_there, page):
        Organization.objects.update(hidden_at=timezone.now())
        data = {"name": "River Authority", "kind": "company", "audience": "members"}
        answer = as_member(worked_there).post(reverse("new_organization"), data)
        assert answer.status_code == 422
        assert "River Authority" not in as_member(worked_there).get(reverse("organizations")).text


class TestTakingUp:
    def test_a_page_without_an_admin_is_offered_to_those_whose_cv_names_it(self, as_member, worked_there, amara):
        page = start_organization(by=None, name="River Authority")
        assert "Nobody looks after this page" not in as_member(amara).get(page.get_absolute_url()).text
        client = as_member(worked_there)
        assert "Nobody looks after this page" in client.get(page.get_absolute_url()).text
        client.post(reverse("take_up_organization", args=[page.slug]))
        assert Organization.objects.run_by(worked_there).get() == page
        assert "Nobody looks after this page" not in client.get(page.get_absolute_url()).text

    def test_by_education_and_by_a_former_name(self, as_member, amara):
        page = start_organization(by=None, name="River Authority")
        page.names.create(name="Old Weir", use="former")
        Education.objects.create(member=amara, school="Old weir")
        as_member(amara).post(reverse("take_up_organization", args=[page.slug]))
        assert Organization.objects.run_by(amara).get() == page

    def test_not_where_somebody_is_admin_nor_without_having_been_there(self, as_member, worked_there, page, amara):
        as_member(worked_there).post(reverse("take_up_organization", args=[page.slug]))
        assert not Organization.objects.run_by(worked_there).exists()
        orphan = start_organization(by=None, name="Delta Works")
        with pytest.raises(Refusal, match="positions or education"):
            take_up_page(orphan, by=amara, may_take_up=lambda keys: False)

    def test_an_editor_becomes_admin_when_the_last_one_left(self, ines, page, worked_there):
        give_role(page, worked_there, by=ines)
        page.roles.filter(member=ines).delete()
        take_up_page(page, by=worked_there)
        assert page.roles.get().role == "admin"


class TestThePage:
    def test_says_what_it_is_by_which_names_and_whether_it_is_proved(self, as_member, lina, ines, page):
        add_name(page, by=ines, name="Autorité des fleuves")
        add_name(page, by=ines, name="Old Weir", use="former")
        Organization.objects.update(website="https://example.org/", about="We measure.", place="Lyon")
        html = as_member(lina).get(page.get_absolute_url()).text
        for words in ("Also: Autorité des fleuves", "Formerly: Old Weir", "We measure.", "Lyon", "Not proved"):
            assert words in html
        assert '<a href="https://example.org/" rel="nofollow ugc noopener">' in html
        OrganizationDomain.objects.create(organization=page, domain="example.org")
        html = as_member(lina).get(page.get_absolute_url()).text
        assert "Not proved" not in html
        assert "has confirmed an email address" in html

    def test_that_was_merged_leads_for_good_to_the_one_that_stays_with_all_below_it(self, as_member, lina, ines, page):
        into = start_organization(by=ines, name="Water Authority")
        merge_organizations(page, into=into, by=MemberFactory(is_staff=True))
        client = as_member(lina)
        for name in ("organization", "organization_people", "organization_posts", "organization_openings"):
            answer = client.get(reverse(name, args=[page.slug]))
            assert (answer.status_code, answer.url) == (301, reverse(name, args=[into.slug]))
        client.post(reverse("follow_organization", args=[page.slug]))
        assert OrganizationFollow.objects.get().organization == into
        Organization.objects.filter(pk=into.pk).update(hidden_at=timezone.now())
        assert client.get(reverse("organization", args=[page.slug])).status_code == 404

    def test_costs_the_same_with_one_of_everything_as_with_fifty(self, as_member, lina, ines, page):
        client, counted = as_member(lina), []
        for many in (1, 49):
            for number in range(many):
                publish_post(by=ines, text=f"Number {number}", organization=page)
                Position.objects.create(member=MemberFactory(), organization="River Authority")
            with CaptureQueriesContext(connection) as queries:
                client.get(page.get_absolute_url())
            counted.append(len(queries))
        assert counted[1] <= counted[0] <= QUERIES

    def test_its_updates_are_read_on_without_repetition(self, as_member, lina, ines, page):
        for number in range(25):
            publish_post(by=ines, text=f"Number {number}", organization=page)
        client = as_member(lina)
        first = client.get(reverse("organization_posts", args=[page.slug]))
        more = client.get(first.context["more_url"], headers={"HX-Request": "true"})
        seen = [item.id for answer in (first, more) for item in answer.context["items"]]
        assert len(seen) == len(set(seen)) == 25
        assert "<html" not in more.text
        assert "All updates" in client.get(page.get_absolute_url()).text


class TestFollowing:
    def test_openly_quietly_muted_and_not_any_more(self, as_member, lina, page):
        client = as_member(lina)

        def do(name, **data):
            answer = client.post(reverse(f"{name}_organization", args=[page.slug]), data)
            assert answer.url == page.get_absolute_url()
            return client.get(answer.url).text

        assert "its updates are in your feed" in do("follow")
        assert "quietly: only you know it" in do("follow", quiet="on")
        assert "kept out of your feed until" in do("mute", **{"for": "month"})
        assert "kept out of your feed." in do("mute", **{"for": "good"})
        assert "quietly: only you know it" in do("unmute")
        do("unfollow")
        assert not OrganizationFollow.objects.exists()

    def test_a_swap_in_a_list_is_the_row_as_a_fresh_page_shows_it(self, as_member, lina, page):
        Position.objects.create(member=lina, organization="River Authority")
        client, here = as_member(lina), reverse("organizations")
        data = {"look": "card", "next": here}
        where = reverse("follow_organization", args=[page.slug])
        swapped = client.post(where, data, headers={"HX-Request": "true"}).text

        def plain(html: str) -> str:
            return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html).strip()

        assert plain(swapped) in plain(client.get(here).text)

    def test_muting_from_the_feed_leads_back_there_and_nowhere_else(self, as_member, lina, page):
        follow_organization(page, by=lina)
        where = reverse("mute_organization", args=[page.slug])
        assert as_member(lina).post(where, {"next": "/"}).url == "/"
        assert as_member(lina).post(where, {"next": "//elsewhere.example/"}).url == page.get_absolute_url()


class TestOnesOwnOrganizations:
    def test_holds_what_one_looks_after_names_and_follows(self, as_member, lina, ines, page):
        give_role(page, lina, by=ines)
        follow_organization(start_organization(by=None, name="Delta Works"), by=lina, quiet=True)
        start_organization(by=None, name="Weir School")
        Education.objects.create(member=lina, school="weir school")
        Position.objects.create(member=lina, organization="The River Authority")
        html = as_member(lina).get(reverse("organizations")).text
        assert html.count("River Authority") == 1, "not twice"
        for words in ("Editor", "Delta Works", "Quiet", "Weir School"):
            assert words in html

    def test_says_what_the_place_is_for_while_it_is_empty(self, as_member, lina):
        assert "Where people work and study" in as_member(lina).get(reverse("organizations")).text

    def test_costs_the_same_with_one_as_with_fifty(self, as_member, lina):
        client, counted = as_member(lina), []
        for many in (1, 49):
            for number in range(many):
                follow_organization(start_organization(by=None, name=f"Weir {many} {number}"), by=lina)
                if number < 20:
                    Position.objects.create(member=lina, organization=f"Weir {many} {number}")
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(reverse("organizations"))
            counted.append(len(queries))
        assert counted[0] == counted[1] <= QUERIES_OF_ONES_OWN
        more = client.get(answer.context["page"].next_url, headers={"HX-Request": "true"}).text
        assert more.count("<li>") == 20


class TestLookingAfter:
    def test_what_the_page_says(self, as_member, ines, page):
        where = reverse("edit_organization", args=[page.slug])
        data = {"kind": "school", "about": "We teach.", "place": "Lyon", "website": "example.org", "audience": "public"}
        assert as_member(ines).post(where, data).url == page.get_absolute_url()
        page.refresh_from_db()
        assert (page.kind, page.website, page.audience) == ("school", "https://example.org", "public")
        answer = as_member(ines).post(where, data | {"website": "javascript:alert(1)", "about": "Kept."})
        assert answer.status_code == 422
        assert "Kept." in answer.text
        assert "website" in answer.context["form"].errors

    def test_a_logo_is_encoded_anew_shown_to_who_sees_the_page_and_erased_when_replaced(
        self, as_member, ines, lina, client, page
    ):
        where, ines_client = reverse("put_logo", args=[page.slug]), as_member(ines)
        ines_client.post(where, {"logo": picture()})
        page.refresh_from_db()
        first = reverse("logo", args=[page.logo_key, 96])
        answer = as_member(lina).get(first)
        assert (answer["Content-Type"], answer.status_code) == ("image/webp", 200)
        assert client.get(first).status_code == 404, "a page for members"
        assert as_member(lina).get(reverse("logo", args=[page.logo_key, 97])).status_code == 404
        assert first in as_member(lina).get(reverse("organization_posts", args=[page.slug])).text
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("accounts.pictures.transaction.on_commit", lambda doing: doing())
            ines_client.post(where, {"logo": picture()})
            assert not any(path_of(FOLDER, page.logo_key, size).exists() for size in SIZES)
            page.refresh_from_db()
            assert all(path_of(FOLDER, page.logo_key, size).exists() for size in SIZES)
            ines_client.post(reverse("remove_logo", args=[page.slug]))
        assert not path_of(FOLDER, page.logo_key, 96).exists()
        assert settings.MEDIA_ROOT

    def test_what_is_no_picture_is_refused_beside_the_field(self, as_member, ines, page):
        from django.core.files.uploadedfile import SimpleUploadedFile

        where = reverse("put_logo", args=[page.slug])
        for file in ({}, {"logo": SimpleUploadedFile("a.png", b"<script>")}):
            answer = as_member(ines).post(where, file)
            assert answer.status_code == 422
            assert answer.context["logo_form"].errors["logo"]

    def test_names(self, as_member, ines, page):
        client = as_member(ines)
        start_organization(by=None, name="Delta Works")
        client.post(reverse("rename_organization", args=[page.slug]), {"name": "Water Authority"})
        client.post(reverse("organization_names", args=[page.slug]), {"name": "WA", "use": "other"})
        html = client.get(reverse("organization_names", args=[page.slug])).text
        for words in ("Water Authority", "River Authority", "Former name", "WA"):
            assert words in html
        for name in ("rename_organization", "organization_names"):
            answer = client.post(reverse(name, args=[page.slug]), {"name": "delta works", "use": "other"})
            assert answer.status_code == 422
            assert "Delta Works has a page of its own." in answer.text
        other = page.names.get(name="WA")
        client.post(reverse("remove_organization_name", args=[page.slug, other.pk]))
        assert not page.names.filter(name="WA").exists()

    @pytest.mark.parametrize("written", ["tomasz", "@Tomasz", "https://example.org/in/tomasz/", "Tomasz Wisniewski"])
    def test_somebody_is_let_in_by_handle_or_a_connection_by_name_and_is_told(
        self, as_member, ines, tomasz, page, written
    ):
        as_member(ines).post(reverse("organization_roles", args=[page.slug]), {"handle": written, "role": "editor"})
        assert page.roles.get(role="editor").member == tomasz
        html = as_member(tomasz).get("/notices/").text
        assert "Ines Moreau lets you look after the page of an organization." in html
        assert "River Authority · Editor" in html
        assert Notice.objects.filter(kind="organization_role").count() == 1

    @pytest.mark.parametrize("written", ["nobody", "bill", "vera", "Lina Svensson", ""])
    def test_whoever_isnt_there_for_one_cant_be_let_in(self, as_member, ines, bill, vera, lina, page, written):
        where = reverse("organization_roles", args=[page.slug])
        answer = as_member(ines).post(where, {"handle": written, "role": "editor"})
        assert answer.status_code == 422
        assert answer.context["form"].errors["handle"]
        assert page.roles.count() == 1

    def test_ones_connections_are_offered(self, as_member, ines, tomasz, lina, page):
        html = as_member(ines).get(reverse("organization_roles", args=[page.slug])).text
        assert '<option value="tomasz">' in html
        assert '<option value="lina">' not in html

    def test_the_last_admin_stays_and_the_page_says_why(self, as_member, ines, tomasz, page):
        client = as_member(ines)
        answer = client.post(reverse("step_down_from_organization", args=[page.slug]), follow=True)
        assert "Make somebody else an admin first" in answer.text
        give_role(page, tomasz, by=ines, role="admin")
        assert (
            "Stop looking after River Authority?"
            in client.get(reverse("step_down_from_organization", args=[page.slug])).text
        )
        client.post(reverse("step_down_from_organization", args=[page.slug]))
        assert page.roles.get().member == tomasz

    def test_a_role_is_taken_away_after_asking(self, as_member, ines, tomasz, page):
        role = give_role(page, tomasz, by=ines)
        where = reverse("remove_organization_role", args=[page.slug, role.pk])
        assert "Let Tomasz Wiśniewski no longer look after River Authority?" in as_member(ines).get(where).text
        as_member(ines).post(where)
        assert page.roles.get().member == ines
        assert as_member(tomasz).get(reverse("new_opening", args=[page.slug])).status_code == 404

    def test_an_operator_gives_a_page_an_admin_unnamed(self, as_member, lina, page):
        operator = MemberFactory(is_staff=True, first_name="Olga")
        with pytest.raises(Refusal):
            appoint_admin(page, lina, by=lina)
        appoint_admin(page, lina, by=operator)
        html = as_member(lina).get("/notices/").text
        assert "An operator lets you look after the page of an organization." in html
        assert "Olga" not in html


def test_a_connection_there_stands_first_on_the_page(as_member, lina, page):
    for name in ("Abel", "Zora"):
        member = MemberFactory(first_name=name)
        Position.objects.create(member=member, organization="River Authority")
    connect(lina, member)
    people = as_member(lina).get(page.get_absolute_url()).context["people"]
    assert [member.first_name for member in people] == ["Zora", "Abel"]
