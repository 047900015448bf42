"""What each of the people of a load does; run by locust, told in WALK_* what bench.load knows.

A person signs in, then turns one page after another: every page of theirs once, in an order of
chance, and all again. Units, periods and figures are those that the pages before have led to.
"""

import html
import json
import os
import random
import re
from collections import defaultdict
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from locust import FastHttpUser, between, events, task

SLUG = os.environ["WALK_SLUG"]
PERIOD = os.environ["WALK_PERIOD"]
LAST_MONTH = int(PERIOD[5:])
WARM_SECONDS = float(os.environ["WALK_WARM_SECONDS"])
TARGET = Path(os.environ["WALK_TARGET"])
SIGN_IN = "sign-in"
TELL = "telling a state"
EVERYONES = {
    "home": f"/{SLUG}/",
    "statement": f"/{SLUG}/talous/",
    "figure": "",  # only from a statement
    "deviations": f"/{SLUG}/poikkeamat/",
    "search": f"/{SLUG}/haku/?q=",
    "reports": f"/{SLUG}/katsaukset/",
    "report": f"/{SLUG}/{PERIOD}/",
}
IMPORTS = {"imports": f"/{SLUG}/tuonnit/", "batch": ""}
TRAIL = {"administration": f"/{SLUG}/hallinta/", "audit": f"/{SLUG}/hallinta/loki/"}
STRATEGY = {
    "matrix": f"/{SLUG}/strategia/",
    "goal": "",  # from the matrix
    "indicator": "",  # from a goal
    "SDGs": f"/{SLUG}/strategia/sdg/",
    "SDG": "",  # from the SDGs
    "performance figures": f"/{SLUG}/strategia/suoritteet/",
    "programmes": f"/{SLUG}/strategia/ohjelmat/",
}
TELLING = {"state form": ""}  # from a goal
if os.environ["WALK_ONLY_STRATEGY"] == "yes":
    PAGES = {
        "controller": STRATEGY | TELLING,
        "auditor": STRATEGY,
        "administrator": {"administration": f"/{SLUG}/hallinta/"},
    }
    ANYONES = STRATEGY
else:
    PAGES = {
        "controller": EVERYONES | STRATEGY | TELLING | IMPORTS | TRAIL,
        "auditor": EVERYONES | STRATEGY | TRAIL,
        "administrator": TRAIL,
    }
    ANYONES = EVERYONES | STRATEGY
LINKS = {
    "statement": re.compile(r'href="(/[^"]*/talous/\?[^"]*)"'),
    "figure": re.compile(r'href="(/[^"]*/luku/\?[^"]*)"'),
    "goal": re.compile(r'href="(/[^"]*/strategia/tavoite/[^"]*)"'),
    "indicator": re.compile(r'href="(/[^"]*/strategia/mittari/[^"]*)"'),
    "SDG": re.compile(r'href="(/[^"]*/strategia/sdg/\d+/)"'),
    "state form": re.compile(r'href="(/[^"]*/strategia/toimenpide/[^"]*)"'),
    "batch": re.compile(r'href="(/[^"]*/tuonnit/era/\d+/)"'),
}
WORDS = ("palkat", "koulu", "vuokra", "6431", "4000", "sähkö", "varhaiskasvatus", "PA1")
SIGN_INS = [
    each
    for each in json.loads(Path(os.environ["WALK_SIGN_INS"]).read_text("utf-8"))
    if each["municipality"] == SLUG
]

number = count()
began = monotonic()
milliseconds: dict[str, list[float]] = defaultdict(list)
asked: dict[str, dict[str, str]] = defaultdict(dict)
failures: list[str] = []


class Walker(FastHttpUser):  # type: ignore[misc, unused-ignore]  # unknown where locust is not
    """One of the cast, with a browser that keeps cookies."""

    wait_time = between(2.5, 7.5)  # five seconds of thought
    network_timeout = connection_timeout = 60.0

    def on_start(self) -> None:
        """Sign in; what comes after is the person's own."""
        who = SIGN_INS[next(number) % len(SIGN_INS)]
        self.username = who["username"]
        self.links: dict[str, list[str]] = {}
        self.pages: dict[str, str] = PAGES.get(who["role"], ANYONES)
        self.deck: list[str] = []
        form = self.client.get("/accounts/login/", name="sign-in page").text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form or "")
        self.client.post(
            "/accounts/login/",
            data={
                "login": self.username,
                "password": who["password"],
                "csrfmiddlewaretoken": found.group(1) if found else "",
            },
            headers={"Referer": f"{self.host}/accounts/login/"},
            name=SIGN_IN,
            allow_redirects=False,
        )

    @task
    def turn_a_page(self) -> None:
        """Open the next page, and keep where it leads."""
        if not self.deck:
            self.deck = random.sample(list(self.pages), len(self.pages))
        name = self.deck.pop()
        address = self.address(name)
        if not address:
            return
        text = self.client.get(address, name=name, allow_redirects=False).text or ""
        asked[name][address] = self.username
        for kind, link in LINKS.items():
            if found := link.findall(text):
                self.links[kind] = [html.unescape(each) for each in found]
        if name == "state form":
            self.tell(address, text)

    def tell(self, address: str, form: str) -> None:
        """Tell a state: after it everything of the municipality is computed anew."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        self.client.post(
            address,
            data={
                "period": PERIOD,
                "state": random.choice(("under_way", "behind", "done")),
                "text": f"Kerrottu {next(number)}.",
                "reason": "Näin se nähdään.",
                "csrfmiddlewaretoken": found.group(1) if found else "",
            },
            headers={"Referer": f"{self.host}{address}"},
            name=TELL,
            allow_redirects=False,
        )

    def address(self, name: str) -> str:
        """Return where a page is looked at next; empty where no page has led to one."""
        if name == "search":
            return self.pages[name] + random.choice(WORDS)
        address = random.choice(self.links.get(name) or [self.pages[name]]).partition("#")[0]
        if name != "statement":
            return address
        month = random.randint(1, LAST_MONTH)
        return address.replace(f"period={PERIOD}", f"period={PERIOD[:5]}{month:02}")


@events.request.add_listener  # type: ignore[untyped-decorator, unused-ignore]  # as above
def keep(
    name: str, response_time: float, response: Any, exception: object, **_others: object
) -> None:
    """Keep a time, but for those of the first seconds, in which the server wakes up."""
    expected = 302 if name in (SIGN_IN, TELL) else 200
    code = getattr(response, "status_code", 0)
    if exception or code != expected:
        failures.append(f"{name}: {exception or code}")
    elif monotonic() - began > WARM_SECONDS or name == SIGN_IN:
        milliseconds[name].append(response_time)


@events.quitting.add_listener  # type: ignore[untyped-decorator, unused-ignore]  # as above
def write(**_others: object) -> None:
    """Write what was seen; of each page some addresses, for the count of its queries."""
    addresses = {
        name: random.sample([*each.items()], min(5, len(each))) for name, each in asked.items()
    }
    content = {"milliseconds": milliseconds, "asked": addresses, "failures": failures}
    TARGET.write_text(json.dumps(content), "utf-8")
