//! The order of the items in one folder. Places are numbers that only compare: putting items in
//! order hands the same numbers out anew, so that items elsewhere keep theirs.

use portico_facts::ItemId;

/// An item and its place now.
pub type Placed = (ItemId, i32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Earlier,
    Later,
}

/// The places after a person put exactly these items in this order; only those that change.
/// `None` when it is another set of items: somebody added or removed one meanwhile.
pub fn reorder(now: &[Placed], wanted: &[ItemId]) -> Option<Vec<Placed>> {
    let mut known: Vec<ItemId> = now.iter().map(|(id, _)| *id).collect();
    let mut asked = wanted.to_vec();
    known.sort();
    asked.sort();
    if known != asked {
        return None;
    }
    let mut places: Vec<i32> = now.iter().map(|(_, place)| *place).collect();
    places.sort_unstable();
    // Two items in one place, which two uploads at once can bring about, would not come apart.
    if places.windows(2).any(|pair| pair[0] == pair[1]) {
        let first = places.first().copied().unwrap_or(0);
        places = (0..).map(|step| first.saturating_add(step)).take(now.len()).collect();
    }
    let moved = wanted.iter().copied().zip(places).filter(|placed| !now.contains(placed));
    Some(moved.collect())
}

/// The order after moving one item by a step; unchanged at either end.
pub fn step(now: &[Placed], item: ItemId, step: Step) -> Vec<ItemId> {
    let mut order: Vec<ItemId> = now.iter().map(|(id, _)| *id).collect();
    if let Some(index) = order.iter().position(|id| *id == item) {
        let other = match step {
            Step::Earlier => index.checked_sub(1),
            Step::Later => Some(index + 1).filter(|other| *other < order.len()),
        };
        if let Some(other) = other {
            order.swap(index, other);
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> ItemId {
        ItemId::from_bytes([n; 16])
    }

    #[test]
    fn the_same_places_are_handed_out_anew() {
        let now = [(id(1), 2), (id(2), 5), (id(3), 9)];
        assert_eq!(reorder(&now, &[id(3), id(1), id(2)]), Some(vec![(id(3), 2), (id(1), 5), (id(2), 9)]));
        assert_eq!(reorder(&now, &[id(1), id(3), id(2)]), Some(vec![(id(3), 5), (id(2), 9)]));
        assert_eq!(reorder(&now, &[id(1), id(2), id(3)]), Some(vec![]));
    }

    #[test]
    fn another_set_of_items_is_refused() {
        let now = [(id(1), 2), (id(2), 5)];
        for wanted in [vec![id(1)], vec![id(1), id(1)], vec![id(1), id(9)], vec![id(1), id(2), id(2)]] {
            assert_eq!(reorder(&now, &wanted), None, "{wanted:?}");
        }
    }

    #[test]
    fn items_in_one_place_come_apart() {
        let now = [(id(1), 4), (id(2), 4)];
        assert_eq!(reorder(&now, &[id(2), id(1)]), Some(vec![(id(1), 5)]));
    }

    #[test]
    fn a_step_stops_at_either_end() {
        let now = [(id(1), 1), (id(2), 2)];
        assert_eq!(step(&now, id(1), Step::Later), [id(2), id(1)]);
        assert_eq!(step(&now, id(1), Step::Earlier), [id(1), id(2)]);
        assert_eq!(step(&now, id(2), Step::Later), [id(1), id(2)]);
    }
}
