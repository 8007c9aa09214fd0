"""The schemas for editors, judged by a validator that shares no code with the product."""

import json
import pathlib

import jsonschema
import pytest
from ruamel.yaml import YAML

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"


def kind(path):
    if path.name in ("people.yaml", "writ.yaml"):
        return path.stem
    beside = path.name.split(".")[-2]
    return beside if beside in ("test", "messages") else "workflow"


def validator(name):
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def load(path):
    """YAML 1.2, in which a date stays text, as the language has it."""
    reader = YAML(typ="safe", pure=True)
    reader.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda constructor, node: node.value)
    return reader.load(path.read_text(encoding="utf-8"))


WORKFLOWS = sorted((ROOT / "workflows").rglob("*.yaml"))
PATTERNS = sorted((ROOT / "docs" / "patterns" / "workflows").rglob("*.yaml"))
FILES = WORKFLOWS + PATTERNS + [ROOT / "people.yaml", ROOT / "writ.yaml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_samples_are_valid(path):
    errors = validator(kind(path)).iter_errors(load(path))
    assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_key_that_nobody_knows_is_found(path):
    document = load(path)
    document["aprovers"] = []
    assert not validator(kind(path)).is_valid(document)
    if kind(path) == "workflow" and "steps" in document:
        document = load(path)
        next(iter(document["steps"].values()))["aprovers"] = []
        assert not validator("workflow").is_valid(document)
