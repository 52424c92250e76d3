use std::io::BufReader;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError};

use super::archive::{Archive, number_in};
use super::office_xml;
use crate::document::Document;
use crate::gathered::Gathered;
use crate::{Limits, Reading, Unreadable};

/// Sheet by sheet: its name, then cells apart by a space and rows by a line break, and after all of
/// them what was written beside the cells.
pub fn read(document: Document, limits: &Limits) -> Result<Reading, Unreadable> {
    let mut archive = Archive::open(document, limits)?;
    if !archive.has("xl/workbook.xml") {
        return Err(Unreadable::UnknownKind);
    }
    let remarks = remarks_in(&mut archive, limits)?;
    let document = archive.into_checked(|name| name.starts_with("xl/") && name.ends_with(".xml"))?;
    let mut workbook = Xlsx::new(BufReader::new(document)).map_err(cause_of)?;
    let mut gathered = Gathered::with_room(limits.text_bytes);
    for sheet in workbook.sheet_names() {
        gathered.push(&sheet);
        gathered.end_line();
        gather_cells(&mut workbook, &sheet, &mut gathered)?;
    }
    gathered.push(&remarks);
    Ok(gathered.into_reading())
}

/// Cell by cell as they come: a range in memory would have room for every cell between the first
/// and the last, which may be the corners of a sheet.
fn gather_cells(
    workbook: &mut Xlsx<BufReader<Document>>,
    sheet: &str,
    gathered: &mut Gathered,
) -> Result<(), Unreadable> {
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        // Charts and dialogs are sheets too.
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(()),
        Err(error) => return Err(cause_of(error)),
    };
    let mut row = None;
    while let Some(cell) = cells.next_cell().map_err(cause_of)? {
        if gathered.is_truncated() {
            return Ok(());
        }
        if row.replace(cell.get_position().0) != Some(cell.get_position().0) {
            gathered.end_line();
        }
        gather_value(cell.get_value(), gathered);
        gathered.end_word();
    }
    gathered.end_line();
    Ok(())
}

fn gather_value(value: &DataRef<'_>, gathered: &mut Gathered) {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            gathered.push(text);
        }
        DataRef::SharedString(text) => gathered.push(text),
        DataRef::Int(number) => gathered.push(&number.to_string()),
        DataRef::Float(number) => gathered.push(&number.to_string()),
        DataRef::DateTime(moment) => gathered.push(&written(moment)),
        DataRef::Bool(true) => gathered.push("TRUE"),
        DataRef::Bool(false) => gathered.push("FALSE"),
        // What a formula failed with is no word that anybody looks for.
        DataRef::Error(_) | DataRef::Empty => {}
    }
}

/// As ISO 8601, which is found whatever format the sheet shows it in.
fn written(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        let seconds = (moment.as_f64() * 86_400.0).round() as i64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    match (moment.as_f64() < 1.0, hour, minute, second) {
        (true, ..) => format!("{hour:02}:{minute:02}:{second:02}"),
        (false, 0, 0, 0) => format!("{year}-{month:02}-{day:02}"),
        _ => format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// Comments and text boxes.
fn remarks_in(archive: &mut Archive, limits: &Limits) -> Result<String, Unreadable> {
    let parts = archive.names_by(|name| {
        let part = name.strip_prefix("xl/")?.strip_suffix(".xml")?;
        let is_remark = part.starts_with("comments") || part.starts_with("drawings/drawing");
        is_remark.then(|| number_in(part))
    });
    let mut gathered = Gathered::with_room(limits.text_bytes);
    for part in parts {
        office_xml::gather(&archive.inflate(&part)?, &mut gathered)?;
        gathered.end_line();
    }
    Ok(gathered.into_text())
}

fn cause_of(error: XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Encrypted,
        _ => Unreadable::Damaged,
    }
}
