"""The commands and their options."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from django.utils.translation import gettext as _

from katsaus.cli import (
    appointing,
    drilling,
    importing,
    orders,
    reporting,
    serving,
    strategies,
    terms,
    wording,
)
from katsaus.cli import batches as history
from katsaus.cli import demo as demonstration
from katsaus.cli.municipalities import find_municipality
from katsaus.core.names import Language
from katsaus.core.results import CellKey
from katsaus.web.reports.writing import Format

app = typer.Typer(
    cls=wording.Group,
    help=_("Follow a municipality's budget through the year and publish the interim report."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
command = partial(app.command, cls=wording.Command)

MunicipalityOption = Annotated[
    str,
    typer.Option("--municipality", help=_("Short name or official number, such as kemi or 240.")),
]
PeriodOption = Annotated[
    str, typer.Option("--period", help=_("Year and last month: 2023-06 is January to June 2023."))
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(help=_("Language of the report; otherwise the municipality's own.")),
]


UsernameArgument = Annotated[
    str,
    typer.Argument(metavar=_("USERNAME"), help=_("The name that the person signs in with.")),
]
PortOption = Annotated[int, typer.Option(min=1, max=65535, help=_("Port of 127.0.0.1."))]


class Shown(StrEnum):
    """How the entries of a figure are shown."""

    TABLE = "table"
    JSON = "json"


@command("import", help=_("Bring in files: what they hold is checked first, then kept."))
def import_(
    kind: Annotated[
        orders.ImportKind,
        typer.Argument(
            parser=orders.kind_of,
            metavar=_("KIND"),
            help=_("What the files hold: %s.") % ", ".join(orders.ImportKind),
        ),
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar=_("FILE"),
            help=_("CSV files or Excel workbooks; of a strategy a folder or JSON too."),
        ),
    ],
    municipality: MunicipalityOption,
    period: Annotated[
        str, typer.Option(help=_("The round of forecasts or texts; otherwise the newest."))
    ] = "",
    source: Annotated[
        str, typer.Option(help=_("The system that the file comes from."))
    ] = orders.DEFAULT_SOURCE,
    mapping: Annotated[
        Path | None, typer.Option(help=_("The mapping: a YAML file that says how files are read."))
    ] = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=_("Supersede what the source gave for the same months.")),
    ] = False,
    add: Annotated[
        bool, typer.Option("--add", help=_("Add to what the source gave for the same months."))
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Check only, keep nothing."))
    ] = False,
) -> None:
    """Bring in files of one kind."""
    order = orders.Order(kind, municipality, period, source, mapping, replace, add, dry_run)
    if not importing.bring_in(order, files):
        raise typer.Exit(1)


@command(help=_("Write a municipality's strategy to files that can be brought in again."))
def export(
    kind: Annotated[
        strategies.ExportKind,
        typer.Argument(metavar=_("KIND"), help=_("What is written: %s.") % "strategy"),
    ],
    municipality: MunicipalityOption,
    file_format: Annotated[
        strategies.ExportFormat, typer.Option("--format", help=_("The form of the file."))
    ] = strategies.ExportFormat.JSON,
    output: Annotated[
        Path | None,
        typer.Option(
            help=_(
                "The file to write; for CSV a folder or a ZIP file. JSON needs none: the terminal."
            )
        ),
    ] = None,
) -> None:
    """Write out what has been brought in."""
    strategies.write_out(find_municipality(municipality), kind, file_format, output)


@command(
    "continue-strategy",
    help=_(
        "Copy a strategy forward to its next term: what goes on gets new codes that lead back, "
        "what ends is not copied, and the earlier strategy stays as it is."
    ),
)
def continue_strategy(
    municipality: MunicipalityOption,
    strategy: Annotated[str, typer.Option("--from", help=_("The code of the earlier strategy."))],
    code: Annotated[str, typer.Option(help=_("The code of the new strategy."))],
    name: Annotated[str, typer.Option(help=_("The name of the new strategy."))],
    years: Annotated[
        str, typer.Option(help=_("Its first and last year: 2024-2027."), metavar=_("YEARS"))
    ],
    ends: Annotated[
        list[str] | None,
        typer.Option(
            help=_(
                "A theme, goal, action or programme that ends, by its code, or as goal:CODE where "
                "several have the code; what is in it ends with it. May be given many times."
            )
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("List what would be done, keep nothing."))
    ] = False,
) -> None:
    """Continue a strategy in its next term."""
    order = terms.Order(municipality, strategy, code, name, years, tuple(ends or ()), dry_run)
    if not terms.go_on(order):
        raise typer.Exit(1)


@command(help=_("List the batches brought in, the newest last."))
def batches(municipality: MunicipalityOption) -> None:
    """Show the history of batches."""
    history.show_batches(municipality)


@command(help=_("Have a batch count no more; what it superseded counts again."))
def undo(
    batch: Annotated[
        int,
        typer.Argument(metavar=_("BATCH"), help=_("The batch's number, as `batches` shows it.")),
    ],
) -> None:
    """Undo a batch."""
    history.take_back(batch)


@command(help=_("Write the interim report to a file."))
def report(
    municipality: MunicipalityOption,
    period: PeriodOption,
    output: Annotated[Path, typer.Option(help=_("The file to write; - writes to the terminal."))],
    file_format: Annotated[Format, typer.Option("--format", help=_("The form of the file."))],
    language: LanguageOption = None,
    hierarchy: Annotated[
        str | None,
        typer.Option(help=_("The hierarchy of units that the report is told in, by its name.")),
    ] = None,
) -> None:
    """Write a report."""
    reporting.write_report(municipality, period, output, file_format, language, hierarchy)


@command(help=_("Let anyone read a period's report without signing in."))
def publish(municipality: MunicipalityOption, period: PeriodOption) -> None:
    """Publish a report."""
    reporting.publish_report(municipality, period)


@command(help=_("Let only the municipality's own people read a period's report."))
def withdraw(municipality: MunicipalityOption, period: PeriodOption) -> None:
    """Withdraw a published report."""
    reporting.withdraw_report(municipality, period)


@command(help=_("List what a figure is made of: postings, budget rows, amendments, forecasts."))
def drill(
    municipality: MunicipalityOption,
    period: PeriodOption,
    unit: Annotated[str, typer.Option(help=_("The unit's code."))],
    row: Annotated[
        str, typer.Option(help=_("The row by its name or id, such as operating_expenses."))
    ],
    column: Annotated[str, typer.Option(help=_("The column, such as actual_2023_06."))],
    shown: Annotated[Shown, typer.Option("--format", help=_("A table, or JSON."))] = Shown.TABLE,
    limit: Annotated[int, typer.Option(min=1, help=_("Rows of the table; JSON has all."))] = 100,
) -> None:
    """Show what a figure is made of."""
    key = CellKey(unit, row, column)
    if shown is Shown.JSON:
        drilling.write_json(drilling.Figure(municipality, period, key))
    else:
        drilling.show(drilling.Figure(municipality, period, key, limit))


@command(
    help=_(
        "Make a person the administrator and the controller of a municipality; both are made "
        "where they are not there yet. This is also how a second municipality is added."
    )
)
def appoint(
    username: UsernameArgument,
    municipality: MunicipalityOption,
    name: Annotated[str, typer.Option(help=_("The name that others see."))] = "",
) -> None:
    """Appoint an administrator and controller."""
    appointing.appoint(username, name, municipality)


@command(help=_("Give a person a new password, whichever municipalities they work in."))
def password(
    username: UsernameArgument,
    remove_second_factor: Annotated[
        bool,
        typer.Option("--remove-second-factor", help=_("Remove a second factor that was lost.")),
    ] = False,
) -> None:
    """Let a person in again."""
    appointing.give_password(username, removes_second_factor=remove_second_factor)


@command(help=_("Load the example municipality, write its report and serve it."))
def demo(
    serve: Annotated[bool, typer.Option(help=_("Serve the report when it is written."))] = True,
    port: PortOption = 8000,
) -> None:
    """Run the example."""
    demonstration.run(serve=serve, port=port)


@command(help=_("Serve the application on 127.0.0.1."))
def serve(port: PortOption = 8000) -> None:
    """Serve what is there."""
    serving.serve(port)


@command(help=_("Read the files that people have brought in; `serve` starts this itself."))
def work() -> None:
    """Do the work of the background."""
    serving.work()
