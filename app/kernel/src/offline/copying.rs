//! A copy on its way out: one page or file after the other, each read when its turn comes.

use std::collections::VecDeque;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream, stream::BoxStream};
use portico_facts::PortalId;
use portico_ui::{
    LogoLook, OFFLINE_SCRIPT, OfflineFrame, OrganizationLook, Text, brand_css, offline_page, offline_search,
    offline_stylesheet,
};

use super::{
    Leaf, OfflineBytes, OfflineCopy, OfflineEyes, OfflinePage, OfflinePath, OfflinePlan, OfflineWords,
    still_see,
};
use crate::{
    access::Organization,
    error::{Error, Result},
    personal::zip::Zip,
    system::Kernel,
};

const SEARCH: &str = "search.html";
/// In bytes: so much of what is found is in memory at a time.
const LONGEST_CHUNK: usize = 200_000;
/// In characters, of one page.
const MOST_WORDS: usize = 20_000;

impl OfflineEyes {
    fn organization(&self) -> &Organization {
        match self {
            Self::Staff(staff) => staff.organization(),
            Self::Client(viewer) => viewer.client.organization(),
        }
    }

    fn kernel(&self) -> &Kernel {
        match self {
            Self::Staff(staff) => staff.kernel(),
            Self::Client(viewer) => viewer.client.kernel(),
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::Staff(staff) => staff.text(),
            Self::Client(viewer) => viewer.client.text(),
        }
    }

    /// A ZIP archive in pieces, as they are asked for.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what they do not see, or the database's: then nothing was sent.
    pub async fn offline_copy(
        self,
        plan: OfflinePlan,
    ) -> Result<impl Stream<Item = Result<Vec<u8>>> + Send + 'static> {
        let (kernel, text) = (self.kernel().clone(), self.text());
        let copy = self.read(move |tx| OfflineCopy::gather(tx, plan, text, kernel.registry())).await?;
        let copying = Copying::of(self, copy);
        Ok(stream::try_unfold(copying, Copying::next))
    }
}

/// One line of what is found.
type Entry = (String, String, String);

struct Copying {
    eyes: OfflineEyes,
    text: Text,
    of: PortalId,
    portal: String,
    saved_on: String,
    /// Small files with which it begins.
    first: VecDeque<(OfflinePath, Vec<u8>)>,
    leaves: VecDeque<Leaf>,
    open: Option<BoxStream<'static, Result<Bytes>>>,
    zip: Zip,
    /// Not written yet.
    found: Vec<Entry>,
    found_length: usize,
    chunks: usize,
    /// Title and address of everything, for the page of the search.
    all: Vec<(String, String)>,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Leaves,
    SearchPage,
    Directory,
    Done,
}

impl Copying {
    fn of(eyes: OfflineEyes, copy: OfflineCopy) -> Self {
        let organization = eyes.organization();
        let today = eyes.kernel().now().in_zone(&organization.time_zone).date();
        let css = format!("{}{}", offline_stylesheet(), brand_css(&organization.brand()));
        let files = [("assets/style.css", css), ("assets/search.js", OFFLINE_SCRIPT.to_owned())];
        let first = files.map(|(path, words)| (OfflinePath::fixed(path), words.into_bytes()));
        let saved_on = copy.text.say_with("ui-offline-saved", &[("date", copy.text.date(today).into())]);
        let mut copying = Self {
            text: copy.text,
            of: copy.plan.portal,
            portal: copy.plan.name,
            saved_on,
            first: first.into(),
            leaves: copy.leaves.into(),
            open: None,
            zip: Zip::default(),
            found: Vec::new(),
            found_length: 0,
            chunks: 0,
            all: Vec::new(),
            stage: Stage::Leaves,
            eyes,
        };
        let page =
            OfflinePage { path: OfflinePath::first_page(), title: copying.portal.clone(), above: Vec::new() };
        let body = maud::html! { @for part in &copy.front { (part) } };
        let document = copying.document(&page, OfflineWords { body, words: copy.front_words });
        copying.first.push_back((page.path, document));
        copying
    }

    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>> {
        let piece = match self.open.take() {
            Some(mut bytes) => match bytes.next().await {
                Some(some) => {
                    let piece = self.zip.add(some?.to_vec());
                    self.open = Some(bytes);
                    piece
                }
                None => self.zip.finish(),
            },
            None if self.found_length >= LONGEST_CHUNK => self.chunk(),
            None => match (self.first.pop_front(), self.stage) {
                (Some((path, bytes)), _) => self.whole(path.as_str(), bytes),
                (None, Stage::Leaves) => match self.leaves.pop_front() {
                    Some(leaf) => self.begin(leaf).await?,
                    None => {
                        self.stage = Stage::SearchPage;
                        self.chunk()
                    }
                },
                (None, Stage::SearchPage) => {
                    self.stage = Stage::Directory;
                    let page = self.search_page();
                    self.whole(SEARCH, page)
                }
                (None, Stage::Directory) => {
                    self.stage = Stage::Done;
                    self.zip.end()
                }
                (None, Stage::Done) => return Ok(None),
            },
        };
        Ok(Some((piece, self)))
    }

    async fn begin(&mut self, leaf: Leaf) -> Result<Vec<u8>> {
        match leaf {
            Leaf::Page(page, read) => {
                let words = match self.eyes.read(read).await {
                    // It went while the rest was sent, and links lead to it.
                    Err(Error::NotFound) => OfflineWords {
                        body: maud::html! { p { (self.text.say("ui-offline-gone")) } },
                        words: String::new(),
                    },
                    words => words?,
                };
                let document = self.document(&page, words);
                Ok(self.whole(page.path.as_str(), document))
            }
            Leaf::File { path, title, bytes } => {
                if let Some(title) = title {
                    self.note(title, &path, "");
                }
                let bytes = match bytes {
                    OfflineBytes::Stored { size: 0, .. } => stream::empty().boxed(),
                    OfflineBytes::Stored { key, size } => {
                        let (kernel, portal) = (self.eyes.kernel().clone(), self.of);
                        self.eyes.read(move |tx| still_see(tx, portal)).await?;
                        let stored = kernel.objects().read(&key, 0..size).await?;
                        stored.bytes
                    }
                    OfflineBytes::Made(make) => {
                        let made = Bytes::from(make(self.eyes.clone()).await?);
                        stream::iter([Ok(made)]).boxed()
                    }
                };
                self.open = Some(bytes);
                Ok(self.zip.begin(path.as_str().to_owned()))
            }
        }
    }

    fn whole(&mut self, path: &str, bytes: Vec<u8>) -> Vec<u8> {
        let mut piece = self.zip.begin(path.to_owned());
        piece.extend(self.zip.add(bytes));
        piece.extend(self.zip.finish());
        piece
    }

    fn note(&mut self, title: String, path: &OfflinePath, words: &str) {
        let address = path.seen_from(&OfflinePath::fixed(SEARCH));
        let words: String = words.chars().take(MOST_WORDS).collect();
        self.all.push((title.clone(), address.clone()));
        self.found_length += title.len() + address.len() + words.len();
        self.found.push((title, address, words));
    }

    fn document(&mut self, page: &OfflinePage, words: OfflineWords) -> Vec<u8> {
        self.note(page.title.clone(), &page.path, &words.words);
        let mut places: Vec<(String, String)> = Vec::new();
        let first = OfflinePath::first_page();
        if page.path != first {
            places.push((first.seen_from(&page.path), self.portal.clone()));
        }
        places.extend(page.above.iter().map(|(path, name)| (path.seen_from(&page.path), name.clone())));
        let document = offline_page(&self.frame(&page.title, page.path.up(), &places), &words.body);
        document.into_string().into_bytes()
    }

    fn search_page(&self) -> Vec<u8> {
        let places = [(OfflinePath::first_page().as_str().to_owned(), self.portal.clone())];
        let title = self.text.say("ui-offline-contents");
        let document = offline_search(&self.frame(&title, "", &places), &self.all, self.chunks);
        document.into_string().into_bytes()
    }

    fn frame<'a>(
        &self,
        title: &'a str,
        up: &'static str,
        places: &'a [(String, String)],
    ) -> OfflineFrame<'a> {
        OfflineFrame {
            text: self.text,
            organization: look(self.eyes.organization(), up),
            portal: self.portal.clone(),
            saved_on: self.saved_on.clone(),
            title,
            up,
            places,
        }
    }

    /// A script, since a page that was opened as a file may read nothing else beside it.
    fn chunk(&mut self) -> Vec<u8> {
        self.chunks += 1;
        self.found_length = 0;
        let found = serde_json::Value::from_iter(
            std::mem::take(&mut self.found).into_iter().map(|(title, href, words)| vec![title, href, words]),
        );
        let script = format!("(self.offlineIndex ??= []).push({found});\n");
        let path = format!("search/{}.js", self.chunks);
        self.whole(&path, script.into_bytes())
    }
}

/// With the logo that lies in the copy.
fn look(organization: &Organization, up: &str) -> OrganizationLook {
    let mut look = organization.look();
    let beside = |logo: LogoLook| LogoLook { href: format!("{up}{}", OfflinePath::logo().as_str()), ..logo };
    look.logo = look.logo.map(beside);
    look
}
