"""The English words for the parts of a formula: those in which it is read to somebody who does not see it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrate.sources.read.formulas.nodes import (
    Choice,
    Fenced,
    Fraction,
    Lines,
    Marked,
    Node,
    Root,
    Row,
    Scripts,
    Sign,
    Unsure,
    items_of,
    names,
    symbols,
)
from narrate.text.spoken import numbers

_SPACED = re.compile(r"\s+(?=,)|(?<=,)(?:\s*,)+")
_LAST_FRACTION = 20
_ABOUT = frozenset("∼≈")
_QUANTIFIERS = frozenset("∀∃∄")
_BETWEEN = frozenset("+×⋅÷/")


def words_of(node: Node) -> str:
    """Return the words for a formula.

    Numbers are words, too, so that nothing takes "2 m" for a length; a number alone keeps its figures.

    Raises:
        Unsure: There are no good words for it.
    """
    items = items_of(node)
    if figures := _lone_number(items):
        return figures
    return " ".join(_SPACED.sub("", _said(node)).strip(" ,").split())


def _lone_number(items: Sequence[Node]) -> str:
    signs = [item for item in items if isinstance(item, Sign)]
    is_lone = len(signs) == len(items) and sum(item.role == "number" for item in signs) == 1
    if not is_lone or any(item.role != "number" and item.char not in "+−%" for item in signs):
        return ""
    return "".join(item.char for item in signs)


def _said(node: Node) -> str:
    match node:
        case Sign():
            return numbers.number(node.char) if node.role == "number" else node.words
        case Row():
            return _row(node.items)
        case Fraction():
            return _fraction(node)
        case Choice():
            return f"{_said(node.top)} choose {_said(node.bottom)}"
        case Root():
            return f"{_degree(node.degree)} root of {_said(node.body)}"
        case Scripts():
            return _scripts(node)
        case Marked():
            body = _said(node.body)
            return f"vector {body}" if node.mark == "vector" else f"{body} {node.mark}"
        case Fenced():
            return _fenced(node)
        case Lines():
            return f"{node.joint} ".join(_said(line) for line in node.rows)


def _row(items: Sequence[Node]) -> str:
    items = _quantified(items)
    pieces: list[str] = []
    for index, item in enumerate(items):
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        if before is not None:
            pieces.append(_joint(before, item))
        pieces.append(_item(item, before, after, items[index + 1 :]))
    return " ".join(filter(None, pieces))


def _quantified(items: Sequence[Node]) -> Sequence[Node]:
    """After "for all" and "there exists" a thing is named and not stated: "for all x in A"."""
    said: list[Node] = []
    is_named = False
    for item in items:
        is_named = _char(item) in _QUANTIFIERS or (is_named and _role(item) not in ("comma", "colon"))
        said += _named([item]) if is_named else [item]
    return said


def _named(items: Sequence[Node]) -> list[Node]:
    """Make "is in" "in"."""
    return [Sign("∈", "in", "relation") if _char(item) == "∈" else item for item in items]


def _item(item: Node, before: Node | None, after: Node | None, rest: Sequence[Node]) -> str:
    if isinstance(item, Sign) and item.role == "dots":
        return _dots(before, after)
    if isinstance(item, Sign) and item.role == "colon":
        goes_to = any(isinstance(other, Sign) and other.char in "→↦" for other in rest)
        return "from" if goes_to else "such that"
    if isinstance(item, Fenced) and _is_call(before, item):
        return _given(item.body.items, "given")
    if _char(item) == "⋅" and (_char(before) == "∇" or isinstance(before, Marked)):
        return "dot"
    if _char(item) == "×" and _role(before) == _role(after) == "number" and not isinstance(after, Scripts):
        return "by"
    if before is None and _char(item) in _ABOUT:
        return "about"
    if _role(item) == "comma" and _role(before) == "dots":
        return ""
    if _role(item) in ("big", "function") and not _takes_nothing(after):
        is_bare = isinstance(_base(item), Sign) and _char(_base(item)) in names("bare_functions")
        return _said(item) if is_bare and not isinstance(after, Fenced) else f"{_said(item)} of"
    return _said(item)


def _joint(before: Node, item: Node) -> str:
    """Return what is said between two parts: "of", "times", or a comma where the end of the first is not heard."""
    if isinstance(item, Fenced) and _is_call(before, item):
        return "of"
    if isinstance(item, Fenced) and item.opened in "([" and len(item.body.items) > 1 and _is_operand(before):
        return "times" if not _is_long(before) else ", times"
    if isinstance(before, Fenced) and isinstance(item, Fenced):
        return "times" if item.opened in "([" and before.opened in "([" else ","
    if isinstance(before, Fenced) and before.opened in "([" and _is_operand(item) and _char(item) != "d":
        return "times"
    is_relation = _role(item) in ("relation", "comma", "after", "colon")
    return "," if _is_long(before) and not is_relation else ""


def _dots(before: Node | None, after: Node | None) -> str:
    if _role(before) != "comma":
        return "dot dot dot"
    return "and so on up to" if _role(after) == "comma" else "and so on"


def _base(node: Node | None) -> Node | None:
    return node.base if isinstance(node, Scripts) else node


def _role(node: Node | None) -> str:
    base = _base(node)
    return base.role if isinstance(base, Sign) else ""


def _char(node: Node | None) -> str:
    return node.char if isinstance(node, Sign) else ""


def _is_operand(node: Node) -> bool:
    if isinstance(node, Scripts):
        return _is_operand(node.base)
    if isinstance(node, Sign):
        return node.role in ("letter", "number", "set") and node.char not in "∂∇"
    return isinstance(node, Fraction | Root | Marked)


def _takes_nothing(after: Node | None) -> bool:
    return after is None or (_role(after) in ("relation", "comma", "after") or _char(after) in _BETWEEN)


def _is_call(before: Node | None, fenced: Fenced) -> bool:
    """Tell f(x) from a product: by the letter, or by a lone letter between the brackets."""
    if fenced.opened not in "([" or before is None:
        return False
    if _role(before) == "text":
        return True
    is_letter = _role(before) == "letter" and not (isinstance(before, Scripts) and _is_power(before.above))
    is_single = len(fenced.body.items) == 1 and _role(fenced.body.items[0]) == "letter"
    return is_letter and (is_single or _char(_base(before)) in names("calls"))


def _is_power(above: Node | None) -> bool:
    return isinstance(above, Sign) and above.role == "number"


def _is_long(node: Node) -> bool:
    """Tell a part whose end is not heard without a pause."""
    match node:
        case Scripts(base=Sign(role="big")):
            return False
        case Scripts(below=below, above=above):
            return any(len(items_of(part)) > 1 for part in (below, above) if part is not None)
        case Fraction(top=top, bottom=bottom):
            return any(len(items_of(part)) > 1 for part in (top, bottom))
        case Root(body=body):
            return len(items_of(body)) > 1
        case Fenced(opened=opened, body=body):
            return opened in "{|‖⌊⌈" and len(body.items) > 1
        case Lines():
            return True
    return False


def _fraction(node: Fraction) -> str:
    if named := _named_fraction(node):
        return named
    kind = "the fraction " if _is_long(node) else ""
    return f"{kind}{_said(node.top)} over {_said(node.bottom)}"


def _named_fraction(node: Fraction) -> str:
    """ "one half", "three quarters", "two fifths"; "" for others."""
    if _role(node.top) != "number" or _role(node.bottom) != "number":
        return ""
    top, bottom = _char(node.top), _char(node.bottom)
    if not (top.isdecimal() and bottom.isdecimal()) or not 1 < int(bottom) <= _LAST_FRACTION:
        return ""
    rank = {2: "half", 4: "quarter"}.get(int(bottom), numbers.ordinal(int(bottom)))
    plural = "halves" if rank == "half" else f"{rank}s"
    return f"{numbers.number(top)} {rank if int(top) == 1 else plural}"


def _degree(degree: Node | None) -> str:
    if degree is None or _char(degree) == "2":
        return "the square"
    if _char(degree) == "3":
        return "the cube"
    if _char(degree).isdecimal():
        return f"the {numbers.ordinal(int(_char(degree)))}"
    if isinstance(degree, Sign):
        return f"the {_said(degree)}th"
    raise Unsure("degree of a root")


def _scripts(node: Scripts) -> str:
    if _role(node) == "big":
        return _big(node)
    base, below = node.base, node.below
    if isinstance(base, Sign) and base.role == "set" and (node.above or below):
        return " ".join(filter(None, (symbols()["set_letters"][base.char], *map(_if_any, (below, node.above)))))
    said = _said(base)
    if below is not None:
        said = f"{said} {'base' if _char(base) in ('log', 'lg') else 'sub'} {_said(below)}"
    return f"{said} {_power(node.above, base)}".rstrip() if node.above is not None else said


def _if_any(node: Node | None) -> str:
    return _said(node) if node is not None else ""


def _power(above: Node, base: Node) -> str:
    if isinstance(above, Sign) and above.char in symbols()["powers"]:
        return symbols()["powers"][above.char]
    if isinstance(above, Fenced) and len(above.body.items) == 1:
        return f"super {_said(above.body)}"
    if _role(base) == "function" and _row_chars(above) == "−1":
        return "inverse"
    return f"to the power of {_said(above)}"


def _row_chars(node: Node) -> str:
    return "".join(_char(item) for item in items_of(node))


def _big(node: Scripts) -> str:
    """ "the sum from i equals one to n", "the limit as n approaches infinity", "the maximum over x"."""
    char, name = _char(node.base), _said(node.base)
    if char.startswith("lim"):
        return f"{name} as {_approaching(node.below)}" if node.below is not None else name
    if node.below is None:
        return f"{name} to {_said(node.above)}" if node.above is not None else name
    if node.above is None:
        return f"{name} over {_row(_named(items_of(node.below)))}"
    return f"{name} from {_said(node.below)} to {_said(node.above)}"


def _approaching(below: Node) -> str:
    items = [Sign("→", "approaches", "relation") if _char(item) == "→" else item for item in items_of(below)]
    return _row(items)


def _fenced(node: Fenced) -> str:
    items = node.body.items
    commas = [index for index, item in enumerate(items) if _role(item) == "comma"]
    if node.opened == "{":
        return _set(items)
    if len(commas) == 1 and (node.opened == "[" or (node.opened, node.closed) == ("(", "]")):
        ends = items[: commas[0]], items[commas[0] + 1 :]
        return "the interval from {} to {}".format(*map(_row, ends))
    if node.opened == "⟨" and len(commas) == 1:
        return f"the inner product of {_row(items[: commas[0]])} and {_row(items[commas[0] + 1 :])}"
    if node.opened in "([" and len(items) == 1 and not isinstance(items[0], Lines):
        return _said(items[0])
    if any(isinstance(item, Lines) for item in items):
        raise Unsure("a matrix")
    return symbols()["fences"][node.opened].replace("…", _given(items, "given"))


def _set(items: Sequence[Node]) -> str:
    bar = next((index for index, item in enumerate(items) if _char(item) == "∣" or _role(item) == "colon"), 0)
    named = [*_named(items[:bar]), *items[bar:]]
    return f"the set of {_given(named, 'such that')}" if items else "the empty set"


def _given(items: Sequence[Node], words: str) -> str:
    """A bar between brackets is a condition."""
    return _row([Sign("∣", words, "relation") if _char(item) == "∣" else item for item in items])
