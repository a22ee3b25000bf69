"""Buttons that save a chart as a picture, drawn by the visitor's own browser.

Plotly can write SVG and PNG, but the button of its toolbar knows one format at a time, and a
server that draws pictures needs a browser of its own. So two buttons tell the toolbar's button
which format to write and press it.
"""

from functools import cache
from typing import Any

from streamlit.components.v2 import component

WIDTH = 960
"""Least width of a picture in pixels: a chart on a phone is saved as on a desk."""

_CSS = """
.row {display: flex; gap: .5rem;}
button {flex: 1; font: 400 1rem/1.6 system-ui, sans-serif; min-height: 2.5rem; cursor: pointer;
 color: var(--st-text-color); background: var(--st-background-color);
 border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);}
button:hover {border-color: var(--st-primary-color); color: var(--st-primary-color);}
button:focus-visible {outline: 2px solid var(--st-primary-color); outline-offset: 2px;}
"""
_HTML = (
    '<div class="row"><button type="button" disabled>SVG</button>'
    '<button type="button" disabled>PNG</button></div>'
)
_SCRIPT = """
export default function (component) {
  const {data, parentElement} = component;
  const save = (format, waits = 50) => {
    const plot = document.querySelector(`.st-key-${data.chart} .js-plotly-plot`);
    const button = plot && plot.querySelector('.modebar-btn[data-title^="Download"]');
    if (!button) {  // the chart is not drawn yet, or is being drawn anew
      if (waits) setTimeout(() => save(format, waits - 1), 100);
      return;
    }
    const options = plot._context.toImageButtonOptions;
    const before = {...options};
    Object.assign(options, {
      format, filename: data.name, scale: format === 'png' ? 3 : 1,
      width: Math.max(data.width, plot.clientWidth), height: plot.clientHeight,
    });
    button.click();
    setTimeout(() => {
      for (const key of Object.keys(options)) delete options[key];
      Object.assign(options, before);
    }, 2000);
  };
  const [svg, png] = parentElement.querySelectorAll('button');
  svg.onclick = () => save('svg');
  png.onclick = () => save('png');
  svg.disabled = png.disabled = false;  // before, a click would be lost
}
"""


def buttons(key: str, name: str) -> None:
    """Draw the buttons that save one chart.

    Args:
        key: the key of its `st.plotly_chart`.
        name: the file's name, without its ending.
    """
    _component()(data={"chart": key, "name": name, "width": WIDTH}, key=f"picture_{key}")


@cache
def _component() -> Any:
    return component("kzdash_picture", html=_HTML, css=_CSS, js=_SCRIPT)
