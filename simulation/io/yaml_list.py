"""Several YAML values in one text, with commas between them."""

from __future__ import annotations

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import SequenceNode


def values_in(text: str) -> tuple[str, ...]:
    """Return the text of each value in "5, [1, 2], 'a, b'": commas within brackets, braces and quotes part nothing.

    A text that cannot be read as such is one value.
    """
    wrapped = f"[{text}]"
    try:
        node = YAML(typ="safe", pure=True).compose(wrapped)
    except (YAMLError, ValueError):
        return (text,)
    if not isinstance(node, SequenceNode) or node.end_mark.index != len(wrapped):
        return (text,)
    return tuple(wrapped[item.start_mark.index : item.end_mark.index].strip() for item in node.value)
