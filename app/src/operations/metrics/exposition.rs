use std::fmt::{self, Display, Write};

/// In which words a reader wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// <https://github.com/prometheus/OpenMetrics>, 1.0
    OpenMetrics,
    /// <https://prometheus.io/docs/instrumenting/exposition_formats/>, 0.0.4: what was there before.
    Text,
}

impl Format {
    /// The older one for whoever asks for it and not for the other.
    pub fn wanted_by(accept: Option<&str>) -> Self {
        let accept = accept.unwrap_or_default().to_ascii_lowercase();
        let names = |media_type: &str| accept.split(',').any(|each| each.trim().starts_with(media_type));
        match names("text/plain") && !names("application/openmetrics-text") {
            true => Self::Text,
            false => Self::OpenMetrics,
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
            Self::Text => "text/plain; version=0.0.4; charset=utf-8",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Counter,
    Gauge,
    Histogram,
    Info,
}

/// A page of metrics as it grows. Names and values of labels are words of the program's own, in which nothing is to be escaped.
pub struct Exposition {
    out: String,
    format: Format,
}

impl Exposition {
    pub fn new(format: Format) -> Self {
        Self { out: String::new(), format }
    }

    /// What stands before the samples of one name, which is without the ending that its kind brings. The unit is what a name
    /// ends with.
    pub fn family(&mut self, name: &str, kind: Kind, help: &str) -> fmt::Result {
        let (typed_name, kind) = match (self.format, kind) {
            (_, Kind::Gauge) => (name.to_owned(), "gauge"),
            (_, Kind::Histogram) => (name.to_owned(), "histogram"),
            (Format::OpenMetrics, Kind::Counter) => (name.to_owned(), "counter"),
            (Format::OpenMetrics, Kind::Info) => (name.to_owned(), "info"),
            (Format::Text, Kind::Counter) => (format!("{name}_total"), "counter"),
            (Format::Text, Kind::Info) => (format!("{name}_info"), "gauge"),
        };
        writeln!(self.out, "# TYPE {typed_name} {kind}")?;
        let unit = ["seconds", "bytes"].into_iter().find(|unit| name.ends_with(&format!("_{unit}")));
        if let (Format::OpenMetrics, Some(unit)) = (self.format, unit) {
            writeln!(self.out, "# UNIT {typed_name} {unit}")?;
        }
        writeln!(self.out, "# HELP {typed_name} {help}")
    }

    pub fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) -> fmt::Result {
        self.out.push_str(name);
        for (at, (label, word)) in labels.iter().enumerate() {
            let before = if at == 0 { '{' } else { ',' };
            write!(self.out, "{before}{label}=\"{word}\"")?;
        }
        let after = if labels.is_empty() { "" } else { "}" };
        writeln!(self.out, "{after} {value}")
    }

    /// A family of one sample.
    pub fn gauge(&mut self, name: &str, help: &str, value: impl Display) -> fmt::Result {
        self.family(name, Kind::Gauge, help)?;
        self.sample(name, &[], value)
    }

    /// The same for what only grows.
    pub fn counter(&mut self, name: &str, help: &str, value: impl Display) -> fmt::Result {
        self.family(name, Kind::Counter, help)?;
        self.sample(&format!("{name}_total"), &[], value)
    }

    pub fn end(mut self) -> String {
        if self.format == Format::OpenMetrics {
            self.out.push_str("# EOF\n");
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Prometheus sends, with and without the newer format, and what browsers and curl do.
    #[test]
    fn whoever_asks_for_the_older_format_alone_gets_it() {
        for (accept, format) in [
            (None, Format::OpenMetrics),
            (Some("*/*"), Format::OpenMetrics),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), Format::OpenMetrics),
            (Some("application/openmetrics-text;q=0.5,text/plain;version=0.0.4;q=0.3"), Format::OpenMetrics),
            (Some("text/plain;version=0.0.4;q=0.5,*/*;q=0.1"), Format::Text),
            (Some("Text/Plain"), Format::Text),
        ] {
            assert_eq!(Format::wanted_by(accept), format, "{accept:?}");
        }
    }

    #[test]
    fn either_format_says_it_in_its_own_way() {
        let written = |format| {
            let mut out = Exposition::new(format);
            out.counter("process_cpu_seconds", "Time.", 1.5).unwrap();
            out.family("portico_build", Kind::Info, "The version.").unwrap();
            out.sample("portico_build_info", &[("version", "1"), ("other", "2")], 1).unwrap();
            out.end()
        };
        let open = "# TYPE process_cpu_seconds counter\n# UNIT process_cpu_seconds seconds\n\
             # HELP process_cpu_seconds Time.\nprocess_cpu_seconds_total 1.5\n# TYPE portico_build info\n\
             # HELP portico_build The version.\nportico_build_info{version=\"1\",other=\"2\"} 1\n# EOF\n";
        assert_eq!(written(Format::OpenMetrics), open);
        let text = "# TYPE process_cpu_seconds_total counter\n# HELP process_cpu_seconds_total Time.\n\
             process_cpu_seconds_total 1.5\n# TYPE portico_build_info gauge\n\
             # HELP portico_build_info The version.\nportico_build_info{version=\"1\",other=\"2\"} 1\n";
        assert_eq!(written(Format::Text), text);
    }
}
