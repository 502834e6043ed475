//! How long does an answer wait for a reader who takes nothing? A connection is closed when none of
//! its bytes can be sent for a while, so that idle readers do not hold the places of others.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// Longest wait for the reader to take anything.
const STALL_LIMIT: Duration = Duration::from_secs(60);

/// A connection that does not wait for ever to be read.
pub(super) struct Patient {
    stream: TcpStream,
    timer: Pin<Box<Sleep>>,
    /// Whether bytes wait to be sent, and the timer runs.
    is_waiting: bool,
}

impl Patient {
    pub(super) fn new(stream: TcpStream) -> Self {
        Patient { stream, timer: Box::pin(sleep(STALL_LIMIT)), is_waiting: false }
    }

    /// What sending came to: an error once nothing could be sent for the limit.
    fn judged<T>(
        &mut self,
        context: &mut Context<'_>,
        sent: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if sent.is_ready() {
            self.is_waiting = false;
            return sent;
        }
        if !self.is_waiting {
            self.is_waiting = true;
            self.timer.as_mut().reset(Instant::now() + STALL_LIMIT);
        }
        self.timer.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judged(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.judged(context, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;
    use tokio::net::TcpListener;

    #[test]
    fn a_reader_who_takes_nothing_is_let_go_and_one_who_reads_is_not() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
            let mut reader = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
            let mut patient = Patient::new(listener.accept().await.unwrap().0);
            let bytes = vec![0_u8; 1 << 20];
            // Fills what the system holds back for the reader, up to the wait.
            let mut full = poll_fn(|context| {
                loop {
                    let sent = Pin::new(&mut patient).poll_write(context, &bytes);
                    if sent.is_pending() || matches!(sent, Poll::Ready(Err(_))) {
                        return Poll::Ready(sent.is_pending());
                    }
                }
            });
            assert!((&mut full).await);
            assert!(patient.is_waiting);
            // The limit has passed.
            patient.timer.as_mut().reset(Instant::now());
            let failed = poll_fn(|context| Pin::new(&mut patient).poll_write(context, &bytes));
            assert_eq!(failed.await.unwrap_err().kind(), io::ErrorKind::TimedOut);
            // A reader who takes something starts the wait anew.
            patient.is_waiting = false;
            let read = async {
                let mut into = vec![0_u8; 1 << 20];
                loop {
                    let mut buffer = ReadBuf::new(&mut into);
                    poll_fn(|context| Pin::new(&mut reader).poll_read(context, &mut buffer))
                        .await
                        .unwrap();
                }
            };
            let write = poll_fn(|context| Pin::new(&mut patient).poll_write(context, &bytes));
            let sent = tokio::select! { sent = write => sent, () = read => unreachable!() };
            assert!(sent.unwrap() > 0);
            assert!(!patient.is_waiting);
        });
    }
}
