"""Proving organizations by their email domains, and that members are there (product.md §1, §12)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.utils import timezone

from accounts.actions import claim_account
from accounts.models import Community
from accounts.refusals import Refusal
from communities import links
from communities.actions import (
    ask_to_prove_member,
    ask_to_prove_organization,
    end_belonging,
    follow_proof,
    give_role,
    merge_organizations,
    start_organization,
    take_domain_away,
)
from communities.addresses import domain_of, is_for_everybody
from communities.models import Belonging, Organization, OrganizationDomain, ProofLetter
from tests.factories import MemberFactory, UnclaimedFactory

ADDRESS = "ines@river.example"


@pytest.fixture(autouse=True)
def _mail_at_once(settings):
    """Mail lands in `mail.outbox` as soon as it is written: how the outbox hands it on is tested elsewhere."""
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@pytest.fixture
def page(ines) -> Organization:
    return start_organization(by=ines, name="River Authority")


@pytest.fixture
def proved(page, ines) -> Organization:
    prove(page, ines)
    return page


def prove(page, by, email=ADDRESS) -> Organization:
    """The admin asks for the letter and follows its link."""
    letter = ask_to_prove_organization(page, by=by, email=email, key=uuid4())
    return follow_proof(letter, by=by, email=email)


def prove_member(page, by, email) -> Organization:
    return follow_proof(ask_to_prove_member(page, by=by, email=email, key=uuid4()), by=by, email=email)


def token_in(sent) -> str:
    """The token of the link in a letter."""
    return re.search(r"/organizations/proof/([^/]+)/", sent.body)[1]


def proofs() -> set[tuple[str, str]]:
    return set(Belonging.objects.values_list("member__first_name", "domain__domain"))


class TestProvingAnOrganization:
    def test_takes_a_letter_to_an_address_at_the_domain(self, page, ines):
        letter = ask_to_prove_organization(page, by=ines, email=ADDRESS, key=uuid4())
        assert not OrganizationDomain.objects.exists(), "asking proves nothing"
        (sent,) = mail.outbox
        assert sent.to == [ADDRESS]
        assert links.letter_of(token_in(sent), reader=ines) == (letter, ADDRESS)
        assert "3 days" in sent.body
        follow_proof(letter, by=ines, email=ADDRESS)
        assert OrganizationDomain.objects.get().domain == "river.example"
        assert OrganizationDomain.objects.get().proved_by == ines
        assert proofs() == {("Ines", "river.example")}
        assert Organization.objects.with_proof().get().is_proved

    @pytest.mark.parametrize("role", [None, "editor", "admin"])
    def test_is_its_admins_to_do(self, role, page, ines, lina):
        if role:
            give_role(page, lina, by=ines, role=role)
        mail.outbox.clear()
        if role == "admin":
            prove(page, lina, "lina@river.example")
        else:
            with pytest.raises(Refusal, match="look after"):
                ask_to_prove_organization(page, by=lina, email="lina@river.example", key=uuid4())
            assert not mail.outbox

    def test_an_admin_no_more_when_the_link_is_followed_proves_nothing(self, page, ines, lina):
        give_role(page, lina, by=ines, role="admin")
        letter = ask_to_prove_organization(page, by=lina, email="lina@river.example", key=uuid4())
        give_role(page, lina, by=ines, role="editor")
        with pytest.raises(Refusal, match="look after"):
            follow_proof(letter, by=lina, email="lina@river.example")
        assert not OrganizationDomain.objects.exists()

    @pytest.mark.parametrize(
        "domain", ["gmail.com", "GMail.com", "web.de", "yahoo.co.jp", "qq.com", "mail.ru", "naver.com"]
    )
    def test_at_a_mail_provider_for_everybody_is_refused(self, domain, page, ines):
        with pytest.raises(Refusal, match="Anybody gets an address"):
            ask_to_prove_organization(page, by=ines, email=f"ines@{domain}", key=uuid4())

    def test_operators_list_more_of_them_also_while_a_link_is_on_its_way(self, page, ines):
        letter = ask_to_prove_organization(page, by=ines, email=ADDRESS, key=uuid4())
        Community.objects.create(mail_providers="@Other.example\nriver.example\n")
        with pytest.raises(Refusal, match="Anybody"):
            follow_proof(letter, by=ines, email=ADDRESS)
        assert not OrganizationDomain.objects.exists()

    def test_one_organization_has_several_and_a_domain_below_is_another(self, proved, ines):
        prove(proved, ines, "ines@lab.river.example")
        assert set(proved.domains.values_list("domain", flat=True)) == {"river.example", "lab.river.example"}
        with pytest.raises(Refusal, match="proves it already"):
            ask_to_prove_organization(proved, by=ines, email="other@RIVER.example", key=uuid4())

    def test_a_domain_proves_one_organization(self, proved, lina):
        other = start_organization(by=lina, name="Bureau of Rivers")
        with pytest.raises(Refusal, match="another organization"):
            ask_to_prove_organization(other, by=lina, email="lina@river.example", key=uuid4())

    def test_of_two_who_asked_the_first_to_follow_the_link_has_it(self, page, ines, lina):
        other = start_organization(by=lina, name="Bureau of Rivers")
        late = ask_to_prove_organization(other, by=lina, email="lina@river.example", key=uuid4())
        prove(page, ines)
        with pytest.raises(Refusal, match="another organization"):
            follow_proof(late, by=lina, email="lina@river.example")
        assert proofs() == {("Ines", "river.example")}

    def test_proves_whoever_confirmed_an_address_there(self, page, ines):
        MemberFactory(first_name="Colleague", email="c@river.example")
        MemberFactory(first_name="Below", email="b@lab.river.example")
        MemberFactory(first_name="Elsewhere", email="e@xriver.example")
        careless = MemberFactory(first_name="Careless")
        EmailAddress.objects.create(user=careless, email="d@river.example", verified=False)
        prove(page, ines)
        assert proofs() == {("Ines", "river.example"), ("Colleague", "river.example")}

    def test_after_a_merge_the_link_proves_the_page_that_stays(self, page, ines):
        stays = start_organization(by=ines, name="Bureau of Rivers")
        letter = ask_to_prove_organization(page, by=ines, email=ADDRESS, key=uuid4())
        merge_organizations(page, into=stays, by=MemberFactory(is_staff=True))
        assert follow_proof(letter, by=ines, email=ADDRESS) == stays
        assert stays.domains.get().domain == "river.example"


class TestProvingAMember:
    def test_takes_a_letter_to_an_address_at_a_domain_of_it(self, proved, lina):
        mail.outbox.clear()
        letter = ask_to_prove_member(proved, by=lina, email="lina@river.example", key=uuid4())
        assert mail.outbox[0].to == ["lina@river.example"]
        assert Belonging.objects.filter(member=lina).count() == 0
        follow_proof(letter, by=lina, email="lina@river.example")
        assert Belonging.objects.get(member=lina).source == "domain"
        assert not EmailAddress.objects.filter(email="lina@river.example").exists(), "it is no way to sign in"

    @pytest.mark.parametrize("email", ["lina@elsewhere.example", "lina@lab.river.example", "lina@xriver.example"])
    def test_at_another_domain_is_refused(self, email, proved, lina):
        with pytest.raises(Refusal, match="none of the email domains"):
            ask_to_prove_member(proved, by=lina, email=email, key=uuid4())

    def test_of_a_page_that_is_hidden_is_refused(self, proved, lina):
        Organization.objects.update(hidden_at=timezone.now())
        with pytest.raises(Refusal, match="no longer there"):
            ask_to_prove_member(proved, by=lina, email="lina@river.example", key=uuid4())

    def test_follows_from_confirming_an_address_and_from_claiming(self, proved):
        claim_account(UnclaimedFactory(first_name="Claimer", email="claimer@River.example"))
        assert ("Claimer", "river.example") in proofs()

    def test_can_be_taken_back_by_oneself_alone(self, proved, ines, lina):
        own = Belonging.objects.get(member=ines)
        end_belonging(own, by=lina)
        assert Belonging.objects.filter(pk=own.pk).exists()
        end_belonging(own, by=ines)
        end_belonging(own, by=ines)
        assert not Belonging.objects.exists()

    def test_stays_when_the_address_is_given_up(self, proved):
        colleague = MemberFactory(first_name="Colleague", email="c@river.example")
        OrganizationDomain.objects.all().delete()
        prove(proved, proved.roles.get().member)
        EmailAddress.objects.filter(user=colleague).update(email="c@elsewhere.example")
        assert ("Colleague", "river.example") in proofs()


class TestTakingADomainAway:
    def test_takes_along_what_it_proved(self, proved, ines, lina):
        prove_member(proved, lina, "lina@river.example")
        Belonging.objects.create(member=lina, organization=proved, source="roster")
        take_domain_away(proved.domains.get(), by=ines)
        assert Belonging.objects.get().source == "roster"
        assert not Organization.objects.with_proof().get().is_proved

    def test_leaves_proved_whoever_has_an_address_at_another_domain(self, proved, ines):
        prove(proved, ines, "ines@lab.example")
        colleague = MemberFactory(first_name="Both", email="both@river.example")
        EmailAddress.objects.create(user=colleague, email="both@lab.example", verified=True)
        take_domain_away(proved.domains.get(domain="river.example"), by=ines)
        assert ("Both", "lab.example") in proofs()

    def test_is_its_admins_to_do(self, proved, lina):
        with pytest.raises(Refusal):
            take_domain_away(proved.domains.get(), by=lina)

    def test_ends_the_links_that_proved_it(self, page, ines):
        letter = ask_to_prove_organization(page, by=ines, email=ADDRESS, key=uuid4())
        follow_proof(letter, by=ines, email=ADDRESS)
        take_domain_away(page.domains.get(), by=ines)
        with pytest.raises(Refusal, match="used already"):
            follow_proof(letter, by=ines, email=ADDRESS)
        assert not OrganizationDomain.objects.exists()

    def test_a_merge_takes_domains_and_proofs_along(self, proved, ines, lina):
        prove_member(proved, lina, "lina@river.example")
        stays = start_organization(by=ines, name="Bureau of Rivers")
        prove(stays, ines, "ines@bureau.example")
        merge_organizations(proved, into=stays, by=MemberFactory(is_staff=True))
        assert set(stays.domains.values_list("domain", flat=True)) == {"river.example", "bureau.example"}
        assert set(stays.belongings.values_list("member__first_name", "domain__domain")) == {
            ("Ines", "bureau.example"),
            ("Lina", "river.example"),
        }


class TestLinks:
    @pytest.fixture
    def letter(self, page, ines) -> ProofLetter:
        return ask_to_prove_organization(page, by=ines, email=ADDRESS, key=uuid4())

    @staticmethod
    def token(letter) -> str:
        return links.proof_link(letter, ADDRESS).rstrip("/").rpartition("/")[2]

    def test_opens_for_whoever_asked_for_it(self, letter, ines):
        assert links.letter_of(self.token(letter), reader=ines) == (letter, ADDRESS)

    def test_is_nobody_elses(self, letter, lina):
        assert links.letter_of(self.token(letter), reader=lina) is None
        with pytest.raises(Refusal):
            follow_proof(letter, by=lina, email=ADDRESS)

    def test_names_no_page_that_is_hidden_by_now(self, letter, ines, as_member):
        Organization.objects.update(hidden_at=timezone.now())
        answer = as_member(ines).get(f"/organizations/proof/{self.token(letter)}/")
        assert answer.status_code == 404
        assert "River Authority" not in answer.content.decode()

    def test_ends_after_three_days(self, letter, ines, time_machine):
        token = self.token(letter)
        time_machine.move_to(timezone.now() + timedelta(days=2, hours=23))
        assert links.letter_of(token, reader=ines)
        time_machine.move_to(timezone.now() + timedelta(hours=2))
        assert links.letter_of(token, reader=ines) is None

    def test_is_signed_for_this_address_and_this_purpose(self, letter, ines):
        forged = signing.dumps([letter.pk, ADDRESS], salt="accounts.claim")
        value, rest = self.token(letter).split(":", 1)
        for wrong in (forged, f"{value}x:{rest}", self.token(letter)[:-2], "wrong", ""):
            assert links.letter_of(wrong, reader=ines) is None

    def test_followed_twice_does_it_once(self, letter, ines):
        assert follow_proof(letter, by=ines, email=ADDRESS) == follow_proof(letter, by=ines, email=ADDRESS)
        assert OrganizationDomain.objects.count() == Belonging.objects.count() == 1

    def test_a_form_sent_twice_sends_one_letter(self, page, ines):
        key = uuid4()
        for _time in range(2):
            ask_to_prove_organization(page, by=ines, email=ADDRESS, key=key)
        assert len(mail.outbox) == ProofLetter.objects.count() == 1

    def test_are_five_a_day_whatever_they_are_for(self, proved, ines, time_machine):
        mail.outbox.clear()
        for number in range(4):
            ask_to_prove_member(proved, by=ines, email=f"ines{number}@river.example", key=uuid4())
        with pytest.raises(Refusal, match="5 links"):
            ask_to_prove_organization(proved, by=ines, email="ines@lab.example", key=uuid4())
        assert len(mail.outbox) == 4
        time_machine.move_to(timezone.now() + timedelta(days=1, minutes=1))
        ask_to_prove_organization(proved, by=ines, email="ines@lab.example", key=uuid4())


@pytest.mark.parametrize(
    ("email", "domain"),
    [
        ("a@River.Example", "river.example"),
        ("a@river.example.", "river.example"),
        ("a@bücher.example", "xn--bcher-kva.example"),
        ('"a@b"@river.example', "river.example"),
        ("a@" + "x" * 70 + ".example", "x" * 70 + ".example"),
    ],
)
def test_the_domain_of_an_address(email, domain):
    assert domain_of(email) == domain


def test_the_list_of_mail_providers_holds_domains_and_nothing_else(db):
    from communities.addresses import _well_known

    assert len(_well_known()) > 300
    assert all(domain_of(f"a@{domain}") == domain and "." in domain and " " not in domain for domain in _well_known())
    assert not is_for_everybody("river.example")
    assert not is_for_everybody("example.gmail.com.river.example")
