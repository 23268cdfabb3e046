"""What the elements of HTML are, as far as reading a page goes."""

from __future__ import annotations


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: Not shown, or not as text.
SKIPPED = _names(
    "script style head title noscript template iframe frameset noframes object embed svg math canvas audio video "
    "select datalist textarea input meta link"
)
#: Shown on lines of their own.
LINES = _names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li listing main menu nav ol option p pre search section summary table "
    "tbody tfoot thead ul ucapcontent"
)
CELLS = _names("td th")
#: White space in them counts.
VERBATIM = _names("pre listing xmp plaintext")
#: May hold the document; others are not worth remembering.
HOLDERS = _names("body div section article main td form center ucapcontent")
#: May hold it where they have a name (``<font id="zoom">``).
NAMED_HOLDERS = _names("span font")
#: Need no end tag, or have none: they do not nest for want of one.
UNCLOSED = _names(
    "area base br col embed hr img input link meta param source track wbr "
    "p li dt dd td th tr tbody thead tfoot colgroup option optgroup html head body rp rt"
)
#: The parser repeats these in each block until they are closed.
FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
#: Tags in these are no tags.
RAW = _names("script style textarea title noscript template iframe")
#: End no line where tags are only stripped.
INLINE = FORMATTING | _names("span sub sup label mark ins del img wbr o:p")
