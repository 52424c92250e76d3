//! Real documents for `portico demo`, stored as an upload stores them.

mod requests;

use futures_util::FutureExt;
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Demo, DemoWorld, Result, System};
use portico_reading::demo::{self, Picture, image_png};

use crate::{
    arrival::Arrival,
    file_name::ClientPath,
    jobs::{draw_version, read_version},
    store::{self, NewFile, Place},
};

pub fn demo() -> Demo {
    Demo { fill: |world| fill(world).boxed() }
}

/// A file of the demo.
struct Document {
    /// Remembered by the portals' demo, as `studio/portal/website`.
    portal: &'static str,
    /// As in `studio/folder/website/contracts`; nothing at the top of the portal.
    folder: &'static str,
    /// With folders that are still to be made.
    path: &'static str,
    make: fn() -> Vec<u8>,
}

const fn document(
    portal: &'static str,
    folder: &'static str,
    path: &'static str,
    make: fn() -> Vec<u8>,
) -> Document {
    Document { portal, folder, path, make }
}

const OF_ADA: &[Document] = &[
    document("website", "", "Brand handbook.pdf", demo::handbook_pdf),
    document("website", "contracts", "Proposal for the catalogue.docx", demo::proposal_docx),
    document("website", "contracts", "Budget.csv", demo::budget_csv),
    document("website", "contracts", "Re colour proof.eml", demo::colour_proof_eml),
    document("website", "meeting-notes", "Kick-off.pptx", demo::kickoff_pptx),
    document("website", "meeting-notes", "Load schedule.xlsx", demo::loads_xlsx),
    document("website", "designs", "Logo package/Acme logo.svg", demo::logo_svg),
    document("website", "designs", "Logo package/Read me first.txt", demo::readme_txt),
    document("website", "meeting-notes", "Brief for the catalogue.html", demo::brief_html),
    document("resources", "guides", "How we work.md", || HOW_WE_WORK.into()),
    document("resources", "", "Wallpaper.png", || image_png(Picture::Hills, 3)),
];

const OF_BEN: &[Document] = &[
    document("website", "designs/round-1", "Moodboard.png", || image_png(Picture::Moodboard, 1)),
    document("website", "designs/round-2", "Morning over the depot.png", || image_png(Picture::Hills, 0)),
    document("website", "designs", "Paper samples.ods", demo::samples_ods),
    document("website", "designs/round-2", "Review of round two.odp", demo::review_odp),
    document("website", "meeting-notes", "About the proofs.odt", demo::letter_odt),
    document("website", "meeting-notes", "House rules.rtf", demo::house_rules_rtf),
    document("website", "meeting-notes", "Minutes, catalogue workshop.md", demo::minutes_md),
    document("website", "meeting-notes", "Cahier des charges – été.txt", demo::cahier_des_charges_txt),
    document("brand", "logo", "Directions/Waves.png", || image_png(Picture::Waves, 2)),
    document("brand", "logo", "Directions/Paper and stone.png", || image_png(Picture::Moodboard, 3)),
    document("brand", "guidelines", "Name check.md", || GLOBEX_NAMES.into()),
    document("brand", "", "Print run.csv", || GLOBEX_PRINT.into()),
    // Came before, from Ada.
    document("website", "contracts", "Budget.csv", revised_budget),
];

const OF_EVE: &[Document] = &[
    document("rival", "contracts", "Opening night.md", || RIVAL_OPENING.into()),
    document("rival", "", "Poster.png", || image_png(Picture::Waves, 1)),
];

async fn fill(world: &mut DemoWorld) -> Result<()> {
    for (slug, email, documents) in [
        ("studio", "ada@studio.test", OF_ADA),
        ("studio", "ben@studio.test", OF_BEN),
        ("rival", "eve@rival.test", OF_EVE),
    ] {
        let hands = world.acting_for(slug, email).await?;
        for document in documents {
            let portal: PortalId = world.recall(&format!("{slug}/portal/{}", document.portal))?;
            let folder = format!("{slug}/folder/{}/{}", document.portal, document.folder);
            let folder = if document.folder.is_empty() { None } else { Some(world.recall(&folder)?) };
            let place = Place { portal, folder };
            let item = store_document(&hands, place, document.path, (document.make)()).await?;
            world.remember(format!("{slug}/file/{}/{}", document.portal, document.path), item);
        }
    }
    requests::fill(world).await
}

async fn store_document(hands: &System, place: Place, path: &str, bytes: Vec<u8>) -> Result<ItemId> {
    let path = ClientPath::from_client(path);
    let new = arrived(hands, path.name.as_str(), bytes).await?;
    let kept = hands.write(move |tx| store::add_file(tx, place, &path, &new)).await?;
    // At once, so that the demo is found by its words from the first moment on. What cannot be read
    // now is read from the queue.
    let nobody = hands.kernel().system(hands.organization().id).await?;
    if let Err(error) = read_version(&nobody, kept.version).await {
        tracing::warn!(%error, "a document of the demo waits for its reader");
    }
    if let Err(error) = draw_version(&nobody, kept.version).await {
        tracing::warn!(%error, "a document of the demo waits for its picture");
    }
    Ok(kept.item)
}

fn revised_budget() -> Vec<u8> {
    let first = String::from_utf8_lossy(&demo::budget_csv()).into_owned();
    let cheaper =
        first.replace("Product photography,Pictures,16,110,1760", "Product photography,Pictures,12,110,1320");
    cheaper.replace("Total,,206,,19700", "Total,,202,,19260").into_bytes()
}

async fn arrived(hands: &System, name: &str, bytes: Vec<u8>) -> Result<NewFile> {
    let mut arrival = Arrival::begin(hands.kernel(), hands.organization().id).await?;
    arrival.add(bytes.into()).await?;
    arrival.finish(name).await
}

const GLOBEX_NAMES: &str = "\
# Name check: Globex

The word mark was compared with forty-one registered marks in classes 9, 35 and 42.

| Mark | Owner | Distance |
| --- | --- | --- |
| Globix | a printer in Antwerp | close, other class |
| Glowbox | a maker of lamps | far enough |

**Our advice:** keep the name, register the new drawing, and leave out the globe.
";

const GLOBEX_PRINT: &str = "\
Piece,Copies,Paper,Price (EUR)
Letterhead,5000,\"Munken Pure, 120 g\",410
Business cards,2400,\"Colorplan Pale Grey, 540 g\",690
Envelopes,3000,\"Munken Pure, 120 g\",520
Presentation folders,400,\"Gmund Cotton, 600 g\",1180
";

const HOW_WE_WORK: &str = "\
# How we work

Everything about our work together is in your portal. Nothing important hides in a mail.

1. **You ask** by a message, and we answer within one working day.
2. **We show** drafts on Thursdays, so that you have Friday to think.
3. **You decide** in writing, and the portal remembers it.

We are closed between 24 December and 2 January.
";

const RIVAL_OPENING: &str = "\
# Opening night

Doors at seven, speeches at eight, the band at nine. The caterer brings saffron rice for sixty.
";
