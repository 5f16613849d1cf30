"""Finds people whom members may know, for everybody whose suggestions get old; may be stopped and started."""

from django.core.management.base import BaseCommand
from tqdm import tqdm

from network.suggesting.computing import due, list_new_members, suggest_to_next


class Command(BaseCommand):
    help = "Find people whom members may know, for everybody; what was done before it was stopped stays done."

    def handle(self, *args, **options) -> None:
        list_new_members()
        done = 0
        with tqdm(total=due().count(), unit=" members", file=self.stderr._out, disable=None) as progress:
            while some := suggest_to_next(due()):
                done += some
                progress.update(some)
        self.stdout.write(f"{done} members")
