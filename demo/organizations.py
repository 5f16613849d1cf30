"""The organizations of the demo community, which its CVs name: pages, people, openings, and what is proved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from communities.actions import add_name, change_logo, follow_organization, give_role, post_opening, start_organization
from communities.logos import read_logo
from communities.models import Belonging, Opening, Organization, OrganizationDomain, OrganizationFollow
from demo import portraits
from profiles.models import Education, Position

if TYPE_CHECKING:
    from demo.filling import Filling


@dataclass(frozen=True)
class Page:
    """An organization: who looks after it, what it says of itself, and by which email domains it is proved."""

    name: str
    kind: str
    admin: str
    about: str
    place: str
    website: str = ""
    audience: str = "public"
    editors: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    domains: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    """Who confirmed an address at the first domain."""
    on_roster: bool = False
    """Whether an operator's roster proves everybody whose CV names it."""
    colours: tuple[str, str] = ("#34507a", "#e8dfcf")
    followers: tuple[str, ...] = field(default=())


PAGES = [
    Page(
        "River Authority", "public", "Ines", place="Lyon, France", website="https://example.org/river-authority",
        about="We measure the Rhône and the Saône, publish what we find within the hour, and sit at the table when "
        "there is not enough water for everybody.\n\nOur gauges are 140 years old in places. So are some of our rules.",
        editors=("Chloé",), names=(("Bureau of Rivers", "former"), ("Autorité des fleuves", "other")),
        domains=("river.example", "fleuves.example"), there=("Ines",), colours=("#2f5d57", "#dcebe4"),
        followers=("Tomasz", "Amara", "Lina", "Oliver", "Marco", "Emma", "Noah", "Bill", "Priya", "Chloé"),
    ),
    Page(
        "Vistula Institute", "association", "Tomasz", place="Warsaw, Poland", website="https://example.org/vistula",
        about="Flood models that people downstream can check. All calibration sets are open, warts and all.",
        editors=("Wojciech",), domains=("vistula.example",), there=("Tomasz", "Wojciech"), colours=("#34507a", "#dfe6f2"),
        followers=("Ines", "Katarzyna", "Zsófia", "Rebecca", "Hannah", "Emma"),
    ),
    Page(
        "The Open Hydrograph", "company", "Amara", place="Lagos, Nigeria", website="https://example.org/hydrograph",
        about="A magazine by people who measure water, for people who live next to it. Plain words, numbers that add up.",
        editors=("Luca",), domains=("hydrograph.example",), there=("Amara",), colours=("#7a3f4b", "#f3e1df"),
        followers=("Ines", "Tomasz", "Chloé", "Jorge", "Leilani", "Anders", "Grace", "Lina", "Fatima"),
    ),
    Page(
        "Streamline", "company", "Rahul", place="Bengaluru, India", website="https://example.org/streamline",
        about="Machine learning for rivers: forecasts that say how sure they are.", domains=("streamline.example",),
        there=("Rahul", "Sarah"), colours=("#6a4b7a", "#ece3f1"), followers=("Priya", "Emma", "Ines", "Wei"),
    ),
    Page(
        "Uppsala University", "school", "Lina", place="Uppsala, Sweden", website="https://example.org/uppsala",
        about="Since 1477. The department of earth sciences keeps the snow records.", domains=("uppsala.example",),
        there=("Lina", "Emma"), on_roster=True, colours=("#8a5a3a", "#f4e8da"), followers=("Emma", "Anders", "Ingrid"),
    ),
    Page(
        "University of Michigan", "school", "Bill", place="Ann Arbor, United States", audience="members",
        about="Hydrology has been taught here since 1903. Alumni of Prof. Lang's lab find each other on this page.",
        names=(("UMich", "other"),), on_roster=True, colours=("#1f3a5f", "#f6d978"), followers=("Ines", "Oliver"),
    ),
    Page(
        "Nordic Water Exchange", "association", "Anders", place="Copenhagen, Denmark",
        about="Five countries, one format. We make the water data of the north easy to find and free to use.",
        colours=("#4f5d34", "#e7ecd8"), followers=("Lina", "Ines", "Rahul", "David"),
    ),
    Page(
        "Ministry of the Environment", "public", "", place="", audience="members",
        about="", colours=("#3c3c44", "#e4e4e8"), followers=("Fatima",),
    ),
]  # fmt: skip

# organization, by, days until it closes, and what it says
OPENINGS = [
    (
        "River Authority", "Ines", 24,
        {"title": "Field hydrologist, low water", "kind": "full_time", "place": "Lyon, France",
         "text": "You walk rivers in August, with an instrument on your back and patience for landowners. "
                 "We publish what you measure within the hour, with your name on it.",
         "apply_email": "jobs@river.example"},
    ),
    (
        "Streamline", "Rahul", 40,
        {"title": "Forecast engineer", "kind": "full_time", "place": "", "is_remote": True,
         "text": "You like models that are wrong in ways one can explain. Python, some hydrology, no heroics.",
         "apply_link": "https://example.org/streamline/jobs"},
    ),
    (
        "The Open Hydrograph", "Luca", 12,
        {"title": "Winter internship in data journalism", "kind": "internship", "place": "Bologna, Italy",
         "is_remote": True, "text": "Three months, paid, one long piece under your own name.",
         "apply_email": "pitches@hydrograph.example"},
    ),
]  # fmt: skip

# author, days ago, organization, what it says
UPDATES = [
    ("Tomasz", 19, "Vistula Institute", "The March set is out: 214 gauges, 31 years, every correction with its reason. https://example.org/march-set"),
    ("Chloé", 11, "River Authority", "The Saône stands at 38 % of its November mean. Nobody has to do anything yet. Read tomorrow's levels here first."),
    ("Amara", 6, "The Open Hydrograph", "Our winter issue asks who owns a flood plain. Nine answers, and a map."),
    ("Lina", 4, "Uppsala University", "The snow records from 1836 to 1890 are readable again. Thank you to the eleven who typed them in."),
    ("Ines", 2, "River Authority", "We look for somebody who walks rivers in August. See our openings."),
]  # fmt: skip


def put_up_organizations(community: Filling) -> dict[str, Organization]:
    """Start the pages, with everything around them; return them by their names."""
    pages = {page.name: _put_up(page, community) for page in PAGES}
    for name, by, days, said in OPENINGS:
        closes_on = (community.now + timedelta(days=days)).date()
        opening = post_opening(pages[name], by=community[by], closes_on=closes_on, **said)
        Opening.objects.filter(pk=opening.pk).update(posted_at=community.ago(5))
    return pages


def _put_up(page: Page, community: Filling) -> Organization:
    admin = community[page.admin] if page.admin else None
    told = {"kind": page.kind, "about": page.about, "place": page.place, "website": page.website}
    organization = start_organization(by=admin, name=page.name, audience=page.audience, **told)
    started = community.ago(400)
    Organization.objects.filter(pk=organization.pk).update(started_at=started)
    if admin is not None:
        change_logo(organization, by=admin, picture=read_logo(portraits.logo(page.name, page.colours)))
        for name, use in page.names:
            add_name(organization, by=admin, name=name, use=use)
        with community.noticed(started):
            for editor in page.editors:
                give_role(organization, community[editor], by=admin)
    for place, follower in enumerate(page.followers):
        follow = follow_organization(organization, by=community[follower], quiet=place % 5 == 4)
        OrganizationFollow.objects.filter(pk=follow.pk).update(followed_at=community.ago(30 + 9 * place))
    _prove(page, organization, community)
    organization.refresh_from_db()
    return organization


def _prove(page: Page, organization: Organization, community: Filling) -> None:
    """What letters and a roster would have proved."""
    proved_at = community.ago(200)
    domains = [
        OrganizationDomain.objects.create(
            organization=organization, domain=domain, proved_by=community[page.admin], proved_at=proved_at
        )
        for domain in page.domains
    ]
    for name in page.there:
        Belonging.objects.create(
            member=community[name], organization=organization, source="domain", domain=domains[0], proved_at=proved_at
        )
    if not page.on_roster:
        return
    keys = organization.names.values("key")
    worked = Position.objects.filter(organization_key__in=keys).values_list("member", flat=True)
    studied = Education.objects.filter(school_key__in=keys).values_list("member", flat=True)
    Belonging.objects.bulk_create(
        Belonging(member_id=pk, organization=organization, source="roster", proved_at=proved_at)
        for pk in sorted({*worked, *studied})
    )
