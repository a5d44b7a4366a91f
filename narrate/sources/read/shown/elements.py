"""Names of elements that several modules sort by."""

from __future__ import annotations

# What a browser never shows as text, or shows as a control.
UNSPOKEN = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "embed", "video", "audio"}
    | {"canvas", "map", "button", "input", "select", "textarea", "datalist", "dialog", "rt", "rp", "rtc", "noframes"}
    # AMP's advertisements, consent, menus and buttons, with what they show where they cannot be loaded.
    | {"amp-ad", "amp-embed", "amp-consent", "amp-sidebar", "amp-social-share", "amp-user-notification"}
)

# What begins and ends a line of its own.
BREAKING = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
    }
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"}
    | {"hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul"}
)
