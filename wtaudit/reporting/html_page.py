"""What every web page of ours is made with: inert texts, a policy that loads nothing, styles and scripts of the package."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from wtaudit.reporting.wording import plain


def policy(style: str, script: str | None = None) -> str:
    """A Content-Security-Policy that allows this style and this script and nothing else."""
    scripts = f"script-src {_hash(script)}; " if script is not None else ""
    return f"default-src 'none'; style-src {_hash(style)}; {scripts}base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


@cache
def asset(name: str) -> str:
    """A style sheet or script of the package, with line ends as a browser sees them when it checks the hash."""
    text = files("wtaudit.reporting").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def template(name: str) -> Template:
    """A template of the package; every text that it shows is made plain and escaped."""
    environment = Environment(
        loader=PackageLoader("wtaudit.reporting", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=_inert,
    )  # fmt: skip
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return environment.get_template(name)


def _inert(value: Any) -> Any:
    """Every text that comes into the page goes through here first; what is Markup is ours."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
