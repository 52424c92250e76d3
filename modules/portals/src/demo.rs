//! Portals with what a studio writes into them. Files come later, from the files module, which
//! finds the folders by their remembered names.

use portico_facts::{ItemId, PortalId, ProjectId};
use portico_kernel::{DemoWorld, Error, Name, Result, System};

use crate::{
    embed::EmbedForm, item::Pinned, link::LinkForm, note::NoteForm, portal::PortalWishes,
    public_words::PublicWordsForm, store,
};

/// One thing in a portal; a folder's name is a path, so that the others can say where they go.
enum Entry {
    Folder { path: &'static str, name: &'static str },
    Note { folder: &'static str, title: &'static str, words: &'static str },
    PinnedNote { title: &'static str, words: &'static str },
    Link { folder: &'static str, title: &'static str, address: &'static str },
    Embed { title: &'static str, address: &'static str },
}

use Entry::{Embed, Folder, Link, Note, PinnedNote};

const WEBSITE: &[Entry] = &[
    PinnedNote { title: "Where we are", words: include_str!("demo/where-we-are.md") },
    Folder { path: "contracts", name: "Contracts" },
    Note { folder: "contracts", title: "What is included", words: include_str!("demo/included.md") },
    Folder { path: "designs", name: "Designs" },
    Folder { path: "designs/round-1", name: "Round 1" },
    Note { folder: "designs/round-1", title: "Feedback on round 1", words: include_str!("demo/feedback.md") },
    Folder { path: "designs/round-2", name: "Round 2" },
    Note {
        folder: "designs/round-2",
        title: "What changed since round 1",
        words: include_str!("demo/changed.md"),
    },
    Link { folder: "designs", title: "Clickable prototype", address: "https://prototype.studio.test/acme" },
    Folder { path: "meeting-notes", name: "Meeting notes" },
    Note { folder: "meeting-notes", title: "Kick-off", words: include_str!("demo/kick-off.md") },
    Note {
        folder: "meeting-notes",
        title: "Compte rendu de la réunion d'été",
        words: include_str!("demo/reunion-d-ete.md"),
    },
    Link { folder: "", title: "Staging site", address: "https://staging.studio.test/acme" },
    Link { folder: "", title: "Analytics", address: "https://analytics.studio.test/acme?range=90d" },
    Note { folder: "", title: "How to send us photographs", words: include_str!("demo/photographs.md") },
    Embed {
        title: "A tour of the menus",
        address: "https://www.loom.com/share/5f0e3b1c9a7d4e2f8b6a0c1d2e3f4a5b",
    },
];

const BRAND: &[Entry] = &[
    PinnedNote { title: "The idea in one paragraph", words: include_str!("demo/idea.md") },
    Folder { path: "logo", name: "Logo" },
    Folder { path: "guidelines", name: "Guidelines" },
    Note { folder: "guidelines", title: "How Globex speaks", words: include_str!("demo/voice.md") },
    Link { folder: "guidelines", title: "Typeface licence", address: "https://type.example/licences/globex" },
    Note { folder: "", title: "Names we decided against", words: include_str!("demo/names.md") },
];

const RESOURCES: &[Entry] = &[
    Note { folder: "", title: "Working with us", words: include_str!("demo/working-with-us.md") },
    Folder { path: "guides", name: "Guides" },
    Note { folder: "guides", title: "Writing for the web", words: include_str!("demo/writing.md") },
    Link {
        folder: "guides",
        title: "Check a page for accessibility",
        address: "https://www.w3.org/WAI/test-evaluate/",
    },
    Link { folder: "", title: "Book a call", address: "https://calendar.studio.test/half-an-hour" },
];

const RIVAL: &[Entry] = &[
    Note { folder: "", title: "Campaign plan", words: include_str!("demo/campaign.md") },
    Folder { path: "contracts", name: "Contracts" },
    Link { folder: "", title: "Media library", address: "https://media.rival.test/" },
];

pub async fn fill(world: &mut DemoWorld) -> Result<()> {
    let ada = world.acting_for("studio", "ada@studio.test").await?;
    let website = world.recall("studio/project/website")?;
    let brand = world.recall("studio/project/brand")?;
    portal(world, &ada, "studio", "website", "Acme website relaunch", Some(website), WEBSITE).await?;
    portal(world, &ada, "studio", "brand", "Globex brand refresh", Some(brand), BRAND).await?;
    portal(world, &ada, "studio", "resources", "Studio resources", None, RESOURCES).await?;
    public_page(
        &ada,
        PublicWordsForm {
            title: "Brands and websites that age well".into(),
            headline: "Made by the canal since 2009".into(),
            words: include_str!("demo/public-page.md").into(),
            contact_email: "hello@studio.test".into(),
            contact_telephone: "+44 161 496 0123".into(),
            contact_address: "The Boat Shed\n4 Canal Street".into(),
        },
    )
    .await?;

    let eve = world.acting_for("rival", "eve@rival.test").await?;
    let project = world.recall("rival/project/rival")?;
    portal(world, &eve, "rival", "rival", "Novak & Sons campaign", Some(project), RIVAL).await?;
    public_page(&eve, PublicWordsForm::default()).await
}

/// When all modules have put their own into the portal. Of Ada's alone: whoever has none sees nothing of templates.
pub async fn keep_template(world: &mut DemoWorld) -> Result<()> {
    let ada = world.acting_for("studio", "ada@studio.test").await?;
    let (kernel, portal) = (ada.kernel().clone(), world.recall("studio/portal/website")?);
    let name = proven(Name::parse("Small site"))?;
    let kept = ada.write(move |tx| store::templates::keep(tx, kernel.registry(), portal, &name)).await?;
    proven(kept.map(|_| ()))
}

async fn portal(
    world: &mut DemoWorld,
    acting: &System,
    slug: &str,
    key: &str,
    name: &str,
    project: Option<ProjectId>,
    entries: &[Entry],
) -> Result<()> {
    let wishes = PortalWishes { name: proven(Name::parse(name))?, project };
    let added: Result<PortalId, _> = acting.write(move |tx| store::portals::add(tx, &wishes)).await?;
    let portal = proven(added.map_err(store::portals::Refused::key))?;
    world.remember(format!("{slug}/portal/{key}"), portal);
    for entry in entries {
        if let Some((path, folder)) = add(world, acting, slug, key, portal, entry).await? {
            world.remember(format!("{slug}/folder/{key}/{path}"), folder);
        }
    }
    Ok(())
}

/// A folder is returned with its path.
async fn add(
    world: &DemoWorld,
    acting: &System,
    slug: &str,
    key: &str,
    portal: PortalId,
    entry: &Entry,
) -> Result<Option<(&'static str, ItemId)>> {
    let folder = |path: &str| match path {
        "" => Ok(None),
        path => world.recall::<ItemId>(&format!("{slug}/folder/{key}/{path}")).map(Some),
    };
    match *entry {
        Folder { path, name } => {
            let parent = folder(path.rsplit_once('/').map_or("", |(parent, _)| parent))?;
            let name = proven(Name::parse(name))?;
            let added = acting.write(move |tx| store::folders::add(tx, portal, parent, &name)).await?;
            return Ok(Some((path, proven(added)?)));
        }
        Note { folder: path, title, words } => {
            let (folder, note) = (folder(path)?, note(title, words).parse()?);
            acting.write(move |tx| store::notes::add(tx, portal, folder, &note)).await?;
        }
        PinnedNote { title, words } => {
            let note = note(title, words).parse()?;
            let item = acting.write(move |tx| store::notes::add(tx, portal, None, &note)).await?;
            acting.write(move |tx| store::notes::pin(tx, item, Pinned::Yes)).await?;
        }
        Link { folder: path, title, address } => {
            let form = LinkForm { title: title.into(), address: address.into(), ..LinkForm::default() };
            let (folder, link) = (folder(path)?, form.parse()?);
            acting.write(move |tx| store::links::add(tx, portal, folder, &link)).await?;
        }
        Embed { title, address } => {
            let form = EmbedForm { title: title.into(), address: address.into(), ..EmbedForm::default() };
            let embed = form.parse()?;
            acting.write(move |tx| store::embeds::add(tx, portal, None, &embed)).await?;
        }
    }
    Ok(None)
}

fn note(title: &str, words: &str) -> NoteForm {
    NoteForm { title: title.into(), note: words.into(), ..NoteForm::default() }
}

async fn public_page(acting: &System, form: PublicWordsForm) -> Result<()> {
    let words = form.parse()?;
    acting.write(move |tx| store::organization::change_public_words(tx, &words)).await
}

fn proven<T>(checked: Result<T, &'static str>) -> Result<T> {
    checked.map_err(Error::Conflict)
}
