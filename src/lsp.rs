//! The messages of an editor -> what it shows of a `deployment.toml`: the Language Server Protocol.
//!
//! A thread of its own reads, so that a cancellation never waits behind the request it cancels.
//! Everything else happens here, one message after the other: it takes milliseconds. Each kind of
//! answer is a function from value to value in a file of its own.

mod actions;
mod answers;
mod client;
mod completion;
mod configuration;
mod definition;
mod diagnostics;
mod documents;
mod frames;
mod hover;
mod positions;
mod protocol;
mod server;
mod waiting;

pub use configuration::{ConfigFiles, Setup};

use std::io::{self, BufRead, Write};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use lsp_server::Message;

use crate::error::{Exit, Failure, reason};
use frames::Frame;
use server::LanguageServer;
use waiting::Waiting;

/// What the reader says: a frame, or how the stream has ended.
type Arrived = io::Result<Option<Frame>>;

/// Serves one editor until it says goodbye.
///
/// # Errors
/// When a stream is closed too early, or what is read is not of this protocol.
pub fn serve(
    input: impl BufRead + Send + 'static,
    mut output: impl Write,
    setup: Setup<'_>,
) -> Result<Exit, Failure> {
    let arriving = read(input)?;
    let mut server = LanguageServer::new(setup);
    let mut waiting = Waiting::default();
    let mut end: Option<Result<(), Failure>> = None;
    while server.exit().is_none() {
        let mut first = None;
        if waiting.is_empty() {
            // Between two keystrokes nobody wants to know what was wrong after the first.
            send(&mut output, server.overdue())?;
            if let Some(end) = end {
                return end.map(|()| server.exit_at_the_end());
            }
            first = arriving.recv().ok();
        }
        for arrived in first.into_iter().chain(arriving.try_iter()) {
            match arrived {
                Ok(Some(Frame::Message(message))) => send(&mut output, waiting.push(message))?,
                Ok(Some(Frame::Garbled(code))) => {
                    frames::refuse(&mut output, code).map_err(unwritten)?;
                }
                Ok(None) => end = Some(Ok(())),
                Err(error) => end = Some(Err(unread(error))),
            }
        }
        if let Some(message) = waiting.next() {
            send(&mut output, server.handle(message))?;
        }
    }
    Ok(server.exit_at_the_end())
}

/// Reads on another thread, which ends with the stream.
fn read(mut input: impl BufRead + Send + 'static) -> Result<Receiver<Arrived>, Failure> {
    let (sender, receiver) = channel();
    let work = move || {
        loop {
            let arrived: Arrived = frames::read(&mut input);
            let is_last = !matches!(arrived, Ok(Some(_)));
            // Nobody listens any more once the editor has said goodbye.
            if sender.send(arrived).is_err() || is_last {
                return;
            }
        }
    };
    let no_thread = |error| Failure::new(format!("no thread to read on: {}", reason(&error)));
    thread::Builder::new().spawn(work).map_err(no_thread)?;
    Ok(receiver)
}

fn send(
    output: &mut impl Write,
    messages: impl IntoIterator<Item = impl Into<Message>>,
) -> Result<(), Failure> {
    for message in messages {
        message.into().write(output).map_err(unwritten)?;
    }
    Ok(())
}

fn unread(error: io::Error) -> Failure {
    Failure::new(format!("standard input: {}", reason(&error)))
}

fn unwritten(error: io::Error) -> Failure {
    Failure::new(format!("standard output: {}", reason(&error)))
}
