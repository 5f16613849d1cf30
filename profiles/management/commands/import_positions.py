"""Brings CVs from an earlier system, for people who have not claimed their accounts."""

from django.db.models import prefetch_related_objects

from accounts.imports import BadRowError, ImportCommand, Line, Outcome, email_address, text, year
from accounts.models import User
from accounts.names import fold
from profiles.roster import set_position, start_companies


class Command(ImportCommand):
    help = "Import positions of people from the roster: one for each person and company, and a page for each company."
    columns = ("Email Address", "Company Name", "Started On")

    def handle(self, *args, **options) -> None:
        self.seen: dict[tuple[str, str], Line] = {}
        self.organizations: set[str] = set()
        super().handle(*args, **options)

    def take_together(self, lines) -> None:
        addresses = {line["Email Address"].lower() for line in lines}
        known = list(User.objects.select_for_update(no_key=True).filter(email__in=addresses))
        prefetch_related_objects(known, "positions")
        self.known = {user.email: user for user in known}
        self.companies: set[str] = set()
        super().take_together(lines)
        self.organizations |= start_companies(sorted(self.companies))

    def take(self, line: Line) -> Outcome:
        email = email_address(line, "Email Address")
        company = text(line, "Company Name", most=150, needed=True)
        started = year(line, "Started On")
        user = self.known.get(email)
        if user is None:
            raise BadRowError(f"nobody here has the address {email}; import the roster first")
        if user.claimed_at:
            return Outcome.THEIRS
        first = self.seen.setdefault((email, fold(company)), line)
        if first is line:
            outcome = set_position(user, company, started)
            self.companies.add(company)
            return outcome
        if first["Started On"] == line["Started On"]:
            return Outcome.SAME
        raise BadRowError(f"line {first.number} says something else of the same person and company")

    def finish(self) -> None:
        if self.organizations:
            self.stdout.write(f"{len(self.organizations)} organizations are new.")
