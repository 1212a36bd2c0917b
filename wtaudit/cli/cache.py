"""`wtaudit cache`: where read documents are kept, and how to be rid of them."""

from __future__ import annotations

import typer

from wtaudit.cli.inputs import document_cache, document_cache_folder

cache_app = typer.Typer(help="The cache of read documents.", no_args_is_help=True, rich_markup_mode=None)


@cache_app.command("clear")
def clear() -> None:
    """Delete every cached document and result, and what was compiled of checklists."""
    from wtaudit.checklist.cache import ChecklistCache
    from wtaudit.cli.results import clear_results

    ChecklistCache(document_cache_folder()).clear()
    documents, results = document_cache().clear(), clear_results()
    typer.echo(f"{_counted(documents, 'cached document')} and {_counted(results, 'result')} deleted")


@cache_app.command("path")
def path() -> None:
    """Print the folder of the cache."""
    typer.echo(str(document_cache_folder()))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
