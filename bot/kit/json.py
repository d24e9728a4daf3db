"""Names JSON whose shape is somebody else's: what the Bot API takes and gives, what a shop sends, what a page asks for.

What is our own (steps, notices, states of orders) has a type instead.
"""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
"""A JSON object."""
JsonView = Mapping[str, Any]
"""A JSON object that is only read."""
