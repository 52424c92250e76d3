//! One question to the resolver of this machine: which texts a name has. By UDP, and once more by TCP where the answer
//! is too long for that (RFC 1035, section 4.2).

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use portico_kernel::Randomness;
use simple_dns::{CLASS, Name, Packet, PacketFlag, Question, RCODE, TYPE, rdata::RData};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    time::timeout,
};

/// For each of two tries.
const PATIENCE: Duration = Duration::from_secs(3);
const TRIES: usize = 2;
const LONGEST: usize = 4096;

#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    Texts(Vec<String>),
    /// Neither this name nor any below it is there (RFC 8020).
    NoSuchName,
}

/// The first one that the machine asks (resolv.conf(5)).
pub fn resolver() -> Option<SocketAddr> {
    first_of(&std::fs::read_to_string("/etc/resolv.conf").unwrap_or_default())
}

fn first_of(configuration: &str) -> Option<SocketAddr> {
    let mut servers = configuration.lines().filter_map(|line| line.trim().strip_prefix("nameserver"));
    servers.find_map(|rest| rest.trim().parse::<IpAddr>().ok()).map(|address| SocketAddr::new(address, 53))
}

/// # Errors
/// When nobody answers in time, or not in words that can be read.
pub async fn texts(resolver: SocketAddr, name: &str) -> anyhow::Result<Answer> {
    let id = u16::from_be_bytes(Randomness::of_the_system().bytes());
    asked(resolver, id, name).await
}

async fn asked(resolver: SocketAddr, id: u16, name: &str) -> anyhow::Result<Answer> {
    let question = question(id, name)?;
    for _ in 0..TRIES {
        let Ok(answered) = timeout(PATIENCE, by_udp(resolver, &question)).await else { continue };
        if let Some(answer) = read(&answered?, id)? {
            return Ok(answer);
        }
        let answered = timeout(PATIENCE, by_tcp(resolver, &question)).await.context("nobody answers")??;
        return read(&answered, id)?.context("the answer is cut off");
    }
    bail!("nobody answers")
}

fn question(id: u16, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut packet = Packet::new_query(id);
    packet.set_flags(PacketFlag::RECURSION_DESIRED);
    packet.questions.push(Question::new(Name::new(name)?, TYPE::TXT.into(), CLASS::IN.into(), false));
    Ok(packet.build_bytes_vec()?)
}

async fn by_udp(resolver: SocketAddr, question: &[u8]) -> anyhow::Result<Vec<u8>> {
    let here: IpAddr = match resolver {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((here, 0)).await?;
    socket.connect(resolver).await?;
    socket.send(question).await?;
    let mut answer = vec![0; LONGEST];
    let length = socket.recv(&mut answer).await?;
    answer.truncate(length);
    Ok(answer)
}

async fn by_tcp(resolver: SocketAddr, question: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(resolver).await?;
    stream.write_all(&u16::try_from(question.len())?.to_be_bytes()).await?;
    stream.write_all(question).await?;
    let mut answer = vec![0; stream.read_u16().await?.into()];
    stream.read_exact(&mut answer).await?;
    Ok(answer)
}

/// `None` for one that was cut off.
fn read(answer: &[u8], id: u16) -> anyhow::Result<Option<Answer>> {
    let packet = Packet::parse(answer)?;
    ensure!(packet.id() == id && packet.has_flags(PacketFlag::RESPONSE), "the answer is to another question");
    if packet.has_flags(PacketFlag::TRUNCATION) {
        return Ok(None);
    }
    match packet.rcode() {
        RCODE::NoError => {}
        RCODE::NameError => return Ok(Some(Answer::NoSuchName)),
        other => bail!("the resolver answers {other:?}"),
    }
    let texts = packet.answers.into_iter().filter_map(|record| match record.rdata {
        RData::TXT(text) => String::try_from(text).ok(),
        _ => None,
    });
    Ok(Some(Answer::Texts(texts.collect())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A question of our own with its answer behind it, by hand (RFC 1035, section 4.1).
    fn answer(flags: [u8; 2], texts: &[&str]) -> Vec<u8> {
        let mut bytes = question(7, "studio.test").unwrap();
        bytes[2..4].copy_from_slice(&flags);
        bytes[7] = texts.len() as u8;
        for text in texts {
            let length = text.len() as u8;
            bytes.extend([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, length + 1, length]);
            bytes.extend(text.as_bytes());
        }
        bytes
    }

    #[test]
    fn an_answer_is_read_for_its_own_question_alone() {
        let told = answer([0x81, 0x80], &["v=spf1 -all", "other"]);
        let texts = ["v=spf1 -all", "other"].map(str::to_owned).into();
        assert_eq!(read(&told, 7).unwrap(), Some(Answer::Texts(texts)));
        assert!(read(&told, 8).is_err());
        assert_eq!(read(&answer([0x81, 0x83], &[]), 7).unwrap(), Some(Answer::NoSuchName));
        assert_eq!(read(&answer([0x83, 0x80], &[]), 7).unwrap(), None);
        assert!(read(&answer([0x81, 0x82], &[]), 7).is_err());
        assert!(read(b"hello", 7).is_err() && read(&[], 7).is_err());
    }

    #[test]
    fn the_resolver_is_the_first_that_is_an_address() {
        let configuration =
            "# nameserver 1.1.1.1\nsearch studio.test\nnameserver 192.0.2.1\nnameserver ::1\n";
        assert_eq!(first_of(configuration), Some("192.0.2.1:53".parse().unwrap()));
        assert_eq!(first_of("nameserver ::1"), Some("[::1]:53".parse().unwrap()));
        assert_eq!(first_of(""), None);
    }

    #[tokio::test]
    async fn a_resolver_is_asked_over_the_network() {
        let server = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = server.local_addr().unwrap();
        let answering = tokio::spawn(async move {
            let mut asked = [0; 512];
            let (_, asker) = server.recv_from(&mut asked).await.unwrap();
            server.send_to(&answer([0x81, 0x80], &["v=DMARC1; p=reject"]), asker).await.unwrap();
        });
        let told = asked(address, 7, "studio.test").await.unwrap();
        assert_eq!(told, Answer::Texts(vec!["v=DMARC1; p=reject".to_owned()]));
        answering.await.unwrap();
    }
}
