"""Lighthouse on a phone: the front page, a profile, a post, an article and the feed of the demo community.

    make run                                  # in another shell: the site with its demo community
    python -m benchmarks.lighthouse           # or with --site http://127.0.0.1:8034

It needs Node.js, Chromium (`CHROME_PATH`, by default /usr/bin/chromium) and Lighthouse: `npm install --prefix
var/lighthouse lighthouse`, or wherever `--lighthouse` says. It signs in as one of the demo community, takes
the pages from the sitemap, prints the four scores of each and the size of its first view, and says what was found
wanting. The whole reports are left in
`var/lighthouse/`.

Lighthouse's simulated phone is as fast as the machine lets it be: on a busy one the first score is too low. Search
engines may not list pages of members, so their fourth score isn't judged. For the scores of an installation serve it as
production does (without DEBUG, after `collectstatic`, with SECURE_SSL_REDIRECT=0 and TRUSTED_PROXIES=0 where no proxy
stands before it), and name a member and their password: the demo's password opens nothing there.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import sync_playwright

HOME = Path(__file__).resolve().parent.parent
KINDS = ("performance", "accessibility", "best-practices", "seo")
AT_LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
MOST = 220
"""KB that a first view may take over the wire, fonts and pictures included."""
CHROME = os.environ.get("CHROME_PATH", "/usr/bin/chromium")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


class Site:
    """The site as a browser without JavaScript talks to it."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies = address.rstrip("/"), {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        where = urlsplit(self.address)
        client = http.client.HTTPConnection(where.hostname or "", where.port or 80, timeout=60)
        headers = {"Cookie": self.cookie, "Referer": self.address + path}
        body = urlencode(form) if form else None
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        client.request("POST" if body else "GET", path, body, headers)
        answer = client.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read().decode()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def sign_in(self, member: str, password: str) -> None:
        _status, page = self.ask("/accounts/login/")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {"csrfmiddlewaretoken": found[1] if found else "", "login": member, "password": password}
        status, _page = self.ask("/accounts/login/", form)
        if status != 302:
            raise SystemExit(f"Could not sign in as {member} (status {status}).")


def pages_of(site: Site) -> dict[str, str]:
    """Find the pages that visitors see and search engines may list, from what the sitemap names."""
    found = {"front page": "/"}
    for section, kinds in (("people", {"profile": "/in/"}), ("posts", {"post": "/posts/", "article": "/articles/"})):
        _status, xml = site.ask(f"/sitemap-{section}.xml")
        addresses = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", xml)]
        for name, beginning in kinds.items():
            if of_kind := [address for address in addresses if address.startswith(beginning)]:
                found[name] = of_kind[-1]
    return found


@contextmanager
def browser(site: Site) -> Iterator[int]:
    """A Chromium that has the cookies of a site, for every picture too; the port on which Lighthouse drives it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    cookies = [{"name": name, "value": value, "url": site.address} for name, value in site.cookies.items()]
    with sync_playwright() as playwright, TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROME, args=[*FLAGS.split(), f"--remote-debugging-port={port}"]
        )
        context.add_cookies(cookies)
        yield port
        context.close()


def look_at(name: str, address: str, *, lighthouse: Path, folder: Path, port: int) -> dict:
    """Run Lighthouse on one page, as a phone, and return its report."""
    report = folder / f"{name.replace(' ', '-')}.json"
    command = [
        "node", str(lighthouse), address, "--quiet", "--output=json", f"--output-path={report}", "--form-factor=mobile",
        f"--only-categories={','.join(KINDS)}", f"--port={port}", "--disable-storage-reset",
    ]  # fmt: skip
    subprocess.run(command, check=True)
    return json.loads(report.read_text())


def wanting(report: dict, kinds: list[str]) -> list[str]:
    """Say what a report found wanting in what is judged."""
    rows = []
    for kind in kinds:
        for reference in report["categories"][kind]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < (0.9 if kind == KINDS[0] else 1):
                rows.append(f"{kind}: {audit['title']} {audit.get('displayValue', '')}".rstrip())
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--member", default="ines@example.org")
    parser.add_argument("--password", default="acquaint-demo")
    parser.add_argument("--lighthouse", type=Path, default=HOME / "var/lighthouse/node_modules/lighthouse/cli/index.js")
    parser.add_argument("--pages", nargs="*", help="only these: front page, profile, post, article, feed")
    options = parser.parse_args()
    folder = HOME / "var/lighthouse"
    folder.mkdir(parents=True, exist_ok=True)
    visitor, member = Site(options.site), Site(options.site)
    member.sign_in(options.member, options.password)
    pages = {name: (path, visitor) for name, path in pages_of(visitor).items()} | {"feed": ("/", member)}
    print(f"{'page':<12}" + "".join(f"{kind:>16}" for kind in KINDS) + f"{'KB on the wire':>16}")
    missed = []
    for name, (path, who) in pages.items():
        if options.pages and name not in options.pages:
            continue
        with browser(who) as port:
            report = look_at(name, who.address + path, lighthouse=options.lighthouse, folder=folder, port=port)
        judged = [kind for kind in KINDS if who is visitor or kind != "seo"]
        scores = {kind: round(100 * (report["categories"][kind]["score"] or 0)) for kind in KINDS}
        sent = report["audits"]["total-byte-weight"]["numericValue"] / 1024
        told = "".join(f"{scores[kind] if kind in judged else '–':>16}" for kind in KINDS)
        print(f"{name:<12}{told}{sent:>16.0f}", flush=True)
        missed += [f"{name}: {kind} {scores[kind]}" for kind in judged if scores[kind] < AT_LEAST[kind]]
        missed += [f"{name}: {sent:.0f} KB"] if sent > MOST else []
        for row in wanting(report, judged):
            print(f"    {row}")
    print("\n".join(["", "Missed:", *missed]) if missed else "\nAll as they should be.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
