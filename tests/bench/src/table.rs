//! The one table that is printed.

use std::fmt::{self, Display, Formatter};

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    PerSecond,
    MebibytesPerSecond,
    Milliseconds,
    Mebibytes,
    Kibibytes,
    Requests,
    Count,
}

#[derive(Clone, Copy)]
pub struct Figure {
    value: f64,
    unit: Unit,
}

/// What performance.md asks for.
#[derive(Clone, Copy)]
pub enum Limit {
    /// This share of what the best peer does.
    OfPeer(f64),
    /// In the unit of the row.
    AtLeast(f64),
    /// In the unit of the row.
    AtMost(f64),
    /// In the unit of the row, and no more than this behind the best peer.
    AtMostAndBehind(f64, f64),
}

pub struct Row {
    what: String,
    portico: Figure,
    peers: Vec<(&'static str, Figure)>,
    limit: Option<Limit>,
}

#[derive(Default)]
pub struct Table(Vec<Row>);

impl Unit {
    pub fn of(self, value: f64) -> Figure {
        Figure { value, unit: self }
    }

    fn is_rate(self) -> bool {
        matches!(self, Unit::PerSecond | Unit::MebibytesPerSecond)
    }

    fn name(self) -> &'static str {
        match self {
            Unit::PerSecond => "/s",
            Unit::MebibytesPerSecond => " MiB/s",
            Unit::Milliseconds => " ms",
            Unit::Mebibytes => " MiB",
            Unit::Kibibytes => " KiB",
            Unit::Requests => " requests",
            Unit::Count => "",
        }
    }
}

impl Figure {
    pub fn value(self) -> f64 {
        self.value
    }

    pub fn or_worse(self, other: Figure) -> Figure {
        if self.ratio_to(other) > 1.0 { other } else { self }
    }

    /// Times as good as `other`: more is better in every row.
    fn ratio_to(self, other: Figure) -> f64 {
        if self.unit.is_rate() { self.value / other.value } else { other.value / self.value }
    }
}

impl Display for Figure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let digits = match (self.unit, self.value.abs()) {
            (Unit::Requests | Unit::Count, _) => 0,
            (_, value) if value >= 100.0 => 0,
            (_, value) if value >= 10.0 => 1,
            _ => 2,
        };
        write!(f, "{:.digits$}{}", self.value, self.unit.name())
    }
}

impl Row {
    pub fn new(what: impl Into<String>, portico: Figure) -> Self {
        Self { what: what.into(), portico, peers: Vec::new(), limit: None }
    }

    /// In the same unit.
    pub fn beside(mut self, name: &'static str, peer: Figure) -> Self {
        self.peers.push((name, peer));
        self
    }

    pub fn limit(mut self, limit: Limit) -> Self {
        self.limit = Some(limit);
        self
    }

    fn best_peer(&self) -> Option<Figure> {
        let peers = self.peers.iter().map(|(_, peer)| *peer);
        peers.min_by(|one, other| self.portico.ratio_to(*one).total_cmp(&self.portico.ratio_to(*other)))
    }

    /// To the best peer, or else to the limit.
    fn ratio(&self) -> Option<f64> {
        match (self.best_peer(), self.limit) {
            (Some(peer), _) => Some(self.portico.ratio_to(peer)),
            (None, Some(Limit::AtLeast(value) | Limit::AtMost(value) | Limit::AtMostAndBehind(value, _))) => {
                Some(self.portico.ratio_to(self.portico.unit.of(value)))
            }
            (None, _) => None,
        }
    }

    fn is_reached(&self) -> Option<bool> {
        let peer = self.best_peer().map_or(f64::INFINITY, |peer| peer.value);
        Some(match self.limit? {
            Limit::OfPeer(share) => self.ratio()? >= share,
            Limit::AtLeast(least) => self.portico.value >= least,
            Limit::AtMost(most) => self.portico.value <= most,
            Limit::AtMostAndBehind(most, behind) => {
                self.portico.value <= most && self.portico.value <= peer + behind
            }
        })
    }

    fn limit_in_words(&self) -> String {
        let figure = |value| self.portico.unit.of(value);
        match self.limit {
            None => String::new(),
            Some(Limit::OfPeer(share)) => format!("{share:.2} of it"),
            Some(Limit::AtLeast(value) | Limit::AtMost(value)) => figure(value).to_string(),
            Some(Limit::AtMostAndBehind(most, behind)) => {
                format!("{}, {} behind", figure(most), figure(behind))
            }
        }
    }

    fn cells(&self) -> [String; 6] {
        [
            self.what.clone(),
            self.portico.to_string(),
            self.peers.iter().map(|(name, figure)| format!("{figure} {name}")).collect::<Vec<_>>().join(", "),
            // None of something where none may be is no ratio.
            self.ratio()
                .filter(|ratio| ratio.is_finite())
                .map(|ratio| format!("{ratio:.2}"))
                .unwrap_or_default(),
            self.limit_in_words(),
            self.is_reached().map_or("", |reached| if reached { "yes" } else { "NO" }).to_owned(),
        ]
    }
}

/// For a file.
pub fn in_markdown(rows: &[Row]) -> String {
    let head = "| | Portico | peer | ratio | limit | reached |\n| --- | --- | --- | --- | --- | --- |\n";
    let lines = rows
        .iter()
        .map(|row| format!("| {} |\n", row.cells().map(|cell| cell.trim().to_owned()).join(" | ")));
    std::iter::once(head.to_owned()).chain(lines).collect()
}

impl Table {
    pub fn add(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.0.extend(rows);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let head = ["", "Portico", "peer", "ratio", "limit", "reached"].map(str::to_owned);
        let lines: Vec<_> = std::iter::once(head).chain(self.0.iter().map(Row::cells)).collect();
        let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
        let widths: [usize; 6] = std::array::from_fn(width);
        for [what, portico, peer, ratio, limit, reached] in &lines {
            let [a, b, c, d, e, _] = widths;
            writeln!(f, "{what:<a$}  {portico:>b$}  {peer:>c$}  {ratio:>d$}  {limit:>e$}  {reached}")?;
        }
        write!(
            f,
            "A ratio is how many times as good as the best peer, or as the limit where there is no peer."
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_better_in_every_row() {
        let fast = Row::new("", Unit::PerSecond.of(50.0)).beside("", Unit::PerSecond.of(100.0));
        assert_eq!(fast.ratio(), Some(0.5));
        let slow = Row::new("", Unit::Milliseconds.of(4.0)).beside("", Unit::Milliseconds.of(2.0));
        assert_eq!(slow.ratio(), Some(0.5));
    }

    #[test]
    fn rows_are_written_down_as_they_are_printed() {
        let row = Row::new("  p99", Unit::Milliseconds.of(20.0)).limit(Limit::AtMost(10.0));
        let none = Row::new("lost", Unit::Count.of(0.0)).limit(Limit::AtMost(0.0));
        let written = in_markdown(&[row, none]);
        let lines: Vec<_> = written.lines().skip(2).collect();
        assert_eq!(lines, ["| p99 | 20.0 ms |  | 0.50 | 10.0 ms | NO |", "| lost | 0 |  |  | 0 | yes |"]);
    }

    #[test]
    fn of_several_peers_the_best_counts() {
        let peers = |row: Row| row.beside("", Unit::PerSecond.of(50.0)).beside("", Unit::PerSecond.of(200.0));
        assert_eq!(peers(Row::new("", Unit::PerSecond.of(100.0))).ratio(), Some(0.5));
        let slow = Row::new("", Unit::Milliseconds.of(4.0)).beside("", Unit::Milliseconds.of(8.0));
        let slow = slow.beside("", Unit::Milliseconds.of(3.0)).limit(Limit::AtMostAndBehind(25.0, 0.5));
        assert_eq!((slow.ratio(), slow.is_reached()), (Some(0.75), Some(false)));
    }

    #[test]
    fn a_limit_is_reached_or_not() {
        let row = |milliseconds, limit| {
            Row::new("", Unit::Milliseconds.of(milliseconds))
                .beside("", Unit::Milliseconds.of(10.0))
                .limit(limit)
                .is_reached()
        };
        assert_eq!(row(20.0, Limit::OfPeer(0.5)), Some(true));
        assert_eq!(row(20.1, Limit::OfPeer(0.5)), Some(false));
        assert_eq!(row(12.0, Limit::AtMost(12.0)), Some(true));
        assert_eq!(row(12.0, Limit::AtMostAndBehind(25.0, 2.0)), Some(true));
        assert_eq!(row(12.1, Limit::AtMostAndBehind(25.0, 2.0)), Some(false));
    }
}
