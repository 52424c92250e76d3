//! Pickers of files.

use maud::{Markup, html};

use super::{Field, Need};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picker {
    File,
    Files,
    Folder,
    Image,
}

pub(super) fn input(field: &Field, id: &str, picker: Picker) -> Markup {
    html! {
        input.field-input.field-file id=(id) type="file" name=(field.name) multiple[picker == Picker::Files]
            webkitdirectory[picker == Picker::Folder]
            accept=[(picker == Picker::Image).then_some("image/png,image/jpeg,image/webp,image/gif")]
            required[field.need == Need::Required]
            aria-describedby=[field.described_by(id)] aria-invalid=[field.invalid()];
    }
}
