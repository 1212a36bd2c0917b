"""The command line: one module per command; this one starts them and turns every ending into an exit code."""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated

import typer

from wtaudit.cli.commands import CommandGroup
from wtaudit.cli.exits import ExitCode
from wtaudit.errors import InvalidFileError, UsageError, WtauditError

app = typer.Typer(
    name="wtaudit",
    cls=CommandGroup,
    help="Audit safeguarding partnership documents against Working Together to Safeguard Children 2023, offline.",
    rich_markup_mode=None,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:
    if value:
        from importlib.metadata import version

        from wtaudit import __version__
        from wtaudit.checklist.loading import load_checklist

        identity = load_checklist().identity
        typer.echo(
            f"wtaudit {__version__} (checklist {identity.id} {identity.version}, spaCy {version('spacy')})"
        )
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option(
            "-V", "--version", help="Print the versions and stop.", callback=_show_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Audit safeguarding partnership documents, offline."""


def run() -> None:
    """Entry point: every error that wtaudit raises is one line on stderr and its own exit code; never a traceback."""
    gc.set_threshold(
        50_000, 20, 50
    )  # what is loaded stays to the end: walking it over and over costs a tenth
    try:
        app(standalone_mode=True)
    except InvalidFileError as error:
        _end(error, ExitCode.INVALID)
    except UsageError as error:
        _end(error, ExitCode.USAGE)
    except WtauditError as error:
        _end(error, ExitCode.INCOMPLETE)
    except KeyboardInterrupt:
        _end("interrupted", ExitCode.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ExitCode.OK)
    except Exception as error:
        if os.environ.get("WTAUDIT_DEBUG"):
            raise
        where = f"{type(error).__name__}: {error}"
        _end(
            f"internal error ({where}); set WTAUDIT_DEBUG=1 to see where, and please report it",
            ExitCode.INTERNAL,
        )


def _end(message: object, code: ExitCode) -> None:
    typer.echo(f"wtaudit: {' '.join(str(message).split())}", err=True)
    sys.exit(code)
