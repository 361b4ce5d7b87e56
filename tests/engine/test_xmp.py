"""A property goes into a packet, and nothing else in it changes."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from engine.xmp import DAMAGED, Property, property_of, with_property

STEPS = Property("urn:test:1:", "own", "Text")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TEXT = '{"a": "<&> \'é\'"}'
ADOBE = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Adobe XMP Core 5.6">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:crs='urn:crs:'
    crs:Note="a > b" crs:Exposure="+0.50">
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Großmutter &amp; Katze 猫</rdf:li></rdf:Alt></dc:title>
   <!-- </rdf:RDF> -->
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
@PADDING
<?xpacket end="w"?>\0""".replace("@PADDING", 40 * " ").encode()
EMPTY_RDF = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="{RDF}" /></x:xmpmeta>'.encode()
EMPTY_META = b'<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>'
HOLLOW_RDF = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r:RDF xmlns:r="{RDF}"></r:RDF></x:xmpmeta>'.encode()
PACKETS = [None, b"", ADOBE, EMPTY_RDF, EMPTY_META, HOLLOW_RDF]


@pytest.mark.parametrize("packet", PACKETS)
def test_what_is_put_in_can_be_read_by_us_and_by_others(packet: bytes | None) -> None:
    made = with_property(packet, STEPS, TEXT)
    assert property_of(made, STEPS) == TEXT
    root = ElementTree.fromstring(made.rstrip(b"\0"))
    path = f".//{{{RDF}}}RDF/{{{RDF}}}Description/{{{STEPS.namespace}}}Text"
    assert [found.text for found in root.iterfind(path)] == [TEXT]


@pytest.mark.parametrize("packet", [ADOBE, HOLLOW_RDF])
def test_all_else_stays_byte_for_byte(packet: bytes) -> None:
    made = with_property(packet, STEPS, TEXT)
    inserted = re.search(rb"<rdf:Description [^>]*urn:test:1:.*?</rdf:Description>", made)
    assert inserted
    assert made.replace(inserted[0], b"") == packet


def test_a_newer_text_takes_the_place_of_the_older() -> None:
    first = with_property(ADOBE, STEPS, "first, and much longer")
    second = with_property(first, STEPS, TEXT)
    assert second == with_property(ADOBE, STEPS, TEXT)


@pytest.mark.parametrize(
    "form",
    [
        "<rdf:Description xmlns:p='urn:test:1:' xmlns:q='urn:q:' p:Other='1'  p:Text = 'old &lt;' q:Text='kept'/>",
        '<rdf:Description xmlns:p="urn:test:1:"><p:Text>old &lt;</p:Text><p:Other>1</p:Other></rdf:Description>',
        '<rdf:Description xmlns:p="urn:test:1:"><p:Text/><p:Other>1</p:Other></rdf:Description>',
    ],
)
def test_forms_that_other_programs_give_it_are_understood(form: str) -> None:
    packet = f'<rdf:RDF xmlns:rdf="{RDF}">{form}</rdf:RDF>'.encode()
    assert property_of(packet, STEPS) in ("old <", "")
    made = with_property(packet, STEPS, TEXT)
    assert property_of(made, STEPS) == TEXT
    assert property_of(made, STEPS._replace(name="Other")) == "1"
    if "q:Text" in form:
        assert property_of(made, Property("urn:q:", "q", "Text")) == "kept"
    assert with_property(made, STEPS, "again") == with_property(packet, STEPS, "again")


def test_a_packet_without_it_says_so() -> None:
    assert property_of(ADOBE, STEPS) is None
    nested = f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:p="urn:test:1:"><a><p:Text>x</p:Text></a></rdf:RDF>'
    assert property_of(nested.encode(), STEPS) is None


@pytest.mark.parametrize(
    "packet",
    [
        b"nonsense",
        b"<a><b></a>",
        ADOBE.decode().encode("utf-16"),
        b"<tiff:Orientation>8</tiff:Orientation>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    ],
)
def test_damaged_packets_are_refused(packet: bytes) -> None:
    for act in (lambda: property_of(packet, STEPS), lambda: with_property(packet, STEPS, TEXT)):
        with pytest.raises(DAMAGED):
            act()
