"""Brings the people of an operator's roster: accounts that wait to be claimed by a link in an email."""

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from tqdm import tqdm

from accounts.actions import send_claim_link
from accounts.imports import BadRowError, ImportCommand, Line, Outcome, day, email_address, text, year
from accounts.models import Invitation, User
from profiles.roster import Person, add_person, correct_person, prove_people


class Command(ImportCommand):
    help = (
        "Import people from a roster, with pages for their employers and schools, to which they are proved to belong. "
        "They get the link to claim their account only with --send, and only once."
    )
    columns = (
        "First Name",
        "Last Name",
        "Email Address",
        "Place",
        "Employer",
        "Employed Since",
        "School",
        "Class Year",
        "Interests",
        "Member Since",
    )

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--send", action="store_true", help="email the link to claim the account to whom it is new")

    def handle(self, *args, **options) -> None:
        self.lines: dict[str, int] = {}
        self.waiting: list[str] = []
        self.organizations: set[str] = set()
        self.proved: set[int] = set()
        super().handle(*args, **options)

    def take_together(self, lines) -> None:
        addresses = {line["Email Address"].lower() for line in lines}
        known = list(User.objects.select_for_update(no_key=True).filter(email__in=addresses))
        prefetch_related_objects(known, "positions", "educations", "interests")
        self.known = {user.email: user for user in known}
        self.said: list[tuple[User, Person]] = []
        super().take_together(lines)
        new, proved = prove_people(self.said)
        self.organizations |= new
        self.proved |= proved

    def take(self, line: Line) -> Outcome:
        person = read_person(line)
        if first := self.lines.get(person.email):
            raise BadRowError(f"the same address as line {first}")
        user = self.known.get(person.email)
        if user is not None and user.claimed_at:
            outcome = Outcome.THEIRS
        elif user is None:
            user, outcome = add_person(person), Outcome.ADDED
        else:
            outcome = Outcome.CHANGED if correct_person(user, person) else Outcome.SAME
        self.lines[person.email] = line.number
        if outcome is not Outcome.THEIRS:
            self.waiting.append(person.email)
            self.said.append((user, person))
        return outcome

    def finish(self) -> None:
        if self.organizations:
            self.stdout.write(f"{len(self.organizations)} organizations are new.")
        if self.proved:
            self.stdout.write(f"{len(self.proved)} people: what is proved of them changed.")
        if not self.options["send"] or self.dry_run:
            return
        sent = 0
        for email in tqdm(self.waiting, unit=" emails", file=self.stderr._out, disable=None, leave=False):
            sent += send_claim_link_once(email)
        self.stdout.write(f"{sent} emails with a link to claim the account are on their way.")


def read_person(line: Line) -> Person:
    """Return what a row says; raise `BadRowError` if it can't be."""
    employer, school = text(line, "Employer", most=150), text(line, "School", most=150)
    since, left = year(line, "Employed Since"), year(line, "Class Year")
    if since and not employer:
        raise BadRowError("Employed Since is filled in, and Employer is empty")
    if left and not school:
        raise BadRowError("Class Year is filled in, and School is empty")
    interests = tuple(" ".join(name.split()) for name in line["Interests"].split(";") if name.strip())
    if too_long := [name for name in interests if len(name) > 80]:
        raise BadRowError(f"an interest has more than 80 characters: “{too_long[0][:40]}…”")
    return Person(
        email=email_address(line, "Email Address"),
        first_name=text(line, "First Name", most=100, needed=True),
        last_name=text(line, "Last Name", most=100),
        place=text(line, "Place", most=120),
        employer=employer,
        employed_since=since,
        school=school,
        class_year=left,
        interests=interests,
        member_since=day(line, "Member Since"),
    )


@transaction.atomic
def send_claim_link_once(email: str) -> bool:
    """Invite somebody from the roster, unless that was done before; say whether it was done now."""
    invitation, _new = Invitation.objects.select_for_update(no_key=True).get_or_create(
        email__iexact=email, defaults={"email": email}
    )
    if invitation.sent_at:
        return False
    send_claim_link(User.objects.get(email=email))
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return True
