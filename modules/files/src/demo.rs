//! Real documents for `portico demo`, stored as an upload stores them.

use futures_util::FutureExt;
use portico_facts::{ItemId, PortalId};
use portico_kernel::{Demo, DemoWorld, Result, System};
use portico_reading::demo::{self, Picture, image_png};

use crate::{
    arrival::Arrival,
    file_name::ClientPath,
    store::{self, Place},
};

pub fn demo() -> Demo {
    Demo { fill: |world| fill(world).boxed() }
}

/// A path in a portal, and how its content is made.
type Document = (&'static str, fn() -> Vec<u8>);

const WEBSITE: [Document; 3] = [
    ("Brand handbook.pdf", demo::handbook_pdf),
    ("Logo package/Acme logo.svg", demo::logo_svg),
    ("Logo package/Read me first.txt", demo::readme_txt),
];

const WEBSITE_CONTRACTS: [Document; 2] =
    [("Proposal for the catalogue.docx", demo::proposal_docx), ("Budget.csv", demo::budget_csv)];

const WEBSITE_DESIGN: [Document; 5] = [
    ("Moodboard.png", || image_png(Picture::Moodboard, 1)),
    ("Workshops/Brief for the catalogue.html", demo::brief_html),
    ("Workshops/Minutes, catalogue workshop.md", demo::minutes_md),
    ("Workshops/Cahier des charges – été.txt", demo::cahier_des_charges_txt),
    ("Photographs/Morning over the depot.png", || image_png(Picture::Hills, 0)),
];

const BRAND: [Document; 4] = [
    ("Directions/Waves.png", || image_png(Picture::Waves, 2)),
    ("Directions/Paper and stone.png", || image_png(Picture::Moodboard, 3)),
    ("Name check.md", || GLOBEX_NAMES.into()),
    ("Print run.csv", || GLOBEX_PRINT.into()),
];

const RESOURCES: [Document; 2] =
    [("How we work.md", || HOW_WE_WORK.into()), ("Wallpaper.png", || image_png(Picture::Hills, 3))];

const RIVAL: [Document; 2] =
    [("Opening night.md", || RIVAL_OPENING.into()), ("Poster.png", || image_png(Picture::Waves, 1))];

async fn fill(world: &mut DemoWorld) -> Result<()> {
    let ada = world.acting_for("studio", "ada@studio.test").await?;
    let ben = world.acting_for("studio", "ben@studio.test").await?;
    let eve = world.acting_for("rival", "eve@rival.test").await?;
    for (hands, portal, folder, documents) in [
        (&ada, "studio/portal/website", None, WEBSITE.as_slice()),
        (&ada, "studio/portal/website", Some("studio/folder/website/contracts"), &WEBSITE_CONTRACTS),
        (&ben, "studio/portal/website", Some("studio/folder/website/design"), &WEBSITE_DESIGN),
        (&ben, "studio/portal/brand", None, &BRAND),
        (&ada, "studio/portal/resources", None, &RESOURCES),
        (&eve, "rival/portal/rival", None, &RIVAL),
    ] {
        let portal: PortalId = world.recall(portal)?;
        // A portal without this folder shows the documents at its top.
        let folder: Option<ItemId> = folder.and_then(|name| world.recall(name).ok());
        for (path, make) in documents {
            let item = store_document(hands, Place { portal, folder }, path, make()).await?;
            world.remember(format!("{}/file/{path}", hands.organization().slug), item);
        }
    }
    Ok(())
}

async fn store_document(hands: &System, place: Place, path: &str, bytes: Vec<u8>) -> Result<ItemId> {
    let path = ClientPath::from_client(path);
    let mut arrival = Arrival::begin(hands.kernel().objects(), hands.organization().id).await?;
    arrival.add(bytes.into()).await?;
    let new = arrival.finish(path.name.as_str()).await?;
    Ok(hands.write(move |tx| store::add_file(tx, place, &path, &new)).await?.item)
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
