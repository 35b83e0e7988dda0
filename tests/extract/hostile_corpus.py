"""Makes a folder of files that mean harm, or are merely broken. Every entry says what must come of it:
"text": the planted sentence is found; "error": it is refused; "any": one of the two."""

import io
import os
import random
import socket
import struct
import zipfile
import zlib

SENTENCE = "The keeper of the lighthouse counted seven ships."
SECRET = "root:"  # begins /etc/passwd, which no document may bring along
MILLION = 1_000_000


# --- archives ---------------------------------------------------------------------------------------------------------

def archive(entries, compression=zipfile.ZIP_DEFLATED):
    """entries: (name or ZipInfo, bytes) in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as file:
        for name, data in entries:
            file.writestr(name, data)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(document, extra=(), compression=zipfile.ZIP_DEFLATED):
    types = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
             '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
             'wordprocessingml.document.main+xml"/></Types>')
    links = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
             '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
             'officeDocument" Target="word/document.xml"/></Relationships>')
    return archive([("[Content_Types].xml", types), ("_rels/.rels", links), ("word/document.xml", document), *extra],
                   compression)


def docx_body(body, head=""):
    return f'<?xml version="1.0"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'


def docx_paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body, head="", extra=()):
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "text", "table"))
    content = (f'<?xml version="1.0"?>{head}<office:document-content {names}><office:body><office:text>{body}'
               '</office:text></office:body></office:document-content>')
    return archive([(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text"), ("content.xml", content),
                    *extra])


CONTAINER = ('<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
             '<rootfiles><rootfile full-path="{}" media-type="application/oebps-package+xml"/></rootfiles></container>')


def epub(chapters, opf_path="OEBPS/content.opf", spine=None, extra=(), container=None, compression=zipfile.ZIP_DEFLATED):
    items = "".join(f'<item id="c{i}" href="{name}" media-type="application/xhtml+xml"/>'
                    for i, (name, _) in enumerate(chapters))
    order = spine if spine is not None else "".join(f'<itemref idref="c{i}"/>' for i in range(len(chapters)))
    opf = ('<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
           'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title></metadata>'
           f"<manifest>{items}</manifest><spine>{order}</spine></package>")
    files = [(zipfile.ZipInfo("mimetype"), "application/epub+zip"),
             ("META-INF/container.xml", container or CONTAINER.format(opf_path)), ("OEBPS/content.opf", opf)]
    files += [("OEBPS/" + name, data) for name, data in chapters]
    return archive(files + list(extra), compression)


def chapter(body):
    return ('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>c</title></head><body>'
            f"{body}</body></html>")


GOOD = chapter(f"<p>{SENTENCE}</p>")
LAUGHS = ("<!DOCTYPE x [<!ENTITY a0 'ha'>" +
          "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12)) + "]>")
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def overlapping_zip():
    """One local file, named by ten thousand entries of the directory."""
    data = zlib.compress(b"\0" * 10 * MILLION)[2:-4]
    crc = zlib.crc32(b"\0" * 10 * MILLION)
    sizes = struct.pack("<III", crc, len(data), 10 * MILLION)
    local = b"PK\3\4" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 1, 0) + b"a" + data
    directory = b""
    count = 10_000
    for i in range(count):
        name = b"OEBPS/%d.xhtml" % i
        directory += (b"PK\1\2" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes +
                      struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name)
    return (local + directory + b"PK\5\6" +
            struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(local), 0))


def patched(data, old, new, count=-1):
    assert len(old) == len(new) and old in data
    return data.replace(old, new, count)


def with_flags(data, flags):
    """Sets general purpose flags in all headers of an archive."""
    out = bytearray(data)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            out[at + place] |= flags
            at = data.find(mark, at + 4)
    return bytes(out)


def link_entry(name, target):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o120777 << 16
    return info, target


# --- PDF --------------------------------------------------------------------------------------------------------------

def pdf(objects, root=1, trailer="", header=b"%PDF-1.7\n"):
    """objects: number -> bytes."""
    out = bytearray(header)
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += f"trailer\n<< /Size {size} /Root {root} 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(data, extra="", length=None):
    return f"<< /Length {len(data) if length is None else length} {extra} >>\nstream\n".encode() + data + b"\nendstream"


def page_text(text):
    return f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode()


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(content=None, font=FONT, page_extra="", extra=None, catalog="", pages=b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"):
    objects = {1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(), 2: pages,
               3: ("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> "
                   f"/XObject << /X 6 0 R >> >> /Contents 4 0 R {page_extra} >>").encode(),
               4: content if content is not None else stream(page_text(SENTENCE)), 5: font}
    objects.update(extra or {})
    return objects


def pdfs():
    good = pdf(one_page())
    yield "good.pdf", good, "text"
    yield "truncated-half.pdf", good[:len(good) // 2], "any"
    yield "truncated-early.pdf", good[:60], "error"
    yield "header-only.pdf", b"%PDF-1.7\n", "error"
    yield "header-and-noise.pdf", b"%PDF-1.7\n" + random.Random(1).randbytes(200_000), "error"
    yield "header-and-zeros.pdf", b"%PDF-1.7\n" + b"\0" * 5 * MILLION, "error"
    yield "page-tree-loop.pdf", pdf(one_page(pages=b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")), "any"
    yield "page-tree-two-loop.pdf", pdf(one_page(
        pages=b"<< /Type /Pages /Kids [6 0 R] /Count 9 >>",
        extra={6: b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 9 >>"})), "any"
    yield "page-is-its-own-parent.pdf", pdf(one_page(page_extra="/Parent 3 0 R")), "any"
    yield "huge-count.pdf", pdf(one_page(pages=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>")), "any"
    yield "million-count.pdf", pdf(one_page(pages=b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>")), "any"
    yield "negative-count.pdf", pdf(one_page(pages=b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>")), "any"
    yield "length-too-long.pdf", pdf(one_page(stream(page_text(SENTENCE), length=99999999))), "any"
    yield "length-too-short.pdf", pdf(one_page(stream(page_text(SENTENCE), length=3))), "any"
    yield "length-is-itself.pdf", pdf(one_page(
        b"<< /Length 4 0 R >>\nstream\n" + page_text(SENTENCE) + b"\nendstream")), "any"
    yield "object-stream-in-itself.pdf", pdf({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: stream(
        b"2 0 2 0 ", "/Type /ObjStm /N 2 /First 8 /Extends 2 0 R")}), "error"
    yield "xref-loop.pdf", pdf(one_page(), trailer="/Prev 9"), "any"
    yield "encrypted.pdf", pdf(one_page(), trailer="/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <" +
                               "41" * 32 + "> /U <" + "42" * 32 + "> >> /ID [<00> <00>]"), "error"
    yield "unknown-encryption.pdf", pdf(one_page(), trailer="/Encrypt << /Filter /Nobody /V 9 >>"), "error"
    yield "flate-bomb.pdf", pdf(one_page(stream(zlib.compress(b"0 0 m " * 30 * MILLION, 9), "/Filter /FlateDecode"))), \
        "any"
    bomb = zlib.compress(zlib.compress(zlib.compress(b" " * 100 * MILLION, 9), 9), 9)
    yield "filter-tower.pdf", pdf(one_page(stream(bomb, "/Filter [/FlateDecode /FlateDecode /FlateDecode]"))), "any"
    yield "many-filters.pdf", pdf(one_page(stream(b"x", "/Filter [" + "/ASCIIHexDecode " * 100_000 + "]"))), "any"
    yield "nested-arrays.pdf", pdf(one_page(b"[" * 3 * MILLION)), "any"
    yield "nested-dictionaries.pdf", pdf(one_page(page_extra="/A " + "<< /A " * 500_000)), "any"
    yield "nested-in-content.pdf", pdf(one_page(stream(b"[" * 5 * MILLION + page_text(SENTENCE)))), "any"
    yield "nested-states.pdf", pdf(one_page(stream(b"q " * 5 * MILLION + page_text(SENTENCE)))), "any"
    yield "form-in-itself.pdf", pdf(one_page(stream(b"/X Do"), extra={6: stream(
        b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>")})), \
        "any"
    noise = random.Random(2).randbytes(50_000)
    font = (b"<< /Type /Font /Subtype /TrueType /BaseFont /Bad /FirstChar 0 /LastChar 1 /Widths [0 0] /FontDescriptor "
            b"<< /Type /FontDescriptor /FontName /Bad /Flags 4 /FontFile2 6 0 R >> >>")
    yield "invalid-truetype.pdf", pdf(one_page(font=font, extra={6: stream(noise)})), "any"
    tables = b"\0\1\0\0\xff\xff" + b"\xff" * 6 + b"glyf\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff" * 200
    yield "truetype-tables-lie.pdf", pdf(one_page(font=font, extra={6: stream(tables)})), "any"
    cff = font.replace(b"TrueType", b"Type1").replace(b"FontFile2", b"FontFile3")
    yield "invalid-cff.pdf", pdf(one_page(font=cff, extra={6: stream(noise, "/Subtype /Type1C")})), "any"
    cmap = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00> <ffffffff> <0041> endbfrange"
    yield "endless-cmap.pdf", pdf(one_page(font=FONT[:-2] + b"/ToUnicode 6 0 R >>", extra={6: stream(cmap)})), "any"
    yield "type3-in-itself.pdf", pdf(one_page(font=(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /FirstChar 84 /LastChar 84 "
        b"/Widths [9] /Encoding << /Differences [84 /T] >> /CharProcs << /T 6 0 R >> /Resources << /Font << /F1 5 0 R "
        b">> >> >>"), extra={6: stream(page_text("T"))})), "any"
    image = "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    yield "image-only.pdf", pdf(one_page(stream(b"612 0 0 792 0 0 cm /X Do"), extra={6: stream(b"\0" * 100, image)})), \
        "error"
    yield "bad-jbig2.pdf", pdf(one_page(stream(b"612 0 0 792 0 0 cm /X Do"),
                                        extra={6: stream(noise, image + " /Filter /JBIG2Decode")})), "error"
    yield "endless-box.pdf", pdf(one_page(page_extra="/MediaBox [-1e30 -1e30 1e30 1e30]")), "any"
    yield "empty-box.pdf", pdf(one_page(page_extra="/MediaBox [0 0 0 0]")), "any"
    yield "outline-loop.pdf", pdf(one_page(catalog="/Outlines 6 0 R", extra={
        6: b"<< /First 7 0 R /Last 7 0 R >>",
        7: b"<< /Title (x) /Next 7 0 R /First 6 0 R /Parent 6 0 R /Dest [3 0 R /Fit] >>"})), "any"
    yield "label-loop.pdf", pdf(one_page(catalog="/PageLabels 6 0 R", extra={
        6: b"<< /Kids [6 0 R] /Nums [0 << /S /r /St 2000000000 >>] >>"})), "any"
    kids = " ".join(f"{n} 0 R" for n in range(10, 3_010))
    many = one_page(pages=f"<< /Type /Pages /Kids [{kids}] /Count 3000 >>".encode())
    many.update({n: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>" for n in range(10, 3_010)})
    yield "empty-pages.pdf", pdf(many), "error"
    yield "contents-flood.pdf", pdf(one_page(page_extra="/Contents [" + "4 0 R " * 200_000 + "]")), "any"


# --- everything else --------------------------------------------------------------------------------------------------

def zips():
    good = epub([("a.xhtml", GOOD)])
    yield "good.epub", good, "text"
    yield "good.docx", docx(docx_body(docx_paragraph(SENTENCE))), "text"
    yield "good.odt", odt(f"<text:p>{SENTENCE}</text:p>"), "text"
    yield "truncated.epub", good[:-30], "any"
    yield "truncated-half.docx", docx(docx_body(docx_paragraph(SENTENCE)))[:300], "error"
    yield "no-directory.epub", b"PK\3\4" + good[4:200], "error"
    yield "empty-archive.docx", b"PK\5\6" + b"\0" * 18, "error"
    yield "not-a-document.epub", archive([("readme.txt", SENTENCE)]), "error"
    yield "encrypted.docx", with_flags(docx(docx_body(docx_paragraph(SENTENCE))), 1), "error"
    yield "overlapping.epub", overlapping_zip(), "error"
    yield "zip-bomb.docx", docx(docx_body("<w:p>" + " " * 150 * MILLION + "</w:p>")), "error"
    yield "zip-bomb-chapter.epub", epub([("a.xhtml", GOOD), ("b.xhtml", chapter("a" * 150 * MILLION))]), "any"
    yield "many-bombs.epub", epub([(f"{i}.xhtml", chapter("ab" * MILLION)) for i in range(60)]), "any"
    nested = archive([("a.txt", SENTENCE)])
    for depth in range(50):
        nested = archive([(f"{depth}.zip", nested)])
    yield "nested-50.epub", nested, "error"
    inside = epub([("a.xhtml", GOOD)])
    yield "book-in-a-book.epub", epub([("a.xhtml", inside)], extra=[("b.epub", inside)]), "any"
    yield "many-entries.epub", epub([("a.xhtml", GOOD)], extra=[(f"x/{i}", b"") for i in range(70_000)]), "any"
    outside = [(f"{'../' * 9}tmp/evil-{i}.txt", "x") for i in range(3)] + [("/tmp/evil.txt", "x"), ("C:\\evil", "x")]
    yield "path-traversal.epub", epub([("a.xhtml", GOOD)], extra=outside), "text"
    yield "opf-outside.epub", epub([("a.xhtml", GOOD)], opf_path="../../../../etc/passwd"), "any"
    yield "chapter-outside.epub", epub([("../../../../../etc/passwd", GOOD)]), "any"
    yield "links.epub", epub([("a.xhtml", GOOD)], extra=[link_entry("OEBPS/b.xhtml", "/etc/passwd")]), "text"
    yield "link-as-document.docx", archive([("[Content_Types].xml", "<Types/>"),
                                            link_entry("word/document.xml", "/etc/passwd")]), "error"
    yield "directory-lies.epub", patched(good, b"PK\1\2", b"PK\1\3"), "error"
    yield "sizes-lie.docx", patched(good, struct.pack("<I", len(GOOD)), b"\xff\xff\xff\x7f"), "any"
    yield "unknown-method.epub", patched(archive([("mimetype", "application/epub+zip")]),
                                         b"\x14\0\0\0\x08\0", b"\x14\0\0\0\x63\0"), "error"
    yield "laughs.docx", docx(docx_body(docx_paragraph(SENTENCE + "&a11;"), LAUGHS)), "any"
    yield "laughs.odt", odt(f"<text:p>{SENTENCE}&a11;</text:p>", LAUGHS), "any"
    yield "laughs.epub", epub([("a.xhtml", GOOD.replace("<html", LAUGHS + "<html").replace(".</p>", ".&a11;</p>"))]), \
        "any"
    yield "outside-entity.docx", docx(docx_body(docx_paragraph(SENTENCE + "&e;"), OUTSIDE)), "any"
    yield "outside-entity.odt", odt(f"<text:p>{SENTENCE}&e;</text:p>", OUTSIDE), "any"
    yield "entity-loop.docx", docx(docx_body(docx_paragraph(SENTENCE + "&a;"),
                                             "<!DOCTYPE x [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>")), "any"
    yield "nested-10-million.docx", docx(docx_body("<w:p>" * 10 * MILLION), compression=zipfile.ZIP_STORED), "error"
    yield "nested-tables.docx", docx(docx_body(
        "<w:tbl><w:tr><w:tc>" * 50_000 + docx_paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * 50_000)), "any"
    yield "nested.odt", odt("<text:section>" * 300_000 + SENTENCE + "</text:section>" * 300_000), "any"
    yield "spaces.odt", odt(f'<text:p>{SENTENCE}<text:s text:c="2000000000"/></text:p>'), "any"
    yield "repeated-cells.odt", odt(
        f"<text:p>{SENTENCE}</text:p><table:table><table:table-row table:number-rows-repeated='1000000000'>"
        "<table:table-cell table:number-columns-repeated='1000000000'><text:p>x</text:p></table:table-cell>"
        "</table:table-row></table:table>"), "any"
    yield "spine-flood.epub", epub([("a.xhtml", chapter(f"<p>{SENTENCE}</p>" * 2000))],
                                   spine='<itemref idref="c0"/>' * 100_000), "any"
    yield "no-spine.epub", epub([("a.xhtml", GOOD)], spine=""), "any"
    yield "container-is-noise.epub", epub([("a.xhtml", GOOD)], container="\1\2\3"), "any"
    yield "missing-chapters.epub", epub([], spine='<itemref idref="gone"/>'), "error"
    yield "broken-xml.docx", docx(docx_body("<w:p><w:r><w:t>" + SENTENCE)), "any"
    yield "utf16-lies.docx", docx(docx_body(docx_paragraph(SENTENCE)).replace("1.0", '1.0" encoding="UTF-16')), "any"


def pages():
    yield "good.html", f"<!DOCTYPE html><p>{SENTENCE}</p>", "text"
    yield "nested-10-million.html", "<!DOCTYPE html>" + "<div>" * 10 * MILLION + SENTENCE, "any"
    yield "nested-formatting.html", "<!DOCTYPE html>" + "<b><i><p>" * 500_000 + SENTENCE, "any"
    yield "nested-tables.html", "<!DOCTYPE html>" + "<table><tr><td>" * 500_000 + SENTENCE, "any"
    yield "unclosed-fonts.html", "<!DOCTYPE html>" + "<font size=1><a href=x>x" * 300_000 + SENTENCE, "any"
    yield "endless-attribute.html", f"<!DOCTYPE html><p>{SENTENCE}</p><p title='" + "x" * 30 * MILLION, "any"
    yield "many-attributes.html", f"<!DOCTYPE html><p>{SENTENCE}</p><p " + "".join(
        f"a{i}=1 " for i in range(200_000)) + ">", "any"
    yield "endless-comment.html", f"<!DOCTYPE html><p>{SENTENCE}</p><!--" + "x" * 30 * MILLION, "any"
    yield "entities.html", f"<!DOCTYPE html><p>{SENTENCE}</p>" + "&#x110000;&#0;&amp" * MILLION, "any"
    yield "references.html", (f"<!DOCTYPE html><p>{SENTENCE}</p><iframe src='file:///etc/passwd'></iframe><object "
                              "data='/etc/passwd'></object><link rel=import href='/etc/passwd'>"), "text"
    yield "script-only.html", "<!DOCTYPE html><script>" + "x" * MILLION + "</script>", "error"
    yield "foreign-elements.html", "<!DOCTYPE html>" + "<svg><math><mtext>" * 200_000 + SENTENCE, "any"
    yield "truncated.html", "<!DOCTYPE html><p>" + SENTENCE + "<p class=", "text"
    yield "doctype-only.html", "<!DOCTYPE html>", "error"
    yield "zeros.html", b"<!DOCTYPE html><p>" + b"\0" * MILLION, "any"


def texts():
    yield "empty.txt", "", "error"
    yield "zeros.txt", b"\0" * 20 * MILLION, "error"
    yield "mark-only.txt", b"\xef\xbb\xbf", "error"
    yield "odd-utf16.txt", SENTENCE.encode("utf-16") + b"x", "text"
    yield "lone-surrogates.txt", SENTENCE.encode("utf-16") + b"\x00\xd8" * 1000, "text"
    yield "utf32.txt", SENTENCE.encode("utf-32"), "error"
    yield "late-zero.txt", SENTENCE.encode() * 10_000 + b"\0", "error"
    yield "one-line.txt", SENTENCE + "x" * 60 * MILLION, "text"
    yield "not-utf8.txt", SENTENCE.encode() + b"\xff" * 5 * MILLION, "text"
    yield "returns.txt", SENTENCE + "\r" * 5 * MILLION, "text"
    yield "form-feeds.txt", SENTENCE + "\f" * 2 * MILLION, "text"
    yield "headings.md", SENTENCE + "\n# x" * MILLION, "text"
    yield "escapes.txt", SENTENCE + "\x1b[2J\x1b]0;x\x07" * 1000, "text"
    yield "white.txt", " \n" * MILLION, "error"
    yield "noise.bin", random.Random(3).randbytes(MILLION), "error"


def liars():
    yield "image.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"x" * 1000, "error"
    yield "program.epub", b"\x7fELF\2\1\1" + b"\0" * 1000, "error"
    yield "gzip.txt", b"\x1f\x8b\x08\0" + b"x" * 1000, "error"
    yield "database.txt", b"SQLite format 3\0" + b"\0" * 1000, "error"
    yield "word97.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "error"
    yield "rich.doc", b"{\\rtf1 " + SENTENCE.encode() + b"}", "error"
    yield "book.txt", epub([("a.xhtml", GOOD)]), "text"
    yield "pdf.txt", pdf(one_page()), "text"
    yield "page.pdf", f"<!DOCTYPE html><p>{SENTENCE}</p>", "text"
    yield "text.pdf", SENTENCE, "text"
    yield "two-in-one.pdf", pdf(one_page()) + epub([("a.xhtml", GOOD)]), "text"
    yield "odd\x1b[31m\nname.html", f"<!DOCTYPE html><p>{SENTENCE}</p>", "text"
    yield "-name.html", f"<!DOCTYPE html><p>{SENTENCE}</p>", "text"


def special(folder):
    """Names that are no regular files."""
    path = lambda name: os.path.join(folder, name)
    os.mkdir(path("folder"))
    os.mkfifo(path("pipe"))
    os.symlink("nowhere", path("dangling"))
    os.symlink("loop", path("loop"))
    os.symlink("/dev/zero", path("zero"))
    os.symlink("/dev/full", path("full"))
    listener = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(folder)  # names of sockets are short
    listener.bind("socket")
    os.chdir(here)
    listener.close()
    with open(path("forbidden.txt"), "w") as file:
        file.write(SENTENCE)
    os.chmod(path("forbidden.txt"), 0)
    expected = [(name, "error") for name in ("folder", "pipe", "dangling", "loop", "zero", "full", "socket", "absent.pdf")]
    return expected + [("forbidden.txt", "any" if os.geteuid() == 0 else "error")]


def write_corpus(folder):
    """Returns (name, expectation) of everything that was made."""
    made = []
    for source in (pdfs, zips, pages, texts, liars):
        for name, data, expected in source():
            assert all(name != other for other, _ in made), name
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data if isinstance(data, bytes) else data.encode())
            made.append((name, expected))
    return made + special(folder)
