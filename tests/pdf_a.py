"""What of PDF/A-3 (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) can be read from a file's structure"""

from lxml import etree
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject, StreamObject

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
SCHEMA = "{http://www.aiim.org/pdfa/ns/schema#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}"
# What nobody has to describe in a file (ISO 19005-3, 6.6.2.3.1).
KNOWN = {
    "http://purl.org/dc/elements/1.1/",
    "http://ns.adobe.com/xap/1.0/",
    "http://ns.adobe.com/xap/1.0/mm/",
    "http://ns.adobe.com/xap/1.0/rights/",
    "http://ns.adobe.com/xap/1.0/t/pg/",
    "http://ns.adobe.com/pdf/1.3/",
    "http://www.aiim.org/pdfa/ns/id/",
    "http://www.aiim.org/pdfa/ns/extension/",
}
# Of ISO 32000-1, 14.8.4, those that krilla writes for a page of words and tables.
ROLES = {"Document", "Part", "Sect", "Div", "H1", "P", "Span", "Table", "THead", "TBody", "TFoot", "TR", "TH", "TD"}
FORBIDDEN_ACTIONS = {"JavaScript", "Launch", "Sound", "Movie", "ResetForm", "ImportData", "Hide", "SetOCGState"}
SHOWS = {b"Tj", b"TJ", b"'", b'"', b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh", b"Do"}


def misses(pdf, data):
    """A sentence for each rule that the file breaks. `data` are its bytes."""
    root = pdf.trailer["/Root"]
    things = list(reachable(pdf.trailer))
    rules = [file_rules(pdf, data), catalogue(root), metadata(root), attachments(root)]
    rules += [colours(root), tagging(root), pages(pdf), content(things), fonts(things)]
    return [broken for each in rules for broken in each]


def file_rules(pdf, data):
    head = data.split(b"\n", 2)
    if not data.startswith(b"%PDF-1.7") or not head[1].startswith(b"%") or min(head[1][1:5]) < 128:
        yield "6.1.2: the head is that of no binary PDF 1.7"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something follows the end"
    if len(at(pdf.trailer, "/ID", [])) != 2 or not all(pdf.trailer["/ID"]):
        yield "6.1.3: the trailer has no ID"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3: the file is encrypted"


def catalogue(root):
    if not root.get("/Lang"):
        yield "UA 7.2: no language"
    if not says(at(root, "/ViewerPreferences", {}), "/DisplayDocTitle"):
        yield "UA 7.1: the title is not shown"
    if says(root, "/NeedsRendering") or "/XFA" in at(root, "/AcroForm", {}):
        yield "6.4.2: a form of XFA"


def metadata(root):
    stream = at(root, "/Metadata")
    if not isinstance(stream, StreamObject) or stream.get("/Type") != "/Metadata":
        yield "6.6.2.1: no metadata"
        return
    if "/Filter" in stream:
        yield "6.6.2.1: the metadata are compressed"
    described = etree.fromstring(stream.get_data().strip())
    said = {child.tag: child for about in described.iter(f"{RDF}Description") for child in about}
    for name, value in [(f"{PDFA}part", "3"), (f"{PDFA}conformance", "A"), (f"{PDFUA}part", "1")]:
        if name not in said or said[name].text != value:
            yield f"6.6.4, UA 5: {name} is not {value}"
    if "{http://purl.org/dc/elements/1.1/}title" not in said:
        yield "UA 7.1: no title"
    own = {(etree.QName(tag).namespace, etree.QName(tag).localname) for tag in said}
    for namespace, name in sorted(own - set(of_extensions(described))):
        if namespace not in KNOWN:
            yield f"6.6.2.3: {name} of {namespace} is described nowhere"


def of_extensions(described):
    for schema in described.iter(f"{SCHEMA}namespaceURI"):
        for name in schema.getparent().iter(f"{PROPERTY}name"):
            yield schema.text, name.text


def attachments(root):
    names = at(at(at(root, "/Names", {}), "/EmbeddedFiles", {}), "/Names", [])
    associated = [reference.get_object() for reference in at(root, "/AF", [])]
    if [spec.get_object() for spec in list(names)[1::2]] != associated:
        yield "6.8: a file that nothing says the relation of"
    for spec in associated:
        if not all(spec.get(key) for key in ["/F", "/UF", "/Desc", "/AFRelationship"]):
            yield "6.8: an attachment without names, description or relation"
        stream = spec["/EF"]["/F"]
        if "/Subtype" not in stream or "/ModDate" not in at(stream, "/Params", {}):
            yield "6.8: an attachment without type or day"


def colours(root):
    intents = [intent.get_object() for intent in at(root, "/OutputIntents", [])]
    profiles = [intent["/DestOutputProfile"] for intent in intents if intent.get("/S") == "/GTS_PDFA1"]
    # ICC.1, 7.2: its signature, after 36 bytes.
    if len(profiles) != 1 or profiles[0].get("/N") != 3 or profiles[0].get_data()[36:40] != b"acsp":
        yield "6.2.3: no profile of RGB"


def tagging(root):
    if not says(at(root, "/MarkInfo", {}), "/Marked"):
        yield "6.7.2.2: not marked as tagged"
    tree = at(root, "/StructTreeRoot")
    if tree is None or "/K" not in tree or "/ParentTree" not in tree:
        yield "6.7.3: no tree of its structure"
        return
    kinds = [element["/S"] for element in reachable(tree["/K"]) if "/S" in element and "/P" in element]
    mapped = at(tree, "/RoleMap", {})
    for kind in sorted(set(kinds)):
        if mapped.get(kind, kind)[1:] not in ROLES:
            yield f"6.7.3.4: {kind} is a role of nothing"
    if kinds.count("/H1") != 1:
        yield f"UA 7.4: {kinds.count('/H1')} titles"


def pages(pdf):
    for page in pdf.pages:
        if page.get("/Tabs") != "/S":
            yield "UA 7.18.3: no order of its stops"
        if "/StructParents" not in page:
            yield "UA 7.1: a page outside of the structure"
        depth = 0
        for operands, operator in page.get_contents().operations:
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(operator, 0)
            if operator == b"BMC" and operands != ["/Artifact"]:
                yield "UA 7.1: marked as nothing"
            if operator in SHOWS and depth == 0:
                yield f"UA 7.1: {operator.decode()} shows what is neither read out nor left out"


def content(things):
    for thing in things:
        if "/AA" in thing or "/JS" in thing or str(at(thing, "/S", "/"))[1:] in FORBIDDEN_ACTIONS:
            yield "6.5: something that runs"
        filters = at(thing, "/Filter", []) if isinstance(thing, StreamObject) else []
        if {"/LZWDecode", "/Crypt"} & set([filters] if isinstance(filters, str) else filters):
            yield "6.1.7: a filter that must not be"


def fonts(things):
    # What a composite font is made of is looked at with it.
    whole = [each for each in things if each.get("/Type") == "/Font" and not each["/Subtype"].startswith("/CIDFont")]
    for font in whole:
        if "/ToUnicode" not in font:
            yield f"6.2.11.7: {font.get('/BaseFont')} does not say its letters"
        if font["/Subtype"] == "/Type3":
            continue
        parts = [each.get_object() for each in at(font, "/DescendantFonts", [font])]
        descriptors = [at(each, "/FontDescriptor", {}) for each in parts]
        if not all("/FontFile2" in each or "/FontFile3" in each for each in descriptors):
            yield f"6.2.11.4: {font.get('/BaseFont')} is not embedded"


def at(thing, key, otherwise=None):
    """What stands there, wherever it is kept."""
    return thing[key] if key in thing else otherwise


def says(thing, key):
    """Whether it says yes: to pypdf, any object counts as something, `false` too."""
    answer = at(thing, key)
    return isinstance(answer, BooleanObject) and answer.value


def reachable(start):
    """Each dictionary below, once."""
    ahead, met = [start], set()
    while ahead:
        thing = ahead.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in met:
                continue
            met.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            ahead += [thing.raw_get(key) for key in thing]
        elif isinstance(thing, ArrayObject):
            ahead += thing
