use std::{
    fs,
    path::{Path, PathBuf},
};

use super::object_store::{Background, free_port, venv};

/// A real SMTP server (aiosmtpd) that delivers every mail as a file.
pub struct SmtpTrap {
    folder: PathBuf,
    port: u16,
    server: Option<Background>,
}

impl SmtpTrap {
    pub fn start(folder: &Path) -> Self {
        fs::create_dir_all(folder).unwrap();
        let mut trap = Self { folder: folder.to_owned(), port: free_port(), server: None };
        trap.open();
        trap
    }

    /// At the same address as before, with the mails that are there.
    pub fn open(&mut self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("smtp_trap.py");
        let arguments = [script.to_str().unwrap(), self.folder.to_str().unwrap(), &self.port.to_string()];
        self.server = Some(Background::start(self.port, venv("python"), &arguments));
    }

    /// Nothing listens there any more.
    pub fn close(&mut self) {
        self.server = None;
    }

    /// Takes mails from now on without saying that it has them.
    pub fn keep_silent(&self) {
        fs::write(self.folder.join("silent"), "").unwrap();
    }

    pub fn speak(&self) {
        fs::remove_file(self.folder.join("silent")).unwrap();
    }

    /// From now on no mail to these addresses is taken, nor ever will be, as it says.
    pub fn refuse(&self, addresses: &[&str]) {
        fs::write(self.folder.join("refused"), addresses.join("\n")).unwrap();
    }

    pub fn address(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
