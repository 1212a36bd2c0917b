"""`wtaudit cache`: where read documents are kept, and how to be rid of them."""

from __future__ import annotations

import typer

from wtaudit.cli.inputs import document_cache, document_cache_folder

cache_app = typer.Typer(help="The cache of read documents.", no_args_is_help=True, rich_markup_mode=None)


@cache_app.command("clear")
def clear() -> None:
    """Delete every cached document, and what was compiled of checklists."""
    from wtaudit.checklist.cache import ChecklistCache

    ChecklistCache(document_cache_folder()).clear()
    count = document_cache().clear()
    typer.echo(f"{count} cached {'document' if count == 1 else 'documents'} deleted")


@cache_app.command("path")
def path() -> None:
    """Print the folder of the cache."""
    typer.echo(str(document_cache_folder()))
