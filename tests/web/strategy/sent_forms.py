"""Forms as a browser reads and sends them, and what they are answered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from django.test import Client

AT = "/kemi/strategia/"


class Fields(HTMLParser):
    """What a browser would send of the form on a page, as it is."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._in_form = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "form":
            self._in_form = said.get("method") == "post"
        elif not self._in_form or "disabled" in said:
            return
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in said:
            self.sent.setdefault(self._select, []).append(said.get("value") or "")
        elif tag == "textarea":
            self._area = name
            self.sent[name] = [""]
        elif tag == "input" and name and (said.get("type") != "checkbox" or "checked" in said):
            self.sent.setdefault(name, []).append(said.get("value") or "on")
            if said.get("type") != "checkbox":
                self.sent[name][-1] = said.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "form":
            self._in_form = False

    def handle_data(self, data: str) -> None:
        if self._area:
            self.sent[self._area][0] += data


@dataclass(frozen=True)
class Answer:
    """What a form that was sent is answered."""

    status_code: int
    content: bytes
    location: str

    @classmethod
    def of(cls, client: Client, address: str, form: Mapping[str, str | list[str]]) -> "Answer":
        found = client.post(address, form)
        return cls(found.status_code, found.content, found.headers.get("Location", ""))


def form_of(page: bytes) -> dict[str, list[str]]:
    fields = Fields()
    fields.feed(page.decode())
    fields.sent.pop("csrfmiddlewaretoken", None)
    return {
        name: [each.removeprefix("\n") for each in values] for name, values in fields.sent.items()
    }


def send(client: Client, address: str, **changes: str | list[str]) -> Answer:
    """Open a form, change some of its fields, and send it."""
    form: dict[str, str | list[str]] = {**form_of(client.get(address).content), **changes}
    return Answer.of(client, address, form)


def faults(answer: Answer) -> dict[str, str]:
    """Return what a page says at its fields, by their names; "" for the form as a whole."""
    page = answer.content.decode()
    summary = page.split('class="summary"')[1].split("</div>")[0] if "summary" in page else ""
    at_fields = re.findall(r'<li><a href="#id_(\w+)">[^:<]*: (.*?)</a></li>', summary)
    whole = re.findall(r"<li>([^<]+)</li>", summary)
    return {name: unescape(text) for name, text in at_fields} | dict.fromkeys([""] * len(whole), "")
