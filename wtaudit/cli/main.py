"""The command line: one module per command; this one assembles them and turns every ending into an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from wtaudit.cli.exits import ExitCode
from wtaudit.errors import InvalidFileError, UsageError, WtauditError

app = typer.Typer(
    name="wtaudit",
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


def _assemble() -> None:
    from wtaudit.cli.audit import audit
    from wtaudit.cli.cache import cache_app
    from wtaudit.cli.checklist import checklist_app
    from wtaudit.cli.compare import compare
    from wtaudit.cli.decisions import decisions_app
    from wtaudit.cli.evaluate import evaluate
    from wtaudit.cli.explain import explain
    from wtaudit.cli.init import init
    from wtaudit.cli.portfolio import portfolio
    from wtaudit.cli.read import read
    from wtaudit.cli.report import report
    from wtaudit.cli.review import review

    app.command()(audit)
    app.command()(explain)
    app.command()(read)
    app.command()(report)
    app.command()(compare)
    app.command()(review)
    app.command()(init)
    app.command()(evaluate)
    app.command()(portfolio)
    app.add_typer(checklist_app, name="checklist")
    app.add_typer(decisions_app, name="decisions")
    app.add_typer(cache_app, name="cache")


_assemble()


def run() -> None:
    """Entry point: every error that wtaudit raises is one line on stderr and its own exit code; never a traceback."""
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
