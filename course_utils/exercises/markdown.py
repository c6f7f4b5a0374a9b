"""One paragraph of Markdown as HTML for a widget, or as Markdown in which nothing is read as HTML."""

import base64
import html
import io
import re

_SPECIAL = re.compile(r"(`[^`]+`|\$[^$]+\$)")  # code and formulas: kept as they are
_BOLD, _ITALICS = re.compile(r"\*\*(\S(?:.*?\S)?)\*\*"), re.compile(r"\*([^\s*](?:[^*]*[^\s*])?)\*")


def to_markdown(text: str) -> str:
    """Escape what a page would read as HTML.

    >>> to_markdown("`a < b`, 3<x")
    '`a < b`, 3&lt;x'
    """
    return "".join(part if i % 2 else html.escape(part, quote=False) for i, part in enumerate(_SPECIAL.split(text)))


def to_html(text: str) -> str:
    """Turn code, bold, italics and formulas into HTML; everything else is escaped.

    >>> to_html("*Not* `a < b`")
    '<em>Not</em> <code>a &lt; b</code>'
    """
    return "".join(_special(part) if i % 2 else _words(part) for i, part in enumerate(_SPECIAL.split(text)))


def _words(text):
    text = _BOLD.sub(r"<strong>\1</strong>", html.escape(text, quote=False))
    return _ITALICS.sub(r"<em>\1</em>", text)


def _special(part):
    inner = part[1:-1]
    return f"<code>{html.escape(inner, quote=False)}</code>" if part[0] == "`" else _formula(inner)


def _formula(tex):
    """Draw a formula as a mask, so that it takes the colour of the text around it, in a dark theme too."""
    from matplotlib import mathtext, rc_context  # only where there is a formula
    from matplotlib.font_manager import FontProperties

    size, drawing = 10, io.BytesIO()
    font = FontProperties(size=size)
    parsed = mathtext.MathTextParser("path").parse(f"${tex}$", dpi=72, prop=font)
    width, height, depth = (f"{length / size:.2f}em" for length in parsed[:3])
    with rc_context({"savefig.transparent": True}):
        mathtext.math_to_image(f"${tex}$", drawing, prop=font, format="svg")
    mask = f"url(data:image/svg+xml;base64,{base64.b64encode(drawing.getvalue()).decode()}) 0 0 / 100% 100%"
    look = f"width:{width};height:{height};vertical-align:-{depth};-webkit-mask:{mask};mask:{mask}"
    return f'<span class="formula" role="img" aria-label="{html.escape(tex)}" style="{look}"></span>'
