//! A stream of bytes <-> messages, each behind a header that tells its length.
//!
//! `lsp-server` has the types. Its reader makes room for whatever length a header claims, and ends
//! with the first message that is no JSON.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message};
use serde_json::Value;

/// The longest message that is read. A file of such a length is none to check, but may be open in
/// the editor.
const LONGEST: u64 = 64 << 20;
/// The longest line of a header.
const LONGEST_LINE: u64 = 1 << 10;

const LENGTH: &str = "Content-Length";

/// What stood in the stream.
#[derive(Debug)]
pub(super) enum Frame {
    /// A message.
    Message(Message),
    /// Something that is no message, and why.
    Garbled(ErrorCode),
}

/// The next message; `None` at the end of the stream.
///
/// # Errors
/// When the stream breaks off, or is none of this protocol, so that nobody knows where the next
/// message begins.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Frame>> {
    let Some(length) = length(input)? else { return Ok(None) };
    let mut body = Vec::new();
    input.by_ref().take(length).read_to_end(&mut body)?;
    if body.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let value = serde_json::from_slice::<Value>(&body);
    Ok(Some(value.map_or(Frame::Garbled(ErrorCode::ParseError), frame)))
}

/// The length that a header tells; `None` where the stream ends in front of it.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if line.is_empty() && is_first {
            return Ok(None);
        }
        is_first = false;
        let line = line.strip_suffix(b"\n").ok_or_else(not_a_message)?;
        let line = str::from_utf8(line).map_err(|_| not_a_message())?.trim_end_matches('\r');
        if line.is_empty() {
            return length.filter(|length| *length <= LONGEST).map(Some).ok_or_else(not_a_message);
        }
        let (name, value) = line.split_once(':').ok_or_else(not_a_message)?;
        if name.eq_ignore_ascii_case(LENGTH) {
            length = Some(value.trim().parse().map_err(|_| not_a_message())?);
        }
    }
}

fn not_a_message() -> io::Error {
    io::Error::other("not a message of the Language Server Protocol")
}

/// A message by the fields that it has: what has an id is never taken for a notification.
fn frame(value: Value) -> Frame {
    let has = |field| value.get(field).is_some();
    let message = match (has("method"), has("id")) {
        (true, true) => serde_json::from_value(value).map(Message::Request),
        (true, false) => serde_json::from_value(value).map(Message::Notification),
        (false, _) => serde_json::from_value(value).map(Message::Response),
    };
    message.map_or(Frame::Garbled(ErrorCode::InvalidRequest), Frame::Message)
}

/// Answers what is no message, of which no id is known.
///
/// # Errors
/// When it cannot be written.
pub(super) fn refuse(output: &mut impl Write, code: ErrorCode) -> io::Result<()> {
    let code = code as i32;
    let error = r#""message":"not a message of this protocol""#;
    let text = format!(r#"{{"jsonrpc":"2.0","id":null,"error":{{"code":{code},{error}}}}}"#);
    write!(output, "{LENGTH}: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(bytes: &[u8]) -> io::Result<Option<Frame>> {
        read(&mut &*bytes)
    }

    fn framed(body: &str) -> Vec<u8> {
        format!("content-type: x\r\nCONTENT-LENGTH:{}\r\n\r\n{body}", body.len()).into_bytes()
    }

    #[test]
    fn messages_are_told_apart_by_their_fields() {
        let read = |body| first(&framed(body)).unwrap().unwrap();
        let request = read(r#"{"id":"a","method":"m"}"#);
        assert!(matches!(request, Frame::Message(Message::Request(_))));
        let notification = read(r#"{"method":"m","params":null}"#);
        assert!(matches!(notification, Frame::Message(Message::Notification(_))));
        let response = read(r#"{"id":1,"result":null}"#);
        assert!(matches!(response, Frame::Message(Message::Response(_))));
        for garbled in [r#"{"id":1.5,"method":"m"}"#, "{}", "[]", "7", r#"{"id":null,"method":1}"#]
        {
            let garbled = read(garbled);
            assert!(matches!(garbled, Frame::Garbled(ErrorCode::InvalidRequest)), "{garbled:?}");
        }
        let deep = "[".repeat(100_000);
        for garbled in ["", "{", "\u{feff}{}", &deep] {
            assert!(matches!(read(garbled), Frame::Garbled(ErrorCode::ParseError)), "{garbled}");
        }
    }

    #[test]
    fn a_stream_of_something_else_is_an_error_and_takes_no_memory() {
        let endless = [b'a'; 3000];
        for bytes in [
            &b"Content-Length: 99999999999999999999\r\n\r\n"[..],
            b"Content-Length: 18446744073709551615\r\n\r\n{}",
            b"Content-Length: 67108864\r\n\r\n{}",
            b"Content-Length: -1\r\n\r\n",
            b"Content-Length: 3\r\n\r\n{}",
            b"Content-Length: 3",
            b"\r\n\r\n{}",
            b"GET / HTTP/1.1\r\n\r\n",
            b"\xff\xfe\n",
            &endless,
        ] {
            assert!(first(bytes).is_err(), "{:?}", String::from_utf8_lossy(bytes));
        }
        assert!(first(b"").unwrap().is_none());
    }
}
