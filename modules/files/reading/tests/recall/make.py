"""Documents of every kind, each made by at least two independent programs, and beside each what a reference tool
finds in it: `name.docx` and `name.docx.words`. Run as `make.py FOLDER`; `make recall` does.

Programs are LibreOffice, pandoc, Chromium, python-docx, openpyxl, XlsxWriter, python-pptx, odfpy, reportlab,
markdownify, Python's email package and mpack; references are LibreOffice's own text export, pdftotext, pandoc, iconv and
Python's email package.
"""

import csv
import email
import email.policy
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

OUT = Path(sys.argv[1])
PROSE = Path(__file__).parents[2] / "src/demo/texts/handbook.txt"

TITLE = "Handbook of hooks – Übersicht, été, Łódź"
FOREIGN = [
    "L’élève déjà payé par la forêt s’étonne: où est passée la clé d’ébène?",
    "Größere Straßenschilder überfordern mühelos die schönsten Füße.",
    "El pingüino comió jalapeños en la montaña, ¿verdad que sí?",
    "Zażółć gęślą jaźń, a potem wróć do Gdańska.",
    "Съешь же ещё этих мягких французских булок.",
    "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία.",
]
TABLE = [
    ["Hook", "Load in kilograms", "Wall", "Remark"],
    ["Heron", "12", "Plaster", "held for nine hours & a day"],
    ["Egret", "25", "Brick", "<not> for bathrooms"],
    ["Bittern", "4711", "Concrete", "“bent”, then broke"],
]


def paragraphs():
    lines = [line.strip("#- ").replace(" | ", ", ") for line in PROSE.read_text().splitlines() if line.strip()]
    return lines[:80] + FOREIGN


def run(*command):
    subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def soffice(source, to, folder):
    profile = f"-env:UserInstallation=file://{OUT}/profile"
    run("soffice", profile, "--headless", "--convert-to", to, "--outdir", folder, source)


def converted(source, to, name):
    """What LibreOffice makes of another program's document, as a document of its own."""
    with tempfile.TemporaryDirectory() as folder:
        soffice(source, to, folder)
        made = next(Path(folder).iterdir())
        made.rename(OUT / name)
    return OUT / name


# Documents


def by_python_docx():
    from docx import Document

    document = Document()
    document.add_heading(TITLE, 0)
    for number, words in enumerate(paragraphs()):
        document.add_paragraph(words, style="List Bullet" if number % 7 == 6 else None)
    table = document.add_table(rows=0, cols=4)
    for row in TABLE:
        for cell, words in zip(table.add_row().cells, row):
            cell.text = words
    document.sections[0].header.paragraphs[0].text = "Confidential between us"
    document.sections[0].footer.paragraphs[0].text = "Printed on paper of cotton"
    document.save(OUT / "python-docx.docx")


def by_openpyxl():
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Loads"
    for row in TABLE:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    words = workbook.create_sheet("Words")
    for number, line in enumerate(paragraphs()):
        words.append([number, line])
    workbook.save(OUT / "openpyxl.xlsx")


def by_xlsxwriter():
    import xlsxwriter

    workbook = xlsxwriter.Workbook(OUT / "xlsxwriter.xlsx")
    sheet = workbook.add_worksheet("Loads")
    bold = workbook.add_format({"bold": True})
    for number, row in enumerate(TABLE):
        sheet.write_row(number, 0, [int(cell) if cell.isdigit() else cell for cell in row])
    sheet.write_rich_string(9, 0, "rich ", bold, "text", " in one cell")
    sheet.write_formula(10, 0, "=B2+B3", None, 37)
    words = workbook.add_worksheet("Words")
    for number, line in enumerate(paragraphs()):
        words.write(number, 2, line)
    workbook.close()


def by_python_pptx():
    from pptx import Presentation
    from pptx.util import Inches, Pt

    presentation = Presentation()
    lines = paragraphs()
    for start in range(0, 30, 3):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Part {start // 3 + 1}"
        frame = slide.placeholders[1].text_frame
        frame.text = lines[start]
        for line in lines[start + 1 : start + 3]:
            frame.add_paragraph().text = line
        for paragraph in frame.paragraphs:
            paragraph.font.size = Pt(14)
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Loads and words"
    shape = slide.shapes.add_table(4, 4, Inches(0.5), Inches(2), Inches(9), Inches(2))
    for number, row in enumerate(TABLE):
        for place, words in enumerate(row):
            shape.table.cell(number, place).text = words
    presentation.save(OUT / "python-pptx.pptx")


def by_odfpy():
    from odf import draw, style, table, text
    from odf.opendocument import OpenDocumentPresentation, OpenDocumentSpreadsheet, OpenDocumentText

    def rows():
        made = table.Table(name="Loads")
        for row in TABLE:
            line = table.TableRow()
            for words in row:
                cell = table.TableCell(valuetype="string")
                cell.addElement(text.P(text=words))
                line.addElement(cell)
            made.addElement(line)
        return made

    document = OpenDocumentText()
    document.text.addElement(text.H(outlinelevel=1, text=TITLE))
    for words in paragraphs():
        document.text.addElement(text.P(text=words))
    document.text.addElement(rows())
    document.save(OUT / "odfpy.odt")

    sheet = OpenDocumentSpreadsheet()
    sheet.spreadsheet.addElement(rows())
    second = table.Table(name="Words")
    for words in paragraphs():
        line = table.TableRow()
        cell = table.TableCell(valuetype="string")
        cell.addElement(text.P(text=words))
        line.addElement(cell)
        second.addElement(line)
    sheet.spreadsheet.addElement(second)
    sheet.save(OUT / "odfpy.ods")

    slides = OpenDocumentPresentation()
    layout = style.PageLayout(name="Wide")
    layout.addElement(style.PageLayoutProperties(pagewidth="28cm", pageheight="21cm"))
    slides.automaticstyles.addElement(layout)
    master = style.MasterPage(name="Plain", pagelayoutname=layout)
    slides.masterstyles.addElement(master)
    for words in paragraphs()[:12] + FOREIGN:
        page = draw.Page(masterpagename=master)
        frame = draw.Frame(width="25cm", height="15cm", x="1cm", y="1cm")
        box = draw.TextBox()
        box.addElement(text.P(text=words))
        frame.addElement(box)
        page.addElement(frame)
        slides.presentation.addElement(page)
    slides.save(OUT / "odfpy.odp")


def by_reportlab():
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    lines = [line for line in paragraphs() if line not in FOREIGN[3:]]
    SimpleDocTemplate(str(OUT / "reportlab.pdf"), pagesize=A4).build(
        [Paragraph(line, styles["BodyText"]) for line in lines]
    )


def by_pandoc():
    source = OUT / "pandoc.md"
    rows = ["| " + " | ".join(row).replace("<", "\\<") + " |" for row in TABLE]
    lines = [f"# {TITLE}", *paragraphs(), "\n".join([rows[0], "|---|---|---|---|", *rows[1:]])]
    source.write_text("\n\n".join(lines) + "\n")
    for ending in ["docx", "odt", "rtf", "pptx", "html"]:
        run("pandoc", "--standalone", "--metadata", "title=Hooks", source, "-o", OUT / f"pandoc.{ending}")


def texts():
    """Markdown and plain text, the latter in the three encodings that people's programs save it in."""
    from markdownify import markdownify

    page = (OUT / "pandoc.html").read_text()
    (OUT / "markdownify.md").write_text(markdownify(page[page.index("<body") :], heading_style="ATX"))
    run("pandoc", "--to=gfm", "--wrap=auto", OUT / "python-docx.docx", "-o", OUT / "pandoc-gfm.md")
    run("pandoc", "--to=plain", "--wrap=auto", OUT / "python-docx.docx", "-o", OUT / "pandoc.txt")
    (OUT / "python.txt").write_text("\r\n".join([TITLE, *paragraphs()]), encoding="utf-16", newline="")
    with tempfile.TemporaryDirectory() as folder:
        soffice(OUT / "python-docx.docx", "txt:Text (encoded):MS_1252,CRLF", folder)
        next(Path(folder).iterdir()).rename(OUT / "libreoffice.txt")


def by_chromium():
    run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={OUT}/browser",
        "--no-pdf-header-footer", f"--print-to-pdf={OUT}/chromium.pdf", f"file://{OUT}/pandoc.html",
    )


def by_libreoffice():
    converted(OUT / "python-docx.docx", "pdf", "libreoffice.pdf")
    converted(OUT / "odfpy.odt", "docx", "libreoffice.docx")
    converted(OUT / "odfpy.ods", "xlsx", "libreoffice.xlsx")
    converted(OUT / "odfpy.odp", "pptx", "libreoffice.pptx")
    converted(OUT / "python-docx.docx", "odt", "libreoffice.odt")
    converted(OUT / "openpyxl.xlsx", "ods", "libreoffice.ods")
    converted(OUT / "python-pptx.pptx", "odp", "libreoffice.odp")
    converted(OUT / "python-docx.docx", "rtf", "libreoffice.rtf")
    converted(OUT / "odfpy.odt", "html", "libreoffice.html")


def tables():
    with open(OUT / "python.csv", "w", newline="") as file:
        csv.writer(file).writerows(TABLE + [[line] for line in paragraphs()])
    with tempfile.TemporaryDirectory() as folder:
        soffice(OUT / "openpyxl.xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true", folder)
        next(Path(folder).iterdir()).rename(OUT / "libreoffice.csv")


def by_email():
    mail = EmailMessage()
    mail["Subject"] = "Proof – été"
    mail["From"] = "Łucja Nowak <lucja@acme.test>"
    mail["To"] = "Ada <ada@studio.test>, ben@studio.test"
    mail.set_content("\n".join(paragraphs()[:20] + FOREIGN))
    html = "".join(f"<p>{line}</p>" for line in paragraphs()[:20] + FOREIGN)
    mail.add_alternative(f"<!doctype html><style>p{{color:red}}</style>{html}", subtype="html")
    for name in ["pandoc.docx", "openpyxl.xlsx", "reportlab.pdf"]:
        mail.add_attachment((OUT / name).read_bytes(), "application", "octet-stream", filename=name)
    (OUT / "python.eml").write_bytes(mail.as_bytes(policy=email.policy.SMTP))
    body = OUT / "body.txt"
    body.write_text("\n".join(paragraphs()[:5]))
    run("mpack", "-s", "Hooks", "-d", body, "-c", "application/octet-stream", "-o", OUT / "mpack.eml", OUT / "pandoc.odt")
    body.unlink()


# References


def exported(document):
    return {
        ".pdf": by_pdftotext, ".docx": by_text_export, ".odt": by_text_export, ".rtf": by_text_export,
        ".html": by_text_export, ".xlsx": by_table_export, ".ods": by_table_export, ".csv": by_table_export,
        ".pptx": by_print, ".odp": by_print, ".md": by_plain, ".txt": by_iconv, ".eml": by_mail,
    }[document.suffix](document)


def by_pdftotext(document):
    return subprocess.run(["pdftotext", document, "-"], check=True, capture_output=True, text=True).stdout


def by_text_export(document):
    with tempfile.TemporaryDirectory() as folder:
        soffice(document, "txt:Text (encoded):UTF8", folder)
        return next(Path(folder).iterdir()).read_text(encoding="utf-8-sig")


def by_table_export(document):
    """Every sheet, as it is shown."""
    with tempfile.TemporaryDirectory() as folder:
        separator = 59 if document.name == "libreoffice.csv" else 44
        how = "--infilter=CSV:%d,34,76" % separator if document.suffix == ".csv" else "--headless"
        profile = f"-env:UserInstallation=file://{OUT}/profile"
        to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
        run("soffice", profile, "--headless", how, "--convert-to", to, "--outdir", folder, document)
        return "\n".join(sheet.read_text(encoding="utf-8-sig") for sheet in sorted(Path(folder).iterdir()))


def by_print(document):
    with tempfile.TemporaryDirectory() as folder:
        soffice(document, "pdf", folder)
        return by_pdftotext(next(Path(folder).iterdir()))


def by_plain(document):
    command = ["pandoc", "--wrap=none", "--to=plain", document]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def by_iconv(document):
    encoding = {"libreoffice.txt": "WINDOWS-1252", "python.txt": "UTF-16"}.get(document.name, "UTF-8")
    command = ["iconv", "--from-code", encoding, "--to-code", "UTF-8", document]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def by_mail(document):
    mail = email.message_from_bytes(document.read_bytes(), policy=email.policy.default)
    words = [str(mail[field]) for field in ("Subject", "From", "To") if mail[field]]
    body = mail.get_body(("html", "plain"))
    if body is not None and body.get_content_type() == "text/html":
        page = OUT / "body.html"
        page.write_text(body.get_content())
        words.append(by_text_export(page))
        page.unlink()
    elif body is not None:
        words.append(body.get_content())
    for part in mail.iter_attachments():
        words.append(part.get_filename())
        words.append((OUT / (part.get_filename() + ".words")).read_text())
    return "\n".join(words)


def main():
    OUT.mkdir(parents=True)
    makers = [
        by_python_docx, by_openpyxl, by_xlsxwriter, by_python_pptx, by_odfpy, by_reportlab, by_pandoc, texts,
        by_chromium, by_libreoffice, tables, by_email,
    ]
    for maker in makers:
        maker()
    documents = sorted((path for path in OUT.iterdir() if path.is_file()), key=lambda path: path.suffix == ".eml")
    for document in documents:
        Path(f"{document}.words").write_text(exported(document))


main()
