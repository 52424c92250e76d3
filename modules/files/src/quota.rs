//! How much an organization may store. Room is set aside before the first byte of an upload and
//! given back when the upload ends, whichever way.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use portico_facts::OrganizationId;
use portico_kernel::{Core, Kernel, Result, System};

use crate::{store, uploader::Uploader};

/// In bytes, as text; an organization without it has [`USUAL`].
pub const SETTING: &str = "files-quota-bytes";
const USUAL: u64 = 100 * 1024 * 1024 * 1024;

/// What uploads that are under way on this machine may still bring. Each machine counts its own, so
/// that several together can pass the limit by what is under way, once.
#[derive(Default)]
pub struct Quota {
    under_way: Mutex<BTreeMap<OrganizationId, u64>>,
}

/// Room for one upload, until it is dropped.
pub struct Reservation {
    quota: Arc<Quota>,
    organization: OrganizationId,
    bytes: u64,
}

/// In bytes.
///
/// # Errors
/// The database's.
pub fn limit(tx: &mut Core) -> Result<u64> {
    Ok(tx.setting(SETTING)?.and_then(|text| text.parse().ok()).unwrap_or(USUAL))
}

/// What lies in the object store, whichever module has its row.
///
/// # Errors
/// The database's.
pub fn stored(tx: &mut Core, kernel: &Kernel) -> Result<u64> {
    Ok(store::stored_bytes(tx)? + kernel.registry().stored_bytes(tx)?)
}

fn taken_and_limit(tx: &mut Core, kernel: &Kernel) -> Result<(u64, u64)> {
    Ok((stored(tx, kernel)? + store::uploads::awaited_bytes(tx)?, limit(tx)?))
}

impl Quota {
    /// `None` when there is not that much room.
    ///
    /// # Errors
    /// The database's.
    pub async fn reserve(self: &Arc<Self>, uploader: &Uploader, bytes: u64) -> Result<Option<Reservation>> {
        // Set aside first, looked at afterwards: what another upload turns into rows meanwhile is
        // counted twice rather than not at all.
        let (reservation, under_way) = self.set_aside(uploader.organization(), bytes);
        let kernel = uploader.kernel().clone();
        let (stored, limit) = uploader.read(move |tx| taken_and_limit(tx, &kernel)).await?;
        Ok((stored.saturating_add(under_way) <= limit).then_some(reservation))
    }

    /// The same for what is not somebody's upload into a portal.
    ///
    /// # Errors
    /// The database's.
    pub async fn reserve_for(self: &Arc<Self>, system: &System, bytes: u64) -> Result<Option<Reservation>> {
        let (reservation, under_way) = self.set_aside(system.organization().id, bytes);
        let kernel = system.kernel().clone();
        let (stored, limit) = system.read(move |tx| taken_and_limit(tx, &kernel)).await?;
        Ok((stored.saturating_add(under_way) <= limit).then_some(reservation))
    }

    /// With what is under way altogether.
    fn set_aside(self: &Arc<Self>, organization: OrganizationId, bytes: u64) -> (Reservation, u64) {
        let mut all = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let under_way = all.entry(organization).or_default();
        *under_way = under_way.saturating_add(bytes);
        (Reservation { quota: self.clone(), organization, bytes }, *under_way)
    }
}

impl Reservation {
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        let mut all = self.quota.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(under_way) = all.get_mut(&self.organization) {
            *under_way = under_way.saturating_sub(self.bytes);
            if *under_way == 0 {
                all.remove(&self.organization);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_given_back_when_the_upload_ends() {
        let quota = Arc::new(Quota::default());
        let [one, other] = [1, 2].map(|number| OrganizationId::from_bytes([number; 16]));
        let (first, under_way) = quota.set_aside(one, 10);
        assert_eq!(under_way, 10);
        let (_second, under_way) = quota.set_aside(one, 5);
        assert_eq!(under_way, 15);
        assert_eq!(quota.set_aside(other, 1).1, 1);
        drop(first);
        assert_eq!(quota.set_aside(one, 0).1, 5);
    }
}
