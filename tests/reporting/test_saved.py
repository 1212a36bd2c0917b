from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from wtaudit.errors import ResultError
from wtaudit.model import Report
from wtaudit.reporting import Format, render
from wtaudit.reporting.json_format import result_schema
from wtaudit.reporting.saved import load_report, parse_report
from wtaudit.reporting.saved_shape import schema


def as_json(report: Report) -> str:
    made = render(report, Format.JSON)
    assert isinstance(made, str)
    return made


def test_the_schema_in_the_package_is_the_shape_of_the_code() -> None:
    assert result_schema() == schema(), "write json.dumps(schema(), indent=2) to result.schema.json"
    jsonschema.Draft202012Validator.check_schema(result_schema())


def test_every_object_of_the_schema_is_closed() -> None:
    parts = [result_schema(), *result_schema()["$defs"].values()]
    objects = [part for part in parts if part["type"] == "object"]
    assert len(objects) > 10
    assert all(part["additionalProperties"] is False for part in objects)
    assert all(sorted(part["required"]) == sorted(part["properties"]) for part in objects)


def test_a_real_audit_fits_the_schema_and_comes_back_the_same(audited: Report) -> None:
    text = as_json(audited)
    jsonschema.Draft202012Validator(result_schema()).validate(json.loads(text))
    assert as_json(parse_report(text.encode())) == text


def test_a_report_with_every_status_and_a_decision_comes_back_the_same(
    plain_report: Report, tmp_path: Path
) -> None:
    saved = tmp_path / "result.json"
    saved.write_text("\ufeff" + as_json(plain_report), encoding="utf-8")
    loaded = load_report(saved)
    assert loaded.to_dict() == plain_report.to_dict()
    for format_ in Format:
        assert render(loaded, format_) == render(plain_report, format_)


def changed(report: Report, *path: str | int, to: Any) -> bytes:
    content: Any = json.loads(as_json(report))
    inner = content
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = to
    return json.dumps(content).encode()


def test_what_is_not_a_result_is_refused_in_one_line(plain_report: Report, tmp_path: Path) -> None:
    wrong = {
        "not JSON": b"# a heading",
        "not UTF-8": b"\xff\xfe\x00",
        "a list": b"[]",
        "a broken character": b'{"partnership": "\\ud800"}',
        "another version": changed(plain_report, "schema_version", to="2"),
        "another key": changed(plain_report, "more", to=1),
        "a wrong status": changed(plain_report, "findings", 0, "status", to="fine"),
        "a confidence over one": changed(plain_report, "findings", 0, "confidence", to=2),
        "page nought": changed(plain_report, "findings", 0, "elements", 0, "evidence", 0, "page", to=0),
        "a document that is not there": changed(
            plain_report, "findings", 0, "elements", 0, "evidence", 0, "document", to=7
        ),
        "a summary that lies": changed(plain_report, "summary", "met", to=5),
        "an id with markup": changed(
            plain_report, "findings", 0, "requirement", "id", to='GOV-01" onclick="x'
        ),
    }
    for name, data in wrong.items():
        with pytest.raises(ResultError, match=r"^wrong\.json: ") as caught:
            parse_report(data, "wrong.json")
        assert "\n" not in str(caught.value), name
    with pytest.raises(ResultError, match="cannot be read"):
        load_report(tmp_path / "nowhere.json")


def test_another_version_is_named(plain_report: Report) -> None:
    with pytest.raises(ResultError, match="schema version 2; this wtaudit reads version 1"):
        parse_report(changed(plain_report, "schema_version", to="2"))
