"""A made-up community of any size, loaded by COPY: the same seed, the same people, words and ties.

Names in several scripts, long-tailed degrees, employers, schools and skills as unequal as in life. Each step is done
once; a run that was broken off goes on with the step that it was at.
"""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate, islice
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.fields.generated import GeneratedField
from django.utils import timezone
from tqdm import tqdm

from accounts.audiences import Audience
from accounts.models import User
from accounts.names import FoldedField, WordsField, fold
from communities.models import Event, Group, Membership, Organization, OrganizationName
from feed.models import Post
from network.models import Connection
from profiles.models import Education, Position, Skill

FIRST = [
    "Ada",
    "Adrián",
    "Aiko",
    "Amara",
    "Amélie",
    "Ana",
    "Anders",
    "Andrea",
    "Anna",
    "Antoine",
    "Astrid",
    "Beatriz",
    "Björn",
    "Carlos",
    "Chloé",
    "Clara",
    "Daniel",
    "Dilek",
    "Elif",
    "Elena",
    "Emma",
    "Erik",
    "Fatima",
    "Felix",
    "François",
    "Gabriela",
    "Giulia",
    "Grace",
    "Hannah",
    "Hans",
    "Henrik",
    "Ines",
    "Isabel",
    "Ivan",
    "Jan",
    "Jonas",
    "Jorge",
    "José",
    "Julia",
    "Karin",
    "Katarzyna",
    "Kenji",
    "Lars",
    "Leila",
    "Lina",
    "Luca",
    "Lucía",
    "Łukasz",
    "Maja",
    "Marco",
    "María",
    "Marta",
    "Mehmet",
    "Mei",
    "Michał",
    "Minh",
    "Mohamed",
    "Nadia",
    "Nguyễn",
    "Noah",
    "Nora",
    "Oliver",
    "Olga",
    "Omar",
    "Ørjan",
    "Pablo",
    "Patrick",
    "Paul",
    "Pedro",
    "Petra",
    "Pilar",
    "Priya",
    "Rahul",
    "René",
    "Rosa",
    "Samuel",
    "Sara",
    "Sean",
    "Sigrid",
    "Sinéad",
    "Sofía",
    "Søren",
    "Thomas",
    "Tomasz",
    "Ursula",
    "Vera",
    "Wei",
    "Yuki",
    "Yusuf",
    "Zoë",
    "Zsófia",
    "Анна",
    "Борис",
    "Дарья",
    "Иван",
    "Мария",
    "Наталья",
    "Олег",
    "Σοφία",
    "Γιώργος",
    "Ελένη",
    "小明",
    "伟",
    "丽",
    "さくら",
    "太郎",
    "민준",
    "서연",
    "محمد",
    "فاطمة",
    "أحمد",
    "ليلى",
    "अमित",
    "प्रिया",
    "สมชาย",
]
LAST = [
    "Adler",
    "Alvarez",
    "Andersson",
    "Bauer",
    "Becker",
    "Berg",
    "Bianchi",
    "Björk",
    "Brown",
    "Çelik",
    "Chen",
    "Costa",
    "Dąbrowski",
    "Dubois",
    "Eriksson",
    "Fernández",
    "Ferrari",
    "Fischer",
    "García",
    "Garnier",
    "González",
    "Gupta",
    "Haas",
    "Hansen",
    "Hernández",
    "Hoffmann",
    "Horváth",
    "Ito",
    "Ivanova",
    "Jansen",
    "Johansson",
    "Johnson",
    "Jones",
    "Kaya",
    "Keller",
    "Khan",
    "Kim",
    "Kovács",
    "Kowalski",
    "Kumar",
    "Laurent",
    "Lee",
    "Lefèvre",
    "Li",
    "Lindqvist",
    "López",
    "Lund",
    "Martin",
    "Martínez",
    "Meyer",
    "Miller",
    "Moreau",
    "Müller",
    "Muñoz",
    "Nagy",
    "Nakamura",
    "Nguyen",
    "Nielsen",
    "Novák",
    "Nowak",
    "Nuñez",
    "O'Brien",
    "Okafor",
    "Olsen",
    "Öztürk",
    "Papadopoulos",
    "Patel",
    "Pereira",
    "Petrov",
    "Popescu",
    "Ramírez",
    "Rossi",
    "Roux",
    "Ruiz",
    "Russo",
    "Ryan",
    "Sánchez",
    "Santos",
    "Sato",
    "Schmidt",
    "Schneider",
    "Sharma",
    "Silva",
    "Singh",
    "Smith",
    "Sørensen",
    "Suzuki",
    "Svensson",
    "Tanaka",
    "Taylor",
    "Thị",
    "Torres",
    "Tran",
    "Wagner",
    "Walker",
    "Wang",
    "Weber",
    "Weiß",
    "Williams",
    "Wiśniewski",
    "Wolf",
    "Wójcik",
    "Yamamoto",
    "Yıldız",
    "Zhang",
    "Zimmermann",
    "Иванова",
    "Петров",
    "Смирнов",
    "Παπαδόπουλος",
    "王",
    "李",
    "佐藤",
    "김",
    "العربي",
    "शर्मा",
    "ใจดี",
]
CITIES = [
    "Lyon",
    "Uppsala",
    "Kraków",
    "Lisbon",
    "Toronto",
    "Nairobi",
    "Lagos",
    "Mumbai",
    "Kyoto",
    "Seoul",
    "Berlin",
    "Vienna",
    "Zürich",
    "Rotterdam",
    "Leeds",
    "Boston",
    "Austin",
    "Denver",
    "Lima",
    "Bogotá",
    "Santiago",
    "Sydney",
    "Auckland",
    "Warsaw",
    "Budapest",
    "Athens",
    "Москва",
    "Αθήνα",
    "北京",
    "東京",
    "서울",
    "القاهرة",
]
ROLES = [
    "Engineer",
    "Hydrologist",
    "Analyst",
    "Teacher",
    "Researcher",
    "Designer",
    "Manager",
    "Accountant",
    "Nurse",
    "Lawyer",
    "Architect",
    "Economist",
    "Editor",
    "Consultant",
    "Geologist",
    "Chemist",
    "Surveyor",
    "Planner",
    "Programmer",
    "Statistician",
]
THINGS = [
    "River",
    "Bridge",
    "Water",
    "Harbour",
    "Energy",
    "Forest",
    "Data",
    "Health",
    "City",
    "Rail",
    "Soil",
    "Weather",
    "Coast",
    "Island",
    "Mountain",
    "Glass",
    "Paper",
    "Steel",
    "Garden",
    "Market",
]
KINDS = [
    "Authority",
    "Institute",
    "Works",
    "Group",
    "Agency",
    "Partners",
    "Laboratory",
    "Foundation",
    "Union",
    "Bureau",
]
WORDS = [
    "gauge",
    "flood",
    "river",
    "model",
    "data",
    "sediment",
    "meeting",
    "report",
    "bridge",
    "measure",
    "spring",
    "winter",
    "harbour",
    "open",
    "public",
    "result",
    "question",
    "paper",
    "method",
    "team",
    "thanks",
    "season",
    "valley",
    "season",
    "sensor",
    "map",
    "city",
    "water",
    "quality",
    "forecast",
    "station",
    "network",
    "channel",
    "delta",
    "snow",
    "ice",
    "summer",
    "autumn",
    "field",
    "work",
    "week",
    "month",
    "share",
    "learn",
    "build",
    "design",
    "review",
    "plan",
    "budget",
]
BATCH = 20_000


class Made:
    """The community of a seed and a size, step by step."""

    def __init__(self, members: int, degree: int, seed: int) -> None:
        self.members, self.degree, self.seed = members, degree, seed
        self.now = timezone.now()
        self.organizations = max(50, members // 40)
        self.schools = max(20, members // 200)
        self.skills = [f"{thing} {word}" for thing in THINGS for word in WORDS]

    def steps(self) -> list[tuple[str, Callable[[], None]]]:
        return [
            ("members", self.bring_members),
            ("organizations", self.bring_organizations),
            ("CVs", self.bring_cvs),
            ("skills", self.bring_skills),
            ("connections", self.connect),
            ("posts", self.write),
            ("groups and events", self.bring_groups_and_events),
            ("words", self.find_words),
        ]

    def dice(self, step: str) -> random.Random:
        return random.Random(f"{self.seed} {step}")

    def bring_members(self) -> None:
        dice, joined = self.dice("members"), self.now - timedelta(days=400)
        copy(User, self.members, (
            {
                "id": number, "first_name": dice.choice(FIRST), "last_name": _unequal(dice, LAST),
                "handle": f"member-{number}", "email": f"member{number}@example.org", "password": "!",
                "headline": f"{dice.choice(ROLES)}, {dice.choice(THINGS)} {dice.choice(KINDS)}",
                "place": f"{_unequal(dice, CITIES)}", "joined_at": joined, "claimed_at": joined, "welcomed_at": joined,
                "profile_audience": "public" if dice.random() < 0.2 else "members",
            }
            for number in range(1, self.members + 1)
        ))  # fmt: skip

    def bring_organizations(self) -> None:
        names = [self.organization(number) for number in range(1, self.organizations + self.schools + 1)]
        copy(Organization, len(names), (
            {"id": number, "name": name, "slug": f"organization-{number}", "audience": "members",
             "kind": "school" if number > self.organizations else "company"}
            for number, name in enumerate(names, 1)
        ))  # fmt: skip
        copy(OrganizationName, len(names), (
            {"id": number, "organization_id": number, "name": name, "use": "present"}
            for number, name in enumerate(names, 1)
        ))  # fmt: skip

    def organization(self, number: int) -> str:
        dice = random.Random(f"{self.seed} organization {number}")
        if number > self.organizations:
            return f"University of {dice.choice(CITIES)} {number}"
        return f"{dice.choice(CITIES)} {dice.choice(THINGS)} {dice.choice(KINDS)} {number}"

    def employer(self, dice: random.Random) -> int:
        """The number of an organization: the first one for a fifth of all positions, now and before alike."""
        return 1 if dice.random() < 0.13 else 1 + int(self.organizations * dice.random() ** 3)

    def bring_cvs(self) -> None:
        dice, many = self.dice("CVs"), self.members * 2
        copy(Position, many, (
            {"id": number, "member_id": (number - 1) // 2 + 1, "title": dice.choice(ROLES), "place": dice.choice(CITIES),
             "organization": self.organization(self.employer(dice)), "started_year": 2010,
             "ended_year": None if number % 2 else 2015, "key": _key(number)}
            for number in range(1, many + 1)
        ))  # fmt: skip
        copy(Education, self.members, (
            {"id": number, "member_id": number, "degree": "Master", "started_year": 2004, "ended_year": 2009,
             "school": self.organization(1 + self.organizations + int(self.schools * dice.random() ** 3)),
             "key": _key(number)}
            for number in range(1, self.members + 1)
        ))  # fmt: skip

    def bring_skills(self) -> None:
        dice, rows = self.dice("skills"), []
        for member in range(1, self.members + 1):
            names = {self.skills[int(len(self.skills) * dice.random() ** 3)] for _skill in range(4)}
            rows += [{"member_id": member, "name": name} for name in sorted(names)]
        copy(Skill, len(rows), ({"id": number} | row for number, row in enumerate(rows, 1)))

    def connect(self) -> None:
        """Ties between members drawn by a weight with a long tail, so that a few know thousands."""
        dice = self.dice("connections")
        weights = [min(dice.lognormvariate(0, 0.8), 60.0) for _member in range(self.members)]
        weights[0] = weights[1] = sum(weights) / self.members * min(50, self.members / 100)
        ends, many = list(accumulate(weights)), self.members * self.degree // 2
        ties: set[tuple[int, int]] = set()
        everybody = range(1, self.members + 1)
        while len(ties) < many:
            left = min(500_000, many - len(ties) + 1000)
            ones = dice.choices(everybody, cum_weights=ends, k=left)
            others = dice.choices(everybody, cum_weights=ends, k=left)
            ties.update((min(pair), max(pair)) for pair in zip(ones, others, strict=True) if pair[0] != pair[1])
        rows = sorted(pair for one, other in islice(sorted(ties), many) for pair in ((one, other), (other, one)))
        copy(Connection, len(rows), ({"member_id": one, "other_id": other} for one, other in rows))

    def write(self) -> None:
        dice = self.dice("posts")
        audiences = [Audience.PUBLIC, Audience.MEMBERS, Audience.CONNECTIONS]
        copy(Post, self.members, (
            {"id": number, "author_id": dice.randint(1, self.members), "audience": dice.choice(audiences),
             "text": " ".join(_unequal(dice, WORDS) for _word in range(14)).capitalize() + "."}
            for number in range(1, self.members + 1)
        ))  # fmt: skip

    def bring_groups_and_events(self) -> None:
        dice, many = self.dice("groups"), max(20, self.members // 200)
        copy(Group, many, (
            {"id": number, "name": f"{dice.choice(THINGS)} {dice.choice(ROLES)}s {number}", "slug": f"group-{number}",
             "about": " ".join(dice.choices(WORDS, k=8)), "entry": dice.choice(["open", "request", "unlisted"])}
            for number in range(1, many + 1)
        ))  # fmt: skip
        copy(Membership, many * 20, (
            {"id": number, "group_id": (number - 1) // 20 + 1, "member_id": (number * 37) % self.members + 1}
            for number in range(1, many * 20 + 1)
        ))  # fmt: skip
        copy(Event, many, (
            {"id": number, "title": f"{dice.choice(THINGS)} day {number}", "slug": f"event-{number}",
             "place": dice.choice(CITIES), "about": " ".join(dice.choices(WORDS, k=8)), "time_zone": "UTC",
             "host_id": dice.randint(1, self.members), "starts_at": self.now + timedelta(days=number % 60 + 1),
             "ends_at": self.now + timedelta(days=number % 60 + 1, hours=2)}
            for number in range(1, many + 1)
        ))  # fmt: skip

    def find_words(self) -> None:
        """What the triggers would have kept (they were off while loading), in one statement."""
        run("DELETE FROM search_memberwords")
        run("INSERT INTO search_memberwords SELECT id, search_words_of(id), joined_at FROM accounts_user")


def load(members: int, *, degree: int, seed: int) -> None:
    """Bring the community into the database, as far as it isn't there."""
    run("CREATE TABLE IF NOT EXISTS benchmark_step (name text PRIMARY KEY)")
    made = Made(members, degree, seed)
    for name, step in made.steps():
        if run("SELECT 1 FROM benchmark_step WHERE name = %s", name):
            continue
        with transaction.atomic():
            run("SET LOCAL session_replication_role = replica")  # the rows are known to be right
            run("SET LOCAL maintenance_work_mem = '256MB'")
            step()
            run("INSERT INTO benchmark_step VALUES (%s)", name)
    if not run("SELECT 1 FROM benchmark_step WHERE name = 'vacuum'"):
        run("VACUUM ANALYZE")
        run("INSERT INTO benchmark_step VALUES ('vacuum')")


def run(sql: str, *values) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return cursor.fetchall() if cursor.description else []


def copy(model: type[models.Model], many: int, rows: Iterator[dict]) -> None:
    """Write rows of a model, with its defaults and what it makes of its own words."""
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, GeneratedField)]
    columns = ", ".join(f'"{field.column}"' for field in fields if field.concrete and field.column)
    sources = {field.attname: field.sources for field in fields if isinstance(field, FoldedField | WordsField)}
    with connection.cursor() as cursor:
        told = tqdm(rows, total=many, desc=model._meta.verbose_name_plural.capitalize(), unit_scale=True)
        with cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as pipe:
            for row in told:
                pipe.write_row([_value(field, row, sources) for field in fields if field.column])


def _value(field, row: dict, sources: dict):
    if field.attname in row:
        return row[field.attname]
    if isinstance(field, WordsField):
        place, lexemes = 0, []
        for weight, source in zip("ABCD", sources[field.attname], strict=False):
            for word in fold(row.get(source, "")).split():
                place += 1
                lexemes.append(f"'{word}':{place}{weight}")
        return " ".join(lexemes)
    if isinstance(field, FoldedField):
        return field.folded(" ".join(row.get(source, "") for source in sources[field.attname]))
    return field.get_default()


def _unequal(dice: random.Random, those: list[str]) -> str:
    """The first ones far more often than the last."""
    return those[int(len(those) * dice.random() ** 2)]


def _key(number: int) -> UUID:
    return UUID(int=number)
