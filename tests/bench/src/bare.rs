//! The peer of pages: poem and maud alone, rendering as many bytes for every request.
#![expect(clippy::disallowed_types, reason = "this is poem as it comes, to be compared with")]

use std::{env, process::Command};

use anyhow::Result;
use maud::{DOCTYPE, Markup, html};
use poem::{EndpointExt, Route, Server, get, handler, listener::TcpAcceptor, web::Data, web::Html};
use tokio::net::TcpListener;

use crate::process::Process;

/// Renders about `bytes` at `/`, in a process of its own.
pub fn start(bytes: usize) -> Result<Process> {
    Process::start(Command::new(env::current_exe()?).args(["bare", &bytes.to_string()]))
}

pub fn request() -> Vec<u8> {
    b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_vec()
}

pub async fn serve(bytes: usize) -> Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    let app = Route::new().at("/", get(show)).data(things_in(bytes));
    Ok(Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?).run(app).await?)
}

#[derive(Clone)]
struct Thing {
    number: usize,
    name: String,
    words: &'static str,
}

fn things(count: usize) -> Vec<Thing> {
    let name = |number| format!("Thing <{number}> & its name");
    let words = "Changed yesterday by somebody, and read by two people";
    (0..count).map(|number| Thing { number, name: name(number), words }).collect()
}

fn things_in(bytes: usize) -> Vec<Thing> {
    let hundred = page(&things(100)).into_string().len();
    things((bytes * 100).div_ceil(hundred))
}

#[handler]
fn show(Data(things): Data<&Vec<Thing>>) -> Html<String> {
    Html(page(things).into_string())
}

fn page(things: &[Thing]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { title { "Things" } }
            body { main { ul { @for each in things { (thing(each)) } } } }
        }
    }
}

fn thing(thing: &Thing) -> Markup {
    html! {
        li.thing id={ "thing-" (thing.number) } {
            a href={ "/things/" (thing.number) } { (thing.name) }
            p.small { (thing.words) }
            @if thing.number.is_multiple_of(2) { span.dot title="new" {} }
        }
    }
}
