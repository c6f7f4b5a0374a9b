"""Numbers as a reader sees them: a true minus sign, and none before a zero."""

MINUS = "−"


def format_number(value: float, form: str = "d") -> str:
    """Return a number as text.

    Parameters
    ----------
    value : float
    form : str
        Python's format, such as ".2f", ",", "g" or "d", which takes whole numbers only; "short" for three decimals at
        most, and powers of ten where the number is tiny or huge; "(short)" with brackets around a negative number.

    >>> format_number(-0.5, ".1f"), format_number(-0.004, ".2f"), format_number(12000, ","), format_number(3)
    ('−0.5', '0.00', '12,000', '3')
    >>> [format_number(value, "short") for value in (1 / 3, -0.5, 2e-5, 0)]
    ['0.333', '−0.5', '2e−05', '0']
    """
    if form == "short":
        return _with_true_minus(_shortened(value))
    if form == "(short)":
        text = _with_true_minus(_shortened(value))
        return f"({text})" if text.startswith(MINUS) else text
    return _with_true_minus(f"{value:{form}}")


def _shortened(value):
    if value != 0 and not 0.0005 <= abs(value) < 1000:
        return f"{value:.0e}"
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _with_true_minus(text):
    is_zero = not text.partition("e")[0].strip("-0.")
    return text.removeprefix("-") if is_zero else text.replace("-", MINUS)
