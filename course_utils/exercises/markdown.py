"""One paragraph of Markdown as HTML for a widget, or as Markdown in which nothing is read as HTML."""

import base64
import html
import io
import re

import mistune

_SPECIAL = re.compile(r"(`[^`]+`|\$[^$]+\$)")  # code and formulas: kept as they are


def to_markdown(text: str) -> str:
    """Escape what a page would read as HTML.

    >>> to_markdown("`a < b`, 3<x")
    '`a < b`, 3&lt;x'
    """
    return "".join(part if i % 2 else html.escape(part, quote=False) for i, part in enumerate(_SPECIAL.split(text)))


def to_html(text: str) -> str:
    """Turn code, bold, italics and formulas into HTML; HTML itself is escaped, and nothing starts a list.

    >>> to_html("*Not* `a < b`")
    '<em>Not</em> <code>a &lt; b</code>'
    """
    state = _READER.block.state_cls()
    return _PAGE.render_tokens(_READER.inline(text, state.env), state)


class _Page(mistune.HTMLRenderer):
    def inline_math(self, tex: str) -> str:
        """Draw a formula as a mask: a widget's page has no MathJax, and a mask takes the colour of the text around."""
        from matplotlib import mathtext, rc_context  # only where there is a formula
        from matplotlib.font_manager import FontProperties

        from course_utils.figure_settings import course_settings

        size, drawing = 10, io.BytesIO()
        font = FontProperties(size=size)
        with course_settings(), rc_context({"savefig.transparent": True}):
            parsed = mathtext.MathTextParser("path").parse(f"${tex}$", dpi=72, prop=font)
            mathtext.math_to_image(f"${tex}$", drawing, prop=font, format="svg")
        width, height, depth = (f"{length / size:.2f}em" for length in parsed[:3])
        mask = f"url(data:image/svg+xml;base64,{base64.b64encode(drawing.getvalue()).decode()}) 0 0 / 100% 100%"
        look = f"width:{width};height:{height};vertical-align:-{depth};-webkit-mask:{mask};mask:{mask}"
        return f'<span class="formula" role="img" aria-label="{html.escape(tex)}" style="{look}"></span>'


_PAGE = _Page(escape=True)
_READER = mistune.create_markdown(renderer=_PAGE, plugins=["math"])
