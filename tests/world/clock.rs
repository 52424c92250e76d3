use std::{
    fs,
    path::PathBuf,
    sync::Mutex,
    time::{SystemTime, UNIX_EPOCH},
};

pub const HOUR: i64 = 3_600;
pub const DAY: i64 = 24 * HOUR;

/// The server's clock: real time plus the whole seconds that stand in a file.
pub struct Clock {
    file: PathBuf,
    ahead: Mutex<i64>,
}

impl Clock {
    pub fn new(file: PathBuf) -> Self {
        let clock = Self { file, ahead: Mutex::new(0) };
        clock.write(0);
        clock
    }

    pub fn advance(&self, days: i64) {
        self.advance_seconds(days * DAY);
    }

    pub fn advance_seconds(&self, seconds: i64) {
        let mut ahead = self.ahead.lock().unwrap();
        *ahead += seconds;
        self.write(*ahead);
    }

    /// What the server takes for now, in seconds since 1970.
    pub fn now(&self) -> i64 {
        let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        i64::try_from(real).unwrap() + *self.ahead.lock().unwrap()
    }

    /// In one step, so that the server never reads half a number.
    fn write(&self, seconds: i64) {
        let beside = self.file.with_extension("next");
        fs::write(&beside, seconds.to_string()).unwrap();
        fs::rename(&beside, &self.file).unwrap();
    }
}
