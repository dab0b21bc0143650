//! A program of somebody else: logs in, asks where a project goes, and shows what it would send.

use std::io::{self, Write};
use std::time::Duration;

use bmauth::{Client, Override, Purpose};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(None)?;
    let report = client.login(false, None, |login| {
        println!("code {}", login.user_code().unwrap_or("none"));
        io::stdout().flush().ok();
    })?;
    println!("person {}", report.text("/identity/email").unwrap_or("none"));
    let token = client.token(Purpose::Account, Duration::ZERO, None)?;
    client.invalidate(&token)?; // as after a 401
    for project in ["research", "notes"] {
        let route = client.route(Some(project), None, Override::None, false)?;
        let headers = client.headers(&route, None)?;
        let names: Vec<_> = headers.headers().map(|(name, _)| name).collect();
        println!("{project} {} {}", route.mode(), names.join(" "));
    }
    println!("token {:?}", client.token(Purpose::Account, Duration::ZERO, None)?);
    Ok(())
}
