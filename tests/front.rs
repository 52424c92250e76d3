//! What every request passes, whatever it asks for: proof of origin, headers, compression, limits, and errors in
//! words; and what leaves by mail.

mod compression;
mod failing;
mod forms;
mod headers;
mod letters;
mod origin;
mod unknown;
