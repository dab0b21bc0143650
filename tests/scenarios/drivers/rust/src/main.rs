//! Runs scenarios through the crate `bmauth`. The lines are those of driver.c.

mod fields;
mod json;

use std::io::{self, BufRead};
use std::thread;

use bmauth::{Cancel, Client, Login, Result, Route, Token};
use fields::Fields;
use json::{error_json, header_json, login_json, mode_json, object, report_json, token_json};

/// What one call leaves for the next.
#[derive(Default)]
struct Driver {
    client: Option<Client>,
    login: Option<Login>,
    token: Option<Token>,
}

impl Driver {
    fn client(&self) -> &Client {
        self.client.as_ref().expect("a client is open")
    }
    fn login(&mut self) -> &mut Login {
        self.login.as_mut().expect("a login has begun")
    }
    fn decide(&self, fields: &Fields<'_>) -> Result<Route> {
        let (project, workspace) = (fields.text("project"), fields.text("workspace"));
        self.client().route(
            project,
            workspace,
            fields.mode(),
            fields.flag("use_default_project"),
        )
    }
    fn keep(&mut self, token: Token) -> String {
        token_json(self.token.insert(token))
    }

    fn call(&mut self, verb: &str, fields: &Fields<'_>, cancel: Option<&Cancel>) -> Result<String> {
        Ok(match verb {
            "open" => {
                self.client = None;
                self.client = Some(Client::new(Some(&fields.options()?))?);
                object([])
            }
            "close" => {
                self.client().close();
                object([])
            }
            "login_begin" => {
                self.login = None;
                let login = self.client().login_begin(fields.flag("forced"), cancel)?;
                login_json(self.login.insert(login))
            }
            "login_poll" => {
                self.login().poll(cancel)?;
                login_json(self.login())
            }
            "login_wait" => {
                self.login().wait(cancel)?;
                login_json(self.login())
            }
            "login_report" => report_json(&self.login().report()?),
            "token" => {
                let least = fields.time("min_validity_ms");
                let token = self.client().token(fields.purpose(), least, cancel)?;
                self.keep(token)
            }
            "fresh_token" => {
                let token = self.client().fresh_token(fields.purpose())?;
                self.keep(token)
            }
            "header" => header_json(&self.client().header(fields.purpose())?),
            "mode" => mode_json(self.client().mode(fields.text("project"))?),
            "route" => self.decide(fields)?.json().to_owned(),
            "headers" => {
                let token = self.client().headers(&self.decide(fields)?, cancel)?;
                self.keep(token)
            }
            "headers_for_url" => {
                let url = fields.text("url").unwrap_or("");
                let token = self.client().headers_for_url(url, cancel)?;
                self.keep(token)
            }
            "invalidate" => {
                self.client()
                    .invalidate(self.token.as_ref().expect("a token is kept"))?;
                object([])
            }
            "refresh_step" => {
                let step = self
                    .client()
                    .refresh_step(fields.time("min_validity_ms"), cancel)?;
                let delay = step.next_delay.as_millis().to_string();
                object([
                    ("is_ready", step.is_ready.to_string()),
                    ("next_delay_ms", delay),
                ])
            }
            "projects" => report_json(&self.client().projects()?),
            "status" => report_json(&self.client().status(fields.flag("offline"), cancel)?),
            "whoami" => report_json(&self.client().whoami(fields.flag("offline"), cancel)?),
            "logout" => report_json(&self.client().logout(cancel)?),
            _ => object([("unknown_verb", true.to_string())]),
        })
    }
}

fn main() {
    let mut driver = Driver::default();
    for line in io::stdin().lock().lines() {
        let line = line.expect("a line");
        let (verb, rest) = line.split_once('\t').unwrap_or((&line, ""));
        let fields = Fields(
            rest.split('\t')
                .filter_map(|part| part.split_once('='))
                .collect(),
        );
        let cancel = Cancel::new().expect("a cancel");
        let reply = thread::scope(|scope| {
            let delay = fields
                .text("cancel_after_ms")
                .map(|_| fields.time("cancel_after_ms"));
            if let Some(delay) = delay {
                let cancel = &cancel;
                scope.spawn(move || {
                    thread::sleep(delay);
                    cancel.trigger();
                });
            }
            driver.call(verb, &fields, delay.map(|_| &cancel))
        });
        println!("{}", reply.unwrap_or_else(|error| error_json(&error)));
    }
}
