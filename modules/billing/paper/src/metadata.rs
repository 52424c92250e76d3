//! Factur-X's own metadata (Factur-X 1.0, 6.2), which krilla does not write: an update is appended to the file, as ISO
//! 32000-1 has them (7.5.6), with the metadata anew. PDF/A wants what is no part of it described in an extension schema
//! (ISO 19005-3, 6.6.2.3).

const NAMESPACE: &str = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
const PROFILE: &str = "EN 16931";
/// Of the extension schemas that the file describes already.
const SCHEMAS_END: &str = "</rdf:Bag></pdfaExtension:schemas>";

/// `None` where the file is none of krilla's.
pub fn with_factur_x(mut file: Vec<u8>, data: &str) -> Option<Vec<u8>> {
    let Found { object, metadata, trailer, xref } = found(&file)?;
    let metadata = extended(&metadata, data)?;
    file.push(b'\n');
    let at = file.len();
    let length = metadata.len();
    let head = format!("{object} 0 obj\n<<\n/Length {length}\n/Type /Metadata\n/Subtype /XML\n>>\nstream\n");
    file.extend(head.as_bytes());
    file.extend(metadata.as_bytes());
    file.extend(b"\nendstream\nendobj\n");
    let table = file.len();
    file.extend(format!("xref\n{object} 1\n{at:010} 00000 n\r\n").as_bytes());
    file.extend(b"trailer\n");
    file.extend(trailer);
    file.extend(format!("/Prev {xref}\n>>\nstartxref\n{table}\n%%EOF").as_bytes());
    Some(file)
}

struct Found {
    /// The number of the metadata.
    object: usize,
    metadata: String,
    /// Up to its end.
    trailer: Vec<u8>,
    /// Where the file's own table of objects begins.
    xref: usize,
}

fn found(file: &[u8]) -> Option<Found> {
    let end = last(file, b"startxref\n")?;
    let xref: usize = std::str::from_utf8(&file[end + 10..]).ok()?.lines().next()?.parse().ok()?;
    let trailer = last(file, b"trailer\n")? + 8;
    let trailer = file.get(trailer..last(&file[..end], b">>")?)?.to_vec();
    // They are the last stream, and nothing compresses them.
    let kind = last(file, b"/Type/Metadata").or_else(|| last(file, b"/Type /Metadata"))?;
    let begin = last(&file[..kind], b" obj")?;
    let object = file[..begin].rsplit(|byte| *byte == b'\n').next()?;
    let object = std::str::from_utf8(object).ok()?.split(' ').next()?.parse().ok()?;
    let rest = &file[kind..];
    let (from, to) = (first(rest, b"<?xpacket begin")?, last(rest, b"<?xpacket end")?);
    let to = to + first(&rest[to..], b"?>")? + 2;
    let metadata = String::from_utf8(rest.get(from..to)?.to_vec()).ok()?;
    Some(Found { object, metadata, trailer, xref })
}

fn first(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn last(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).rposition(|window| window == wanted)
}

/// With the four properties, and with the description of their schema.
fn extended(metadata: &str, data: &str) -> Option<String> {
    let properties = [
        ("DocumentType", "INVOICE", "The type of the hybrid document"),
        ("DocumentFileName", data, "The name of the embedded XML document"),
        ("Version", "1.0", "The version of the Factur-X data"),
        ("ConformanceLevel", PROFILE, "The profile of the Factur-X data"),
    ];
    let described: String = properties
        .iter()
        .map(|(name, _, about)| {
            format!(
                "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>{name}</pdfaProperty:name>\
                 <pdfaProperty:valueType>Text</pdfaProperty:valueType>\
                 <pdfaProperty:category>external</pdfaProperty:category>\
                 <pdfaProperty:description>{about}</pdfaProperty:description></rdf:li>"
            )
        })
        .collect();
    let schema = format!(
        "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>\
         <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>\
         <pdfaSchema:property><rdf:Seq>{described}</rdf:Seq></pdfaSchema:property></rdf:li>"
    );
    let said: String =
        properties.iter().map(|(name, value, _)| format!("<fx:{name}>{value}</fx:{name}>")).collect();
    let said = format!("<rdf:Description rdf:about=\"\" xmlns:fx=\"{NAMESPACE}\">{said}</rdf:Description>");
    let (before, after) = metadata.split_once(SCHEMAS_END)?;
    let (between, end) = after.split_once("</rdf:RDF>")?;
    Some(format!("{before}{schema}{SCHEMAS_END}{between}{said}</rdf:RDF>{end}"))
}
