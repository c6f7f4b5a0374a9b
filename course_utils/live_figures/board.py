"""How controls stand on the page: in rows that wrap, or close together in a grid."""

import ipywidgets as wd

from course_utils.live_figures.controls import Control, Controls

MANY = 6  # controls; of more, three stand in a row where there is room


def reset_button(description: str = "Reset", tooltip: str = "all sliders back to the start") -> wd.Button:
    """Return the button that every view has."""
    return wd.Button(description=description, tooltip=tooltip, layout=wd.Layout(width="80px", margin="2px 8px"))


def rows(controls: Controls, reset: wd.Button) -> wd.Widget:
    """Return the controls in rows, with labels of one width so that the sliders begin below each other."""
    label_width = f"{0.62 * max([len(c.label) for c in controls.values()], default=0) + 1:.1f}em"
    size = {"width": "400px", "max_width": "100%"}
    if len(controls) > MANY:
        size = {"width": "31%", "min_width": "250px"}
    boxes = [row(control, label_width, size) for control in controls.values()]
    layout = wd.Layout(flex_flow="row wrap", align_items="center", width="100%")
    return wd.Box([*boxes, reset], layout=layout)


def row(control: Control, label_width: str, size: dict[str, str]) -> wd.Widget:
    """Return one control with its label: a slider and its number box side by side."""
    first = control.parts[0]
    if not isinstance(first, wd.Checkbox):
        first.style.description_width = label_width
    if len(control.parts) == 1:
        return first
    return wd.HBox(control.parts, layout=wd.Layout(align_items="center", **size))


def grid(controls: Controls, reset: wd.Button, columns: int) -> wd.Widget:
    """Return the choices and switches in a row, and the sliders below it in a grid, as close as they can stand.

    The place in the grid says which slider it is: its label is spoken, and not shown.
    """
    wide = [control.parts[0] for control in controls.values() if len(control.parts) == 1]
    narrow = [_cell(control) for control in controls.values() if len(control.parts) > 1]
    top = wd.HBox([*wide, reset], layout=wd.Layout(align_items="center"))
    template = f"repeat({columns}, minmax(0, 1fr))"
    below = wd.GridBox(narrow, layout=wd.Layout(grid_template_columns=template, width="100%", max_width="660px"))
    return wd.VBox([top, below], layout=wd.Layout(width="100%"))


def _cell(control):
    slider, box = control.parts
    slider.description = ""
    slider.layout = wd.Layout(flex="1 1 auto", min_width="40px", width="40px")
    box.layout = wd.Layout(flex="0 0 auto", width="56px")
    return wd.HBox([slider, box], layout=wd.Layout(overflow="hidden"))
