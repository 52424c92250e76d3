//! What is new in a portal since a client last opened it. Views are told by the browser
//! (a GET changes nothing), so that for somebody without JavaScript nothing is ever called new.

use std::collections::HashMap;

use portico_facts::PortalId;
use portico_kernel::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    Nothing,
    Added(i64),
    /// Never opened, by someone whose views are known.
    WholePortal,
}

/// The moment before which nothing can be news, for all portals in one query.
pub fn earliest_view(views: &HashMap<PortalId, Instant>) -> Option<Instant> {
    views.values().min().copied()
}

pub fn of_portal(
    portal: PortalId,
    views: &HashMap<PortalId, Instant>,
    additions: &[(PortalId, Instant)],
) -> News {
    let Some(seen) = views.get(&portal) else {
        return if views.is_empty() { News::Nothing } else { News::WholePortal };
    };
    let added = additions.iter().filter(|(of, at)| *of == portal && at > seen).count();
    match i64::try_from(added) {
        Ok(0) | Err(_) => News::Nothing,
        Ok(added) => News::Added(added),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_is_what_came_after_the_last_view_of_that_portal() {
        let [a, b, c] = [1, 2, 3].map(|n| PortalId::from_bytes([n; 16]));
        let at = Instant::from_micros;
        let views = HashMap::from([(a, at(10)), (b, at(20))]);
        let additions = [(a, at(10)), (a, at(11)), (a, at(30)), (b, at(15)), (c, at(15))];
        assert_eq!(earliest_view(&views), Some(at(10)));
        assert_eq!(of_portal(a, &views, &additions), News::Added(2));
        assert_eq!(of_portal(b, &views, &additions), News::Nothing);
        assert_eq!(of_portal(c, &views, &additions), News::WholePortal);
        assert_eq!(of_portal(c, &HashMap::new(), &additions), News::Nothing);
    }
}
