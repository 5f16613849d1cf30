"""Brings connections agreed on in an earlier system; each opens when both members have claimed their accounts."""

from datetime import date

from accounts.imports import BadRowError, ImportCommand, Line, Outcome, day, email_address
from accounts.models import User
from network.agreed import let_nobody_else_open, open_agreed
from network.models import AgreedConnection, Connection


class Command(ImportCommand):
    help = "Import connections between people from the roster, or members."
    columns = ("Email Address", "Other Email Address", "Connected On")
    rows_together = 1000

    def handle(self, *args, **options) -> None:
        self.seen: dict[tuple[int, int], tuple[int, date]] = {}
        self.opened = 0
        super().handle(*args, **options)

    def take_together(self, lines) -> None:
        """Look all of them up at once; new ones are written together, so that each is there wholly or not at all."""
        addresses = {line[column].lower() for line in lines for column in self.columns[:2]}
        let_nobody_else_open()
        people = User.objects.filter(email__in=addresses)
        self.known = {user.email: user for user in people.only("pk", "email", "claimed_at")}
        ids = [user.pk for user in self.known.values()]
        agreed = AgreedConnection.objects.filter(one__in=ids, other__in=ids)
        self.agreed = {(one.one_id, one.other_id): one for one in agreed}
        self.new: list[AgreedConnection] = []
        connections = Connection.objects.filter(member__in=ids, other__in=ids)
        self.connected = set(connections.values_list("member_id", "other_id"))
        for line in lines:
            try:
                self.tally[self.take(line)] += 1
            except BadRowError as reason:
                self.keep(line, str(reason))
        AgreedConnection.objects.bulk_create(self.new)
        self._open()

    def _open(self) -> None:
        """Open those of two members who have claimed their accounts already."""
        written = AgreedConnection.objects.filter(pk__in=[one.pk for one in self.new]).select_related("one", "other")
        both = written.filter(one__claimed_at__isnull=False, other__claimed_at__isnull=False)
        self.opened += sum(open_agreed(one) for one in both)

    def take(self, line: Line) -> Outcome:
        one, other = (self._person(line, column) for column in self.columns[:2])
        if one == other:
            raise BadRowError("both addresses are the same")
        agreed_on = day(line, "Connected On")
        if agreed_on is None:
            raise BadRowError("Connected On is empty")
        low, high = pair = tuple(sorted((one.pk, other.pk)))
        number, before = self.seen.setdefault(pair, (line.number, agreed_on))
        if number != line.number:
            if before == agreed_on:
                return Outcome.SAME
            raise BadRowError(f"line {number} gives another day for the same two people")
        if (low, high) in self.agreed:
            return self._correct(self.agreed[low, high], agreed_on)
        if (low, high) in self.connected:
            return Outcome.THEIRS
        self.new.append(AgreedConnection(one_id=low, other_id=high, agreed_on=agreed_on))
        return Outcome.ADDED

    def _correct(self, agreed: AgreedConnection, agreed_on: date) -> Outcome:
        """A corrected day counts until the connection has opened."""
        if agreed.agreed_on == agreed_on:
            return Outcome.SAME
        if agreed.opened_at:
            return Outcome.THEIRS
        agreed.agreed_on = agreed_on
        agreed.save(update_fields=["agreed_on"])
        return Outcome.CHANGED

    def _person(self, line: Line, column: str) -> User:
        email = email_address(line, column)
        if email not in self.known:
            raise BadRowError(f"nobody here has the address {email}; import the roster first")
        return self.known[email]

    def finish(self) -> None:
        if self.opened:
            self.stdout.write(f"{self.opened} connections are open already: both have claimed their accounts.")
