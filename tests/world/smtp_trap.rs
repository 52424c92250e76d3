use std::{
    fs,
    path::{Path, PathBuf},
};

use super::object_store::{Background, free_port, venv};

/// A real SMTP server (aiosmtpd) that delivers every mail as a file.
pub struct SmtpTrap {
    folder: PathBuf,
    port: u16,
    _server: Background,
}

impl SmtpTrap {
    pub fn start(folder: &Path) -> Self {
        fs::create_dir_all(folder).unwrap();
        let port = free_port();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("smtp_trap.py");
        let arguments = [script.to_str().unwrap(), folder.to_str().unwrap(), &port.to_string()];
        let server = Background::start(port, venv("python"), &arguments);
        Self { folder: folder.to_owned(), port, _server: server }
    }

    pub fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
