"""`python -m wtaudit`."""

from wtaudit.cli.main import run

run()
