"""A town with a few units, for tests that bring in files of a few lines."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from katsaus.core.names import Names
from katsaus.core.organization import Level, OrgUnit
from katsaus.core.periods import Period
from katsaus.core.results import CellKey, Value
from katsaus.ledger import engine
from katsaus.ledger.importers import Kind, Reading, read
from katsaus.web.finance.queries import Books
from katsaus.web.imports import queries, use_cases
from katsaus.web.imports.known import known
from katsaus.web.imports.models import Batch
from katsaus.web.organization.models import Municipality
from katsaus.web.organization.use_cases import UnitRow, ensure_municipality, keep_organization

JUNE = Period(2023, 6)
# The division 10 has cost centres under it and postings of its own.
UNITS = {"1": None, "10": "1", "11": "10", "12": "10", "20": "1"}
POSTINGS = "Yksikkö;Tili;Pvm;Summa;Tosite;Selite\n"
BUDGET = "Yksikkö;Tili;Rivi;Vuosi;Summa\n"
AMENDMENTS = "Yksikkö;Tili;Vuosi;Summa;Toimielin;Päätöspäivä;Pykälä\n"
FORECASTS = "Yksikkö;Rivi;Vuosi;Summa;Ennustepäivä;Antaja;Perustelu\n"


@dataclass(frozen=True)
class Town:
    """A municipality and the folder that its files are written in."""

    owner: Municipality
    folder: Path

    @classmethod
    def found(cls, slug: str, folder: Path) -> "Town":
        owner = ensure_municipality(slug_or_number=slug)
        units = [OrgUnit(code, Names(code), Level.UNIT, parent) for code, parent in UNITS.items()]
        keep_organization(municipality=owner, rows=[UnitRow(unit) for unit in units])
        return cls(owner, folder)

    def reading(self, kind: Kind, content: str | bytes, name: str = "file.csv") -> Reading:
        """Read a file and keep nothing."""
        with engine.cursor() as cursor:
            return read(cursor, self._file(content, name), kind, known=known(self.owner, kind))

    def bring_in(
        self,
        kind: Kind,
        content: str | bytes,
        *,
        period: str = "",
        replaces: bool = False,
        source: str = "test",
        name: str = "file.csv",
    ) -> tuple[Batch, bool]:
        """Read a file and keep it; returns the batch and whether it is new."""
        with engine.cursor() as cursor:
            file = self._file(content, name)
            reading = read(cursor, file, kind, known=known(self.owner, kind))
            return use_cases.keep(
                municipality=self.owner,
                connection=cursor,
                reading=reading,
                source=source,
                period=period,
                replaces=replaces,
            )

    def post(self, *lines: str, replaces: bool = False) -> Batch:
        """Bring in postings given as "unit;account;date;amount;voucher;text"."""
        content = POSTINGS + "".join(f"{line}\n" for line in lines)
        return self.bring_in(Kind.POSTINGS, content, replaces=replaces)[0]

    def _file(self, content: str | bytes, name: str) -> Path:
        file = self.folder / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    def value(self, column: str, unit: str = "1", row: str = "operating_margin") -> Value:
        return self.value_in(JUNE, column, unit, row)

    def value_in(
        self, period: Period, column: str, unit: str = "1", row: str = "operating_margin"
    ) -> Value:
        return Books(self.owner, period).statement("operating").value(unit, row, column)

    def amounts(self) -> dict[CellKey, Decimal]:
        """All amounts of the town's statement, by unit, row and column."""
        return dict(Books(self.owner, JUNE).statement("operating").amounts)

    def statuses(self) -> list[tuple[int, str]]:
        return list(Batch.objects.filter(municipality=self.owner).values_list("id", "status"))

    def files(self) -> set[str]:
        """The names of the ledger's files."""
        folder = queries.store(self.owner).folder
        return {file.name for file in folder.iterdir()} if folder.exists() else set()
