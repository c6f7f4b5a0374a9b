"""The controls of the kernel view: a choice of kernel, and nine sliders in three rows, as the kernel has them."""

import ipywidgets as wd
import numpy as np

from course_utils.live.widget import Live

NAMES = tuple(f"w{i}{j}" for i in range(3) for j in range(3))


class KernelBoard(Live):
    """Choosing a kernel sets the nine sliders; moving a slider makes the kernel one's own."""

    def __init__(self, fig, update, artists, *, alt, sliders, presets):
        self._presets = {name: dict(zip(NAMES, np.ravel(rows).tolist(), strict=True)) for name, rows in presets.items()}
        self._chosen = None
        super().__init__(fig, update, artists, alt=alt, sliders=sliders)

    def _redraw(self):
        chosen, now = self._controls["kernel"], self.values
        preset = self._presets.get(now["kernel"])
        if preset and now["kernel"] != self._chosen:
            for name, value in preset.items():
                self._controls[name].set(value)
        elif preset and any(now[name] != value for name, value in preset.items()):
            chosen.set("own")
        self._chosen = chosen.value
        super()._redraw()

    def _bar(self):
        choice, *weights = self._controls.values()
        top = wd.HBox([*choice.parts, self._reset], layout=wd.Layout(align_items="center"))
        cells = [wd.HBox(_narrow(control.parts), layout=wd.Layout(overflow="hidden")) for control in weights]
        columns = "repeat(3, minmax(0, 1fr))"
        grid = wd.GridBox(cells, layout=wd.Layout(grid_template_columns=columns, width="100%", max_width="660px"))
        return wd.VBox([top, grid], layout=wd.Layout(width="100%"))


def _narrow(parts):
    """Slider and number side by side where there is little room; the place in the grid says which weight it is."""
    slider, box = parts
    slider.description = ""
    slider.layout = wd.Layout(flex="1 1 auto", min_width="40px", width="40px")
    box.layout = wd.Layout(flex="0 0 auto", width="56px")
    return parts
