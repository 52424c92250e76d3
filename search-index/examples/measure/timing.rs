//! Times of one class, and their quantiles: by the clock, and of the processor,
//! which others on the machine disturb less.

use std::time::Instant;

use anyhow::Result;

#[derive(Default)]
pub struct Times {
    clock: Vec<f64>,
    processor: Vec<f64>,
}

impl Times {
    pub fn measure<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let (started, spent) = (Instant::now(), spent());
        let done = work()?;
        self.clock.push(started.elapsed().as_secs_f64() * 1e3);
        self.processor.push((self::spent() - spent) / 1e6);
        Ok(done)
    }

    pub fn print(mut self, name: &str) {
        let [clock, processor] = [&mut self.clock, &mut self.processor].map(|times| {
            times.sort_unstable_by(f64::total_cmp);
            let at = |part: f64| times[(times.len() as f64 * part) as usize];
            (at(0.5), at(0.99))
        });
        println!(
            "{name}: p50 {:.2} ms, p99 {:.2} ms (processor {:.2}, {:.2})",
            clock.0, clock.1, processor.0, processor.1
        );
    }
}

/// Nanoseconds this thread has run; none where the system does not tell.
fn spent() -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = line.split_whitespace().next();
    first.and_then(|number| number.parse().ok()).unwrap_or(0.0)
}
