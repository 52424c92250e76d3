use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result, bail, ensure};
use tokio::{task::JoinSet, time::sleep};

use crate::{
    corpus::{Corpus, Text},
    http::Connection,
    portico::Portico,
    process::Process,
    settings::{FEW_DOCUMENTS, Settings},
    visitor::Visitor,
};

/// What the rows need to know of the installation: who is signed in, and what there is.
pub struct Office {
    pub ada: Visitor,
    pub carol: Visitor,
    /// Carol's, whose page is measured.
    pub portal: String,
    /// Carol's too, in which almost everything lies that is not on that page.
    pub archive: String,
    /// A large file that she may download.
    pub file: String,
}

/// In the last note, and nowhere else.
pub const LAST: &str = "zyzzyva";
const WRITERS: usize = 8;
/// What performance.md calls a portal page.
const PAGE: usize = 20 * 1024;

const TRIES: usize = 12_000;
const PAUSE: Duration = Duration::from_millis(10);

impl Office {
    /// Signs in, writes the notes, uploads the large file, and waits until everything can be found.
    /// Most of it goes into another portal than the one whose page is measured: the page's cost must
    /// not grow with what is not on it.
    pub async fn move_in(portico: &Portico, server: &Process, settings: &Settings) -> Result<Self> {
        let ada = Arc::new(portico.sign_in(server, "ada@studio.test").await?);
        let carol = portico.sign_in(server, "carol@acme.test").await?;
        let portals = portals_on(&carol.page(server, "/").await?);
        let [portal, archive, ..] = portals.as_slice() else { bail!("Carol sees fewer than two portals") };
        let corpus = Arc::new(Corpus::new());
        let page = format!("/portals/{portal}");
        for number in FEW_DOCUMENTS.. {
            if carol.page(server, &page).await?.len() >= PAGE {
                break;
            }
            ensure!(number < FEW_DOCUMENTS + 200, "a portal's page does not grow with what is in it");
            let mut connection = Connection::open(server.address()).await?;
            write_note(&mut connection, &ada, portal, &corpus.document(number)).await?;
        }
        write_notes(server, &ada, archive, &corpus).await?;
        let file = ada.upload(server, archive, "large.bin", settings.file_size).await?;
        wait_until_found(server, &carol, LAST).await?;
        let ada = Arc::into_inner(ada).context("the writers are done")?;
        Ok(Self { ada, carol, portal: portal.clone(), archive: archive.clone(), file })
    }
}

/// A client of the organization with this slug, and the first portal that they see.
pub async fn client_and_portal(
    portico: &Portico,
    server: &Process,
    slug: &str,
    email: &str,
) -> Result<(Visitor, String)> {
    let client = portico.sign_in_at(server, slug, email).await?;
    let portals = portals_on(&client.page(server, "/").await?);
    let portal = portals.into_iter().next().context("the client sees a portal")?;
    Ok((client, portal))
}

fn portals_on(home: &str) -> Vec<String> {
    let mut portals: Vec<String> = Vec::new();
    for link in home.split("href=\"/portals/").skip(1) {
        let id = link.split(['"', '?', '/', '#']).next().unwrap_or_default();
        if !portals.iter().any(|known| known == id) {
            portals.push(id.to_owned());
        }
    }
    portals
}

async fn write_notes(server: &Process, ada: &Arc<Visitor>, portal: &str, corpus: &Arc<Corpus>) -> Result<()> {
    let mut writers = JoinSet::new();
    for first in 0..WRITERS {
        let mut connection = Connection::open(server.address()).await?;
        let (ada, corpus, portal) = (ada.clone(), corpus.clone(), portal.to_owned());
        writers.spawn(async move {
            for number in (first..FEW_DOCUMENTS).step_by(WRITERS) {
                write_note(&mut connection, &ada, &portal, &corpus.document(number)).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(written) = writers.join_next().await {
        written??;
    }
    let last = Text { title: "The last one".to_owned(), body: LAST.to_owned() };
    write_note(&mut Connection::open(server.address()).await?, ada, portal, &last).await
}

pub async fn write_note(connection: &mut Connection, ada: &Visitor, portal: &str, note: &Text) -> Result<()> {
    let fields = [("title", note.title.as_str()), ("note", note.body.as_str())];
    let request = ada.post_form(&format!("/staff/portals/{portal}/notes"), &fields);
    let status = connection.exchange(&request).await?.head.status;
    ensure!(status == 303, "a note was answered with {status}");
    Ok(())
}

/// A word that is in the body of one note.
pub async fn wait_until_found(server: &Process, carol: &Visitor, word: &str) -> Result<()> {
    for _ in 0..TRIES {
        // Marked in the snippet; the question itself stands there without a mark.
        if carol.page(server, &format!("/search?q={word}")).await?.contains(&format!("<mark>{word}</mark>")) {
            return Ok(());
        }
        sleep(PAUSE).await;
    }
    bail!("the note with {word} was never found")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portals_are_read_off_a_page_once_each() {
        let home =
            "<a href=\"/portals/a\"></a><a href=\"/portals/b?folder=c\"></a><a href=\"/portals/a\"></a>";
        assert_eq!(portals_on(home), ["a", "b"]);
    }
}
