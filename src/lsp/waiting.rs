//! Messages as they arrive -> the next to handle, without those that were cancelled.

use std::collections::VecDeque;

use lsp_server::{ErrorCode, Message, RequestId, Response};
use serde::Deserialize;

/// The messages that are still to be handled.
#[derive(Debug, Default)]
pub(super) struct Waiting(VecDeque<Message>);

#[derive(Deserialize)]
struct CancelParams {
    id: RequestId,
}

const CANCEL: &str = "$/cancelRequest";

impl Waiting {
    /// Takes a message. One that takes a waiting request back is its answer.
    pub(super) fn push(&mut self, message: Message) -> Option<Response> {
        let id = match &message {
            Message::Notification(notification) if notification.method == CANCEL => {
                CancelParams::deserialize(&notification.params).ok()?.id
            }
            _ => {
                self.0.push_back(message);
                return None;
            }
        };
        let is_meant =
            |waiting: &Message| matches!(waiting, Message::Request(request) if request.id == id);
        let at = self.0.iter().position(is_meant)?;
        self.0.remove(at);
        Some(Response::new_err(id, ErrorCode::RequestCanceled as i32, "canceled".to_owned()))
    }

    /// The message that has waited longest.
    pub(super) fn next(&mut self) -> Option<Message> {
        self.0.pop_front()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use lsp_server::{Notification, Request};
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_taken_back_is_answered_and_not_handled() {
        let request =
            |id: i32| Message::from(Request::new(id.into(), "m".to_owned(), json!({ "n": id })));
        let cancel = |id| Message::from(Notification::new(CANCEL.to_owned(), json!({ "id": id })));
        let mut waiting = Waiting::default();
        assert!(waiting.push(request(1)).is_none());
        assert!(waiting.push(request(2)).is_none());
        let answer = waiting.push(cancel(json!(1))).unwrap();
        assert_eq!(answer.id, 1.into());
        assert_eq!(answer.response_result.unwrap_err().code, -32800);
        for other in [json!(1), json!(9), json!("2"), json!(null), json!([])] {
            assert!(waiting.push(cancel(other)).is_none());
        }
        assert!(matches!(waiting.next(), Some(Message::Request(it)) if it.id == 2.into()));
        assert!(waiting.is_empty());
    }
}
