//! What comes with a verb.

use std::collections::HashMap;
use std::time::Duration;

use bmauth::{Options, Override, Purpose, Result};

type Set<T> = for<'a> fn(&'a mut Options, T) -> Result<&'a mut Options>;
type SetText = for<'a> fn(&'a mut Options, &str) -> Result<&'a mut Options>;

const TEXTS: [(&str, SetText); 14] = [
    ("data_dir", Options::set_data_dir),
    ("token_file", Options::set_token_file),
    ("issuer", Options::set_issuer),
    ("client_id", Options::set_client_id),
    ("cloud_host", Options::set_cloud_host),
    ("api_key", Options::set_api_key),
    ("default_project", Options::set_default_project),
    ("default_workspace", Options::set_default_workspace),
    ("project_constraint", Options::set_project_constraint),
    ("ca_file", Options::set_ca_file),
    ("proxy", Options::set_proxy),
    ("user_agent_suffix", Options::set_user_agent_suffix),
    ("local_base_url", Options::set_local_base_url),
    ("language", Options::set_language),
];
const FLAGS: [(&str, Set<bool>); 3] = [
    ("force_local", Options::set_force_local),
    ("force_cloud", Options::set_force_cloud),
    ("explicit_routing", Options::set_explicit_routing),
];
const TIMES: [(&str, Set<Duration>); 7] = [
    ("connect_timeout_ms", Options::set_connect_timeout),
    ("auth_timeout_ms", Options::set_auth_timeout),
    ("refresh_try_timeout_ms", Options::set_refresh_try_timeout),
    ("refresh_budget_ms", Options::set_refresh_budget),
    ("api_timeout_ms", Options::set_api_timeout),
    ("lock_timeout_ms", Options::set_lock_timeout),
    ("login_timeout_ms", Options::set_login_timeout),
];

pub struct Fields<'a>(pub HashMap<&'a str, &'a str>);

impl<'a> Fields<'a> {
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).copied()
    }
    pub fn number(&self, name: &str) -> u64 {
        self.text(name)
            .map_or(0, |text| text.parse().expect("a number"))
    }
    pub fn flag(&self, name: &str) -> bool {
        self.number(name) != 0
    }
    pub fn time(&self, name: &str) -> Duration {
        Duration::from_millis(self.number(name))
    }
    pub fn purpose(&self) -> Purpose {
        match self.text("purpose") {
            Some("project") => Purpose::Project,
            _ => Purpose::Account,
        }
    }
    pub fn mode(&self) -> Override {
        match self.text("override") {
            Some("local") => Override::Local,
            Some("cloud") => Override::Cloud,
            _ => Override::None,
        }
    }
    pub fn options(&self) -> Result<Options> {
        let mut options = Options::new()?;
        for (name, set) in TEXTS {
            self.text(name)
                .map(|text| set(&mut options, text))
                .transpose()?;
        }
        for (name, set) in FLAGS {
            self.text(name)
                .map(|_| set(&mut options, self.flag(name)))
                .transpose()?;
        }
        for (name, set) in TIMES {
            self.text(name)
                .map(|_| set(&mut options, self.time(name)))
                .transpose()?;
        }
        Ok(options)
    }
}
