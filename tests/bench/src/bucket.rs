//! The peer of large files: an S3 server over a folder (s3s-fs), in a process of its own, and
//! whoever asks it without Portico in between.

use std::{env, fs, path::Path, process::Command};

use anyhow::{Result, anyhow};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;

use crate::process::Process;

const BUCKET: &str = "portico";
const ACCESS_KEY: &str = "portico-bench";
const SECRET_KEY: &str = "a-secret-of-the-bench";

/// With one empty bucket.
pub fn start(folder: &Path) -> Result<Process> {
    fs::create_dir_all(folder.join(BUCKET))?;
    Process::start(Command::new(env::current_exe()?).arg("bucket").arg(folder))
}

/// What tells Portico to keep its files there.
pub fn environment(server: &Process) -> [(&'static str, String); 3] {
    [
        ("STORAGE_URL", format!("s3://{BUCKET}?endpoint=http://{}", server.address())),
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY.to_owned()),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY.to_owned()),
    ]
}

pub fn client(server: &Process) -> Result<AmazonS3> {
    // An error says that there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = AmazonS3Builder::new().with_bucket_name(BUCKET).with_allow_http(true);
    let builder = builder.with_endpoint(format!("http://{}", server.address()));
    Ok(builder.with_access_key_id(ACCESS_KEY).with_secret_access_key(SECRET_KEY).build()?)
}

pub async fn serve(folder: &str) -> Result<()> {
    let files = FileSystem::new(folder).map_err(|error| anyhow!("{error:?}"))?;
    let mut builder = S3ServiceBuilder::new(files);
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (socket, _) = listener.accept().await?;
        let service = service.clone();
        tokio::spawn(async move {
            let connection = auto::Builder::new(TokioExecutor::new());
            // Whoever breaks off measures nothing.
            let _ = connection.serve_connection(TokioIo::new(socket), service).await;
        });
    }
}
