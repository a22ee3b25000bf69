"""A figure being drawn, and one that is: plain dictionaries that Plotly does not check.

Its check takes longer than the drawing, at each change many times longer, and every visitor
would wait for it; so the tests check what each chart draws.
"""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go


class Drawn(go.Figure):  # type: ignore[misc]
    """A figure that is sent as it is.

    Args:
        spec: ``data`` and ``layout``, as from `plotly.graph_objects.Figure.to_dict`.
    """

    def __init__(self, spec: dict[str, Any]) -> None:
        self._spec = spec

    def to_dict(self) -> dict[str, Any]:
        """Return data and layout; not a copy."""
        return self._spec


class Draft:
    """A figure that takes traces, texts and lines.

    Its methods are named as those of the figure; ``figure()`` gives it. Updates merge nested
    dictionaries, and know no names joined by underscores.

    Args:
        layout: as Plotly's.
    """

    def __init__(self, layout: Mapping[str, Any]) -> None:
        self.data: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = dict(layout)

    def update_layout(self, **layout: Any) -> None:
        """Merge a layout into this one."""
        self.layout = merged(self.layout, layout)

    def update_xaxes(self, **axis: Any) -> None:
        """Merge into every x axis that there is."""
        self._update_axes("xaxis", axis)

    def update_yaxes(self, **axis: Any) -> None:
        """Merge into every y axis that there is."""
        self._update_axes("yaxis", axis)

    def add_scatter(self, **trace: Any) -> None:
        """Add a trace of marks."""
        self.data.append({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> None:
        """Add a trace of bars."""
        self.data.append({"type": "bar", **trace})

    def add_annotation(self, **annotation: Any) -> None:
        """Add a text."""
        self.layout["annotations"] = [*self.layout.get("annotations", ()), annotation]

    def add_shape(self, **shape: Any) -> None:
        """Add a line or an area."""
        self.layout["shapes"] = [*self.layout.get("shapes", ()), shape]

    def figure(self) -> Drawn:
        """Return the figure."""
        return Drawn({"data": self.data, "layout": self.layout})

    def _update_axes(self, kind: str, axis: Mapping[str, Any]) -> None:
        for name in [key for key in self.layout if key.startswith(kind)]:
            self.layout[name] = merged(self.layout[name], axis)


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dictionary with another's entries in it, nested ones merged likewise."""
    result = dict(one)
    for key, value in other.items():
        here = result.get(key)
        both = isinstance(here, Mapping) and isinstance(value, Mapping)
        result[key] = merged(here, value) if both else value  # type: ignore[arg-type]
    return result
