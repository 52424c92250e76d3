//! Whom a check may ask. Somebody types a name, which may lead anywhere, also to machines that only ours reaches: such an
//! address is asked only where the installation itself is found there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use portico_kernel::PublicUrl;

use crate::failure::Failure;

/// The addresses that may be asked: all that were found, or none. `own` are those of the installation's public host.
///
/// # Errors
/// [`Failure::Inside`]. Over plain HTTP, which is for this machine only (T5), that is whatever is not the installation's own.
pub fn askable(found: &[IpAddr], own: &[IpAddr], public_url: &PublicUrl) -> Result<Vec<IpAddr>, Failure> {
    let own: Vec<IpAddr> = own.iter().map(IpAddr::to_canonical).collect();
    let may_be_asked = |address: &IpAddr| {
        own.contains(&address.to_canonical()) || (public_url.is_https() && is_public(*address))
    };
    if found.iter().all(may_be_asked) { Ok(found.to_vec()) } else { Err(Failure::Inside) }
}

/// Whether everybody reaches the same machine there.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// <https://www.iana.org/assignments/iana-ipv4-special-registry>
fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_special = match address.octets() {
        [0 | 10 | 127 | 240..=255, ..] => true,
        [100, second, ..] => second & 0b1100_0000 == 64,
        [169, 254, ..] | [192, 168, ..] => true,
        [172, second, ..] => second & 0b1111_0000 == 16,
        [192, 0, 0 | 2, _] | [192, 88, 99, _] => true,
        [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        _ => false,
    };
    !is_special && !address.is_multicast()
}

/// Of <https://www.iana.org/assignments/ipv6-address-space> global unicast alone, without what names an IPv4 address or
/// nobody: Teredo and other protocols' (2001::/23), documentation, 6to4, and 3fff::/20.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_unicast = first & 0xe000 == 0x2000;
    let is_special = match first {
        0x2001 => second < 0x0200 || second == 0x0db8,
        0x2002 => true,
        0x3fff => second < 0x1000,
        _ => false,
    };
    is_unicast && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(written: &[&str]) -> Vec<IpAddr> {
        written.iter().map(|address| address.parse().unwrap()).collect()
    }

    fn asked(found: &[&str], own: &[&str], public_url: &str) -> Result<Vec<IpAddr>, Failure> {
        askable(&addresses(found), &addresses(own), &PublicUrl::parse(public_url).unwrap())
    }

    #[test]
    fn what_lies_inside_of_a_network_is_not_asked() {
        for inside in [
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "fc00::1",
            "fd00::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert_eq!(asked(&[inside], &[], "https://portal.example"), Err(Failure::Inside), "{inside}");
        }
    }

    #[test]
    fn what_everybody_reaches_is_asked() {
        for public in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "2606:4700::1111",
            "2a00::1",
            "2001:4860::1",
        ] {
            assert_eq!(asked(&[public], &[], "https://portal.example"), Ok(addresses(&[public])), "{public}");
        }
    }

    #[test]
    fn one_address_inside_refuses_them_all() {
        let mixed = ["1.1.1.1", "10.0.0.1"];
        assert_eq!(asked(&mixed, &[], "https://portal.example"), Err(Failure::Inside));
        assert_eq!(asked(&mixed, &["10.0.0.1"], "https://portal.example"), Ok(addresses(&mixed)));
        assert_eq!(asked(&mixed, &["10.0.0.2"], "https://portal.example"), Err(Failure::Inside));
        assert!(asked(&["::ffff:10.0.0.1"], &["10.0.0.1"], "https://portal.example").is_ok());
    }

    #[test]
    fn t5_over_plain_http_nobody_is_asked_but_this_machine() {
        let own = ["127.0.0.1", "::1"];
        assert!(asked(&["127.0.0.1"], &own, "http://localhost:8080").is_ok());
        assert_eq!(asked(&["1.1.1.1"], &own, "http://localhost:8080"), Err(Failure::Inside));
        assert_eq!(asked(&["127.0.0.2"], &own, "http://localhost:8080"), Err(Failure::Inside));
    }
}
