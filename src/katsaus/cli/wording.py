"""Typer's own words in the reader's language: its headings, its line of usage, its complaints."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

from django.utils.translation import gettext as _
from typer import rich_utils
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.exceptions import (  # Typer tells its errors apart nowhere else
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption, _TyperParameter


def put_headings() -> None:
    """Give the parts of a help page and of a complaint their headings."""
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.ERRORS_PANEL_TITLE = _("Error")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.ABORTED_TEXT = _("Stopped.")
    rich_utils.RICH_HELP = _("Help: {command_path} {help_option}")
    rich_utils.RANGE_STRING = ""  # what stands for a number says its limits
    _TyperParameter.bare_type = _any_value  # type: ignore[assignment]
    TyperArgument._usage_display_name = _in_usage  # type: ignore[assignment]


def _any_value(param: _TyperParameter) -> str:
    """Return what stands for a value; Typer would tell its type by Python's name."""
    if param.type_descriptor.annotation is not int:
        return _("value")
    limits = param.type_descriptor.parameter_info
    if limits.min is None:
        return _("number")
    last = "" if limits.max is None else limits.max
    return " ".join([_("number"), f"{limits.min}\N{EN DASH}{last}"])


def _in_usage(param: TyperArgument) -> str:
    """Return an argument as the line of usage names it; Typer would put it in braces."""
    return param.display_name_raw + ("..." if param.nargs != 1 else "")


def _usage(usage: str) -> str:
    words = {
        "Usage:": _("Usage:"),
        "[OPTIONS]": _("[OPTIONS]"),
        "COMMAND [ARGS]...": _("COMMAND [ARGS]..."),
    }
    for english, word in words.items():
        usage = usage.replace(english, word, 1)
    return usage


def meant(near: Sequence[str]) -> list[str]:
    """Return the sentence that asks whether one of the near ones was meant, if there are any."""
    return [_("Did you mean: %s?") % ", ".join(near)] if near else []


@contextmanager
def _told(ctx: Context) -> Iterator[None]:
    """Say what is wrong in the typed words in the reader's language."""
    try:
        yield
    except NoArgsIsHelpError:
        raise
    except UsageError as error:
        ctx.fail(_sentence(error, ctx))


def _sentence(error: UsageError, ctx: Context) -> str:
    match error:
        case MissingParameter(param=param) if param:
            return _("%s is missing.") % param.get_error_hint()
        case BadParameter(param=param) if param and not _has_own_words(param):
            said = {"name": param.get_error_hint(), "values": param.display_type_rich(ctx)}
            return _("%(name)s does not take that value. It takes: %(values)s") % said
        case NoSuchOption(option_name=name, possibilities=near):
            return " ".join([_("There is no option %s.") % name, *meant(near or ())])
        case BadOptionUsage(option_name=name):
            return _("The option %s has no value, or one that it does not take.") % name
        case BadParameter(message=ours):
            return ours
    return _("There are too many words.")


def _has_own_words(param: _TyperParameter) -> bool:
    """Return whether the command itself reads the value, and says what is wrong in it."""
    return param.type_descriptor.parameter_info.parser is not None


class _Spoken(AnyCommand):
    """What every command says of itself and of what was typed."""

    def get_usage(self, ctx: Context) -> str:
        """Return the line of usage."""
        return _usage(super().get_usage(ctx))

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the arguments and options; a flag takes no value."""
        params = super().get_params(ctx)
        for param in params:
            if isinstance(param, TyperOption) and not param.type_descriptor.is_choice:
                param.metavar = param.metavar or ("" if param.is_flag else f"<{param.bare_type()}>")
        return params

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        """Return the option of help."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("Show this help.")
        return option

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what was typed, or say what is wrong in it."""
        with _told(ctx):
            return super().parse_args(ctx, args)


class Command(_Spoken, TyperCommand):
    """A command that speaks the reader's language."""


class Group(_Spoken, TyperGroup):
    """The command with its commands, which speaks the reader's language."""

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command of a name, or say that there is none."""
        if args[0] not in self.commands and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.commands)
            ctx.fail(" ".join([_("There is no command %s.") % args[0], *meant(near)]))
        return super().resolve_command(ctx, args)
