//! Writes pages made of the kit into a folder, for looking at: `cargo run -p portico-ui --example
//! gallery -- /tmp/gallery`, then serve that folder.

mod pages;

use std::fs;
use std::path::{Path, PathBuf};

use portico_ui::{Assets, Brand, Language, Text, assets, brand_css};

const BRANDS: [(&str, &str); 6] = [
    ("blue", "#3451b2"),
    ("teal", "#0f766e"),
    ("orange", "#d9480f"),
    ("yellow", "#ffee00"),
    ("black", "#111111"),
    ("white", "#ffffff"),
];

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "/tmp/gallery".to_owned()));
    Assets::install(&|name| format!("/{name}").into());
    copy_assets(&folder)?;
    for (brand, colour) in BRANDS {
        let brand_folder = folder.join(brand);
        fs::create_dir_all(&brand_folder)?;
        let accent = colour.parse().map_err(std::io::Error::other)?;
        fs::write(brand_folder.join("brand.css"), brand_css(&Brand::new(accent)))?;
        for language in Language::ALL {
            for (name, page) in pages::pages(Text::new(language), brand) {
                let suffix = if language == Language::English {
                    String::new()
                } else {
                    format!("-{}", language.code())
                };
                fs::write(brand_folder.join(format!("{name}{suffix}.html")), page.into_string())?;
            }
        }
    }
    let look = portico_ui::mail::MailLook {
        text: Text::default(),
        organization_name: "Studio North",
        logo: None,
        brand: Brand::default(),
        way_out: None,
    };
    fs::write(folder.join("mail.html"), portico_ui::mail::mail_html(&look, &pages::letter()))?;
    println!("{}", folder.display());
    Ok(())
}

fn copy_assets(folder: &Path) -> std::io::Result<()> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    for (kind, name) in [("css", "css/app.css"), ("js", "js/app.js")] {
        let mut files = Vec::new();
        collect(&source.join(kind), kind, &mut files)?;
        files.sort();
        let parts: Result<Vec<String>, _> = files.iter().map(fs::read_to_string).collect();
        fs::create_dir_all(folder.join(kind))?;
        let slim = if kind == "css" { assets::slim_css } else { assets::slim };
        fs::write(folder.join(name), slim(&parts?.concat()))?;
    }
    for name in ["icons/sprite.svg", "icons/favicon.svg", "vendor/htmx-4.0.1/htmx.min.js"] {
        let target = folder.join(name);
        fs::create_dir_all(target.parent().unwrap_or(folder))?;
        fs::copy(source.join(name), target)?;
    }
    Ok(())
}

fn collect(folder: &Path, kind: &str, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, kind, files)?;
        } else if path.extension().is_some_and(|extension| extension == kind) {
            files.push(path);
        }
    }
    Ok(())
}
