//! How a test starts the server and speaks HTTP to it, byte by byte where it has to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::command;

/// A test that waits longer than this for a byte has failed.
const WAIT_MAX: Duration = Duration::from_secs(120);

/// A running server; it ends with the test.
pub(crate) struct Server {
    child: Child,
    /// Kept open, so that what the server says goes somewhere.
    _output: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl Server {
    /// Starts `paydirt serve` on a port that the system chooses.
    pub(crate) fn start(data: &Path, flags: &[&str]) -> Server {
        let mut command = command();
        command.args(["serve", "--port", "0", "--json", "--data"]).arg(data).args(flags);
        Server::of(command)
    }

    /// Starts a prepared command that prints its address as JSON.
    pub(crate) fn of(mut command: Command) -> Server {
        command.stdout(Stdio::piped()).stderr(Stdio::null()).stdin(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let mut output = BufReader::new(child.stdout.take().expect("the output is piped"));
        let mut line = String::new();
        output.read_line(&mut line).expect("the server says where it is");
        let told: Value = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("\"{line}\" is no address: {error}"));
        let port = told["port"].as_u64().and_then(|port| u16::try_from(port).ok());
        Server { child, _output: output, port: port.expect("the server has a port") }
    }

    /// Sends a request with further headers and reads the whole reply.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        let mut stream = self.connect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            head.push_str(&format!("Host: localhost:{}\r\n", self.port));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
        stream.write_all(head.as_bytes()).expect("the server listens");
        // A server that refuses the head may hang up before it has read the body.
        let _ = stream.write_all(body);
        Reply::read(stream)
    }

    /// A connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server listens");
        stream.set_read_timeout(Some(WAIT_MAX)).expect("a connection has a timeout");
        stream
    }

    /// Reads an address.
    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], b"")
    }

    /// Sends JSON.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Reply {
        self.json("POST", path, body)
    }

    /// Sends JSON by a method.
    pub(crate) fn json(&self, method: &str, path: &str, body: &Value) -> Reply {
        let json = [("Content-Type", "application/json")];
        self.send(method, path, &json, body.to_string().as_bytes())
    }

    /// Sends a file; the number of the upload.
    #[track_caller]
    pub(crate) fn upload(&self, name: &str, content: &[u8]) -> u64 {
        let bytes = [("Content-Type", "application/octet-stream")];
        let reply = self.send("POST", &format!("/api/v1/uploads?name={name}"), &bytes, content);
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.value()["id"].as_u64().expect("an upload has a number")
    }

    /// Every state of a job that is told, until it is over.
    pub(crate) fn follow(&self, id: u64) -> Vec<Value> {
        let mut stream = self.connect();
        let port = self.port;
        let head = format!("GET /api/v1/jobs/{id}/events HTTP/1.1\r\nHost: localhost:{port}\r\n");
        let head = format!("{head}Connection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).expect("the server listens");
        let reply = Reply::read(stream);
        assert_eq!(reply.header("content-type"), Some("text/event-stream"), "{reply:?}");
        let events = reply.text();
        let data = events.lines().filter_map(|line| line.strip_prefix("data: "));
        data.map(|json| serde_json::from_str(json).expect("an event is JSON")).collect()
    }

    /// Sends an order for a job and waits until the job is over.
    #[track_caller]
    pub(crate) fn job(&self, path: &str, order: &Value) -> Value {
        let reply = self.post(path, order);
        assert_eq!(reply.status, 202, "{reply:?}");
        let id = reply.value()["id"].as_u64().expect("a job has a number");
        self.follow(id).pop().expect("a job is told at least once")
    }

    /// As [`Server::job`], for a job that has to end well; its result.
    #[track_caller]
    pub(crate) fn done(&self, path: &str, order: &Value) -> Value {
        let job = self.job(path, order);
        assert_eq!(job["state"], "done", "{job}");
        job["result"].clone()
    }

    /// Kills the server as a power cut would.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the server runs");
        self.child.wait().expect("the server ends");
    }

    /// Asks the server to end, as Ctrl-C does, and waits for it; the exit code.
    #[cfg(unix)]
    pub(crate) fn end(mut self) -> i32 {
        self.interrupt();
        self.child.wait().expect("the server ends").code().expect("it ends by itself")
    }

    /// Sends what Ctrl-C sends.
    #[cfg(unix)]
    pub(crate) fn interrupt(&self) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("kill can be run");
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the server answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// Reads until the server closes the connection.
    pub(crate) fn read(stream: TcpStream) -> Reply {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).expect("the server answers");
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("\"{line}\" is no status"));
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).expect("headers are text");
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut reply = Reply { status, headers, body: Vec::new() };
        if reply.header("transfer-encoding") == Some("chunked") {
            reply.body = chunks(&mut reader);
        } else {
            let mut rest = Vec::new();
            // A refused body may reset the connection after the answer has been read.
            let _ = reader.read_to_end(&mut rest);
            reply.body = rest;
        }
        reply
    }

    /// A header by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text.
    #[track_caller]
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("the body is text")
    }

    /// The body as JSON.
    #[track_caller]
    pub(crate) fn value(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("the body is not JSON: {error}: {}", self.text()))
    }

    /// The body as a problem with this status and code.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.value();
        assert_eq!((self.status, problem["code"].as_str()), (status, Some(code)), "{problem}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"));
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("/help/problems/{code}"));
        problem
    }

    /// The body of a good answer as JSON.
    #[track_caller]
    pub(crate) fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.value()
    }
}

/// A body in chunks (RFC 9112, section 7.1); a body that is cut off ends where it is cut.
fn chunks(reader: &mut impl BufRead) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        let read = reader.read_line(&mut line);
        let length = usize::from_str_radix(line.trim_end(), 16);
        let (Ok(_), Ok(length)) = (read, length) else { return body };
        let mut chunk = vec![0; length + 2];
        if length == 0 || reader.read_exact(&mut chunk).is_err() {
            return body;
        }
        body.extend_from_slice(&chunk[..length]);
    }
}
