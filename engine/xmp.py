"""One property in an XMP packet: read, and put in without changing any other byte."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import escape

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PACKET = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>\n<?xpacket end="w"?>'
)
_ATTRIBUTE = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_START_TAG = re.compile(rb"<([^\s/>]+)(?:" + _ATTRIBUTE.pattern + rb")*\s*/?>")

DAMAGED = (expat.ExpatError, ValueError)
"""What reading raises when the packet makes no sense, or is not in UTF-8."""


class Property(NamedTuple):
    """A property that holds a text.

    Attributes:
        namespace: a URI that nobody else uses.
        prefix: how it is written for short.
        name: of the property.
    """

    namespace: str
    prefix: str
    name: str

    @property
    def full_name(self) -> str:
        """As the parser tells it."""
        return f"{self.namespace} {self.name}"


STEPS = Property("urn:x-rednet-restore:1:", "rednet", "Steps")
"""How a picture was restored; `engine.steps` knows what is in it."""


@dataclass(slots=True)
class _Element:
    """Where an element lies: `start` is its first byte, `end` that of its end tag, or what follows `<a/>`."""

    start: int
    end: int = 0
    is_empty: bool = False


def property_of(packet: bytes, what: Property) -> str | None:
    """The text of a property; None if the packet does not have it. Raises: `DAMAGED`."""
    return _Finder(packet, what).text


def with_property(packet: bytes | None, what: Property, text: str) -> bytes:
    """The packet with the property, or a new one; all that is not the property stays as it is, byte for byte.

    Raises: `DAMAGED`.
    """
    packet = packet or _PACKET
    found = _Finder(packet, what)
    if found.element is not None:
        return _filled(packet, found.element, escape(text).encode())
    if found.holder is not None:
        return _with_attribute(packet, found.holder, found.prefix_of_attribute(), what, text)
    description = (
        f'<rdf:Description xmlns:rdf="{_RDF}" rdf:about="" xmlns:{what.prefix}="{what.namespace}">'
        f"<{what.prefix}:{what.name}>{escape(text)}</{what.prefix}:{what.name}></rdf:Description>"
    )
    if found.rdf is not None:
        return _filled(packet, found.rdf, description.encode(), keeps=True)
    if found.root is None:
        raise ValueError("no element")
    return _filled(packet, found.root, f'<rdf:RDF xmlns:rdf="{_RDF}">{description}</rdf:RDF>'.encode(), keeps=True)


def says_only(packet: bytes, what: Property) -> bool:
    """Whether a packet was made for the sake of a property, and has nothing else."""
    try:
        text = property_of(packet, what)
        return text is not None and packet == with_property(None, what, text)
    except DAMAGED:
        return False


class _Finder:
    """Reads a packet.

    Attributes:
        text: of the property.
        element: the property, if it is written as an element.
        holder: the element whose attribute it is, if it is written as one.
        rdf, root: the elements that a property can be put into.
    """

    def __init__(self, packet: bytes, what: Property) -> None:
        self.text: str | None = None
        self.element: _Element | None = None
        self.holder: _Element | None = None
        self.rdf: _Element | None = None
        self.root: _Element | None = None
        self._packet, self._what = packet, what
        self._open: list[tuple[str, _Element]] = []
        self._prefixes: dict[str, str] = {}
        self._has_just_begun = False
        self._parser = parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartNamespaceDeclHandler = self._on_namespace
        parser.StartElementHandler = self._on_start
        parser.EndElementHandler = self._on_end
        parser.CharacterDataHandler = self._on_text
        parser.Parse(packet.rstrip(b"\0"), True)

    def prefix_of_attribute(self) -> str:
        """How the packet writes the namespace of the property for short."""
        return self._prefixes[self._what.namespace]

    def _on_namespace(self, prefix: str | None, uri: str) -> None:
        if self.holder is None:
            self._prefixes[uri] = prefix or ""

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        element = _Element(self._parser.CurrentByteIndex)
        names = [above for above, _ in self._open]
        is_new = self.text is None
        if not names:
            self.root = element
        if name == f"{_RDF} RDF" and self.rdf is None:
            self.rdf = element
        if is_new and name == f"{_RDF} Description" and self._what.full_name in attributes:
            self.text, self.holder = attributes[self._what.full_name], element
        if is_new and name == self._what.full_name and names[-1:] == [f"{_RDF} Description"]:
            self.text, self.element = "", element
        self._open.append((name, element))
        self._has_just_begun = True

    def _on_end(self, _: str) -> None:
        element = self._open.pop()[1]
        element.end = at = self._parser.CurrentByteIndex
        element.is_empty = self._has_just_begun and self._packet[at - 2 : at] == b"/>"
        self._has_just_begun = False

    def _on_text(self, text: str) -> None:
        self._has_just_begun = False
        if self.element is not None and self._open and self._open[-1][1] is self.element:
            self.text = (self.text or "") + text


def _refuse(*_: object) -> None:
    raise ValueError("a packet has no document type")


def _filled(packet: bytes, element: _Element, content: bytes, *, keeps: bool = False) -> bytes:
    """The packet with other content in an element, or with more of it at its end."""
    tag = _START_TAG.match(packet, element.start)
    if tag is None:
        raise ValueError("a tag of an unusual form")
    if element.is_empty:
        opened = packet[: tag.end()].removesuffix(b"/>") + b">"
        return opened + content + b"</" + tag[1] + b">" + packet[tag.end() :]
    return packet[: element.end if keeps else tag.end()] + content + packet[element.end :]


def _with_attribute(packet: bytes, holder: _Element, prefix: str, what: Property, text: str) -> bytes:
    tag = _START_TAG.match(packet, holder.start)
    for attribute in _ATTRIBUTE.finditer(packet, holder.start, tag.end() if tag else holder.start):
        if attribute[1] == f"{prefix}:{what.name}".encode():
            value = '"' + escape(text, {'"': "&quot;"}) + '"'
            return packet[: attribute.start(2)] + value.encode() + packet[attribute.end(2) :]
    raise ValueError("a tag of an unusual form")
