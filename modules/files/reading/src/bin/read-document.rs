//! The child alone, for this crate's own tests: takes what [`portico_reading::Reader`] passes, as
//! the hidden command of `portico` does.

use portico_reading::{draw_document_main, read_document_main, take_mail_apart_main};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [command, _, what, "--limits", limits] = arguments[..] else {
        panic!("usage: read-document COMMAND --kind|--sight|--most-files WHAT --limits JSON");
    };
    let limits = limits.parse().expect("the parent writes limits");
    match command {
        "draw-document" => draw_document_main(what.parse().expect("the parent writes a sight"), limits),
        "take-mail-apart" => take_mail_apart_main(what.parse().expect("the parent writes a number"), limits),
        _ => read_document_main(what.parse().expect("the parent writes a kind"), limits),
    }
}
