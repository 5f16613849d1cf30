#!/usr/bin/env python
"""Acquaint's command line; `make` lists the usual commands."""

import os
import sys

WITHOUT_SETTINGS = {"score_notes", "fit_notes"}
"""Commands that read files and touch no member's data: they work in a fresh clone, before anything is set."""


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in WITHOUT_SETTINGS and not os.environ.get("SECRET_KEY"):
        os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
