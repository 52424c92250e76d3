use std::{
    io::{BufRead, BufReader},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

use reqwest::{StatusCode, blocking::RequestBuilder};

/// An open event stream (Server-Sent Events).
pub struct EventStream {
    pub status: StatusCode,
    events: Receiver<StreamEvent>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamEvent {
    pub name: String,
    pub data: String,
}

/// How long a test waits for what must come; nothing measures it.
const PATIENCE: Duration = Duration::from_secs(20);

impl EventStream {
    pub(super) fn open(request: RequestBuilder) -> Self {
        let answer = request.send().unwrap();
        let status = answer.status();
        let (sender, events) = channel();
        thread::spawn(move || {
            let mut event = StreamEvent { name: String::new(), data: String::new() };
            for line in BufReader::new(answer).lines().map_while(Result::ok) {
                match line
                    .split_once(':')
                    .map(|(field, value)| (field, value.strip_prefix(' ').unwrap_or(value)))
                {
                    Some(("event", name)) => name.clone_into(&mut event.name),
                    Some(("data", data)) => event.data.push_str(data),
                    None if line.is_empty() && !(event.name.is_empty() && event.data.is_empty()) => {
                        if sender.send(event.clone()).is_err() {
                            return;
                        }
                        event = StreamEvent { name: String::new(), data: String::new() };
                    }
                    _ => {}
                }
            }
        });
        Self { status, events }
    }

    #[track_caller]
    pub fn next(&self) -> StreamEvent {
        match self.events.recv_timeout(PATIENCE) {
            Ok(event) => event,
            Err(RecvTimeoutError::Disconnected) => panic!("the server closed the event stream"),
            Err(RecvTimeoutError::Timeout) => panic!("nothing came on the event stream"),
        }
    }

    /// Waits until the server has ended the stream, and returns what came before.
    #[track_caller]
    pub fn rest(&self) -> Vec<StreamEvent> {
        let mut events = Vec::new();
        loop {
            match self.events.recv_timeout(PATIENCE) {
                Ok(event) => events.push(event),
                Err(RecvTimeoutError::Disconnected) => return events,
                Err(RecvTimeoutError::Timeout) => panic!("the server kept the event stream open"),
            }
        }
    }

    /// What has come so far.
    pub fn so_far(&self) -> Vec<StreamEvent> {
        self.events.try_iter().collect()
    }
}
