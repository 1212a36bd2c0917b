"""What SARIF 2.1.0 demands of the objects that we write, as closed models: no other key, no other value.

The standard's own JSON Schema comes with no package and under terms that do not plainly allow a copy here; name a copy in
the environment variable SARIF_SCHEMA and the tests use that too.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Index = Annotated[int, Field(ge=0)]
Text = Annotated[str, Field(min_length=1)]
Uri = Annotated[str, Field(pattern=r"^[A-Za-z0-9._~!$&'()*+,;=:@%/-]+$")]
Bag = dict[str, Any]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel, populate_by_name=False)


class Message(Shape):
    text: Text
    markdown: Text | None = None


class ArtifactLocation(Shape):
    uri: Uri
    index: Index | None = None


class Region(Shape):
    start_line: Annotated[int, Field(ge=1)]


class PhysicalLocation(Shape):
    artifact_location: ArtifactLocation
    region: Region | None = None


class LogicalLocation(Shape):
    name: Text
    fully_qualified_name: Text
    kind: Text


class Location(Shape):
    id: Index | None = None
    physical_location: PhysicalLocation
    logical_locations: list[LogicalLocation] | None = None
    message: Message | None = None
    properties: Bag | None = None


class Suppression(Shape):
    kind: Literal["inSource", "external"]
    justification: Text


class Result(Shape):
    rule_id: Text
    rule_index: Index
    kind: Literal["fail"]
    level: Literal["error", "warning", "note"]
    message: Message
    locations: list[Location]
    related_locations: list[Location]
    partial_fingerprints: dict[str, Text]
    suppressions: list[Suppression]
    properties: Bag


class Rule(Shape):
    id: Text
    short_description: Message
    full_description: Message
    help: Message
    properties: Bag


class Driver(Shape):
    name: Text
    version: Text | None = None
    rules: list[Rule]


class Tool(Shape):
    driver: Driver


class AssociatedRule(Shape):
    id: Text


class Notification(Shape):
    level: Literal["error", "warning"]
    message: Message
    locations: list[Location] = []
    associated_rule: AssociatedRule | None = None


class Invocation(Shape):
    execution_successful: bool
    tool_execution_notifications: list[Notification]


class Artifact(Shape):
    location: ArtifactLocation
    roles: list[Literal["analysisTarget"]]
    hashes: dict[Literal["sha-256"], Annotated[str, Field(pattern="^[0-9a-f]{64}$")]] | None = None
    properties: Bag


class Run(Shape):
    tool: Tool
    invocations: list[Invocation]
    artifacts: list[Artifact]
    results: list[Result]
    properties: Bag


class Log(Shape):
    schema_: Annotated[str, Field(alias="$schema", pattern=r"sarif-schema-2\.1\.0\.json$")]
    version: Literal["2.1.0"]
    runs: Annotated[list[Run], Field(min_length=1, max_length=1)]


def checked(text: str) -> Run:
    """The run in SARIF text, if it is as the standard wants it."""
    (run,) = Log.model_validate_json(text).runs
    rules = run.tool.driver.rules
    assert len({rule.id for rule in rules}) == len(rules)
    for result in run.results:
        assert rules[result.rule_index].id == result.rule_id
        ids = [place.id for place in result.related_locations]
        assert len(ids) == len(set(ids))
    known = {rule.id for rule in rules}
    for notification in run.invocations[0].tool_execution_notifications:
        assert notification.associated_rule is None or notification.associated_rule.id in known
    for place in _places(run):
        where = place.physical_location.artifact_location
        assert where.index is not None
        assert run.artifacts[where.index].location.uri == where.uri
    return run


def _places(run: Run) -> list[Location]:
    places = [place for result in run.results for place in (*result.locations, *result.related_locations)]
    return places + [place for n in run.invocations[0].tool_execution_notifications for place in n.locations]
