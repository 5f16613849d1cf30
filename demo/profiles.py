"""The profiles of the demo community: CVs, skills, interests, languages, contact details and portraits."""

from random import Random

from accounts.models import User
from demo import people, portraits
from demo.people import Person
from profiles.actions import change_photo
from profiles.models import ContactDetail, Education, Interest, Language, Position, Skill
from profiles.photos import read_photo

OWN = {
    "Ines": {
        "positions": [("Hydrologist", "River Authority", 2015, None), ("Field hydrologist", "Bureau of Rivers", 2011, 2015)],
        "educations": [("University of Michigan", "MSc Hydrology", 2008, 2010), ("École des Ponts", "Engineering", 2005, 2008)],
        "contacts": [
            ("email", "ines.moreau@river.example", "connections", True),
            ("phone", "+33 4 00 00 00 00", "connections", False),
            ("website", "https://example.org/low-water", "public", False),
            ("address", "12 quai du Rhône, Lyon", "nobody", False),
            ("other", "Signal: ines.42", "members", False),
        ],
    },
    "Tomasz": {
        "positions": [("Head of flood modelling", "Vistula Institute", 2016, None), ("Modeller", "Delta Works", 2010, 2016)],
        "educations": [("Warsaw University of Technology", "PhD Environmental Engineering", 2005, 2010)],
        "contacts": [("email", "tomasz@vistula.example", "members", True), ("website", "https://example.org/march-set", "public", False)],
    },
    "Amara": {
        "positions": [("Editor", "The Open Hydrograph", 2018, None), ("Reporter", "Public Radio", 2012, 2018)],
        "educations": [("University of Ibadan", "MA Journalism", 2010, 2012)],
        "contacts": [("email", "pitches@hydrograph.example", "public", True)],
    },
    "Bill": {
        "positions": [("Reservoir operations", "Great Lakes Power", 2011, None)],
        "educations": [("University of Michigan", "MSc Hydrology", 2008, 2010)],
        "contacts": [],
    },
}  # fmt: skip


def fill_profile(member: User, person: Person, *, dice: Random, portrait: bool) -> None:
    """Give somebody a profile that fits their line in the crowd; written together, since a first start waits for it."""
    own = OWN.get(person.first_name) or made_up(person, dice)
    country = person.place.rpartition(", ")[2]
    speaks = {people.LANGUAGES.get(country, "English"): "native"}
    skills = people.SKILLS[person.field][: dice.randint(3, 6) if person.first_name not in OWN else 6]
    interests = dice.sample(people.INTERESTS, dice.randint(2, 4))
    Position.objects.bulk_create(
        Position(member=member, title=title, organization=organization, started_year=start, ended_year=end)
        for title, organization, start, end in own["positions"]
    )
    Education.objects.bulk_create(
        Education(member=member, school=school, degree=degree, started_year=start, ended_year=end)
        for school, degree, start, end in own["educations"]
    )
    ContactDetail.objects.bulk_create(
        ContactDetail(member=member, kind=kind, value=value, audience=audience, preferred=preferred)
        for kind, value, audience, preferred in own["contacts"]
    )
    Skill.objects.bulk_create(Skill(member=member, name=name) for name in skills)
    Interest.objects.bulk_create(Interest(member=member, name=name) for name in interests)
    Language.objects.bulk_create(
        Language(member=member, name=name, level=level) for name, level in ({"English": "fluent"} | speaks).items()
    )
    if portrait:
        change_photo(member, by=member, picture=read_photo(portraits.portrait(person.slug)))


def made_up(person: Person, dice: Random) -> dict:
    """Return a CV that fits a headline: the job in it, one before, and a school."""
    title, _comma, organization = person.headline.rpartition(", ")
    start = dice.randint(2012, 2023)
    before = dice.choice(people.FORMER[person.field])
    left = dice.randint(2004, start - 4)
    positions = [(title[:150], organization, start, None), ("", before, left, start)]
    educations = [(dice.choice(people.SCHOOLS), dice.choice(people.DEGREES), left - 4, left)]
    contacts = [("email", f"{person.slug}@example.org", dice.choice(["connections", "members"]), True)]
    return {"positions": positions, "educations": educations, "contacts": contacts}
