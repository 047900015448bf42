"""The golden cases of the statement engine, computed by the SQL query over kept batches."""

from datetime import date
from pathlib import Path

import pytest

from golden.engine_cases import EngineCase, Fact, engine_cases
from katsaus.core.figures import Scenario
from katsaus.core.results import CellKey
from katsaus.ledger.drill import entries
from katsaus.ledger.statement import Question, compute
from ledger.small_ledger import Ledger, Plan, Posting

CASES = pytest.mark.parametrize("case", list(engine_cases()), ids=lambda case: case.name)


def ledger_of(case: EngineCase, folder: Path) -> Ledger:
    booked = [fact for fact in case.facts if fact.scenario is Scenario.ACTUAL]
    planned = [fact for fact in case.facts if fact.scenario is not Scenario.ACTUAL]
    batches = [list(map(posting_of, booked))] if booked else []
    return Ledger.of(folder, batches, map(plan_of, planned))


def posting_of(fact: Fact) -> Posting:
    return Posting(fact.unit, fact.account, date(fact.year, fact.month, 15), fact.cents)


def plan_of(fact: Fact) -> Plan:
    return Plan(fact.scenario, fact.unit, fact.account, fact.year, fact.cents, fact.month)


def question_of(case: EngineCase) -> Question:
    return Question(case.organization, case.scheme, case.accounts, case.columns)


@CASES
def test_the_facts_give_the_expected_tables(case: EngineCase, tmp_path: Path) -> None:
    statement = compute(ledger_of(case, tmp_path).facts, question_of(case))
    assert case.tables(statement) == case.expected


@CASES
def test_every_amount_is_the_sum_of_its_entries(case: EngineCase, tmp_path: Path) -> None:
    ledger, question = ledger_of(case, tmp_path), question_of(case)
    statement = compute(ledger.facts, question)
    for unit, rows in case.expected.items():
        for row in rows:
            for column in case.columns:
                if column.kind == "ratio" or case.scheme.row(row).ratio:
                    continue
                found = entries(ledger.details, question, CellKey(unit, row, column.id))
                assert found.total == statement.value(unit, row, column.id)
