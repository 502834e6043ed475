//! How a file of any size leaves: in parts, no faster than the reader takes them, and not for ever.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::{Body as HttpBody, Frame};
use tokio::io::AsyncReadExt;
use tokio::sync::mpsc;

/// Size of a part.
const PART_BYTES: usize = 256 << 10;
/// Longest time for the reader to take a part.
const STALL_LIMIT: Duration = Duration::from_secs(60);

/// A body whose parts come through a channel; an error cuts it off.
pub(super) struct Parts(mpsc::Receiver<io::Result<Bytes>>);

impl HttpBody for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|part| part.map(|part| part.map(Frame::data)))
    }
}

/// A body and the end into which its parts are put.
pub(super) fn channel() -> (mpsc::Sender<io::Result<Bytes>>, Body) {
    let (sender, receiver) = mpsc::channel(2);
    (sender, Body::new(Parts(receiver)))
}

/// A file that is removed when it is no longer needed.
#[derive(Debug)]
pub(super) struct Passing(pub(super) PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start: it is in the work folder.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The content of a file as a body; the file is removed when all is sent or the reader is gone.
///
/// # Errors
/// The file cannot be opened.
pub(super) fn file(passing: Passing) -> io::Result<(u64, Body)> {
    let file = File::open(&passing.0)?;
    let length = file.metadata()?.len();
    let mut file = tokio::fs::File::from_std(file);
    let (sender, body) = channel();
    tokio::spawn(async move {
        let _passing = passing;
        loop {
            let mut part = vec![0; PART_BYTES];
            let part = match file.read(&mut part).await {
                Ok(0) => return,
                Ok(count) => {
                    part.truncate(count);
                    Ok(Bytes::from(part))
                }
                Err(error) => Err(error),
            };
            let is_cut = part.is_err();
            let sent = tokio::time::timeout(STALL_LIMIT, sender.send(part)).await;
            if is_cut || !matches!(sent, Ok(Ok(()))) {
                return;
            }
        }
    });
    Ok((length, body))
}
