"""Two who continue a strategy at one moment; run by test_terms in a data folder of its own."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "katsaus.web.settings")
django.setup()

from django.db import connection  # noqa: E402 - needs the settings

from katsaus.core.names import Names  # noqa: E402
from katsaus.core.terms import Fault, Term, TermError  # noqa: E402
from katsaus.web.audit.models import Event  # noqa: E402
from katsaus.web.organization.models import Municipality  # noqa: E402
from katsaus.web.planning import models  # noqa: E402
from katsaus.web.planning.use_cases.terms import continue_strategy  # noqa: E402

PEOPLE = 4


def main() -> None:
    town = Municipality.objects.create(slug="koeniemi", number="999", name_fi="Koeniemi")
    old = models.Strategy.objects.create(
        municipality=town, code="s", name_fi="S", valid_from=2021, valid_to=2023
    )
    theme = models.Theme.objects.create(municipality=town, code="t", name_fi="T", strategy=old)
    models.Goal.objects.create(municipality=town, code="g", name_fi="G", theme=theme)
    gate = Barrier(PEOPLE)

    def act(_number: int) -> Fault | None:
        try:
            gate.wait(30)
            term = Term("s_2024", Names("Uusi"), 2024, 2027)
            continue_strategy(municipality=town, code="s", term=term, ends=frozenset())
        except TermError as error:
            return error.fault
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(PEOPLE) as threads:
        faults = list(threads.map(act, range(PEOPLE)))
    assert sorted(map(str, faults)) == ["None", *["code_taken"] * (PEOPLE - 1)], faults
    assert models.Goal.objects.filter(municipality=town).count() == 2
    assert Event.objects.filter(action="strategy.continued").count() == 1


if __name__ == "__main__":
    main()
