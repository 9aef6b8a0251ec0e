//! The flags that tell of the server's environment -> what is known of it.

use std::collections::BTreeMap;
use std::path::Path;

use smsotp_lint::error::Failure;
use smsotp_lint::server::Environment;

use super::inputs::read_file;
use crate::cli::Server;

/// The environment that was given. Naming one variable or file says that there are no others.
pub(super) fn of(server: &Server) -> Result<Environment, Failure> {
    let mut environment = Environment::default();
    if server.process_env {
        let all = std::env::vars_os();
        let all = all.map(|(name, value)| {
            (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned())
        });
        environment.variables.get_or_insert_default().extend(all);
    }
    if let Some(path) = &server.env_file {
        environment.variables.get_or_insert_default().extend(read(path)?);
    }
    if !server.system_property.is_empty() {
        let given = server.system_property.iter().cloned();
        environment.properties.get_or_insert_default().extend(given);
    }
    Ok(environment)
}

/// `NAME=VALUE` lines, with blank lines and `#` comments between them. A value is taken as it
/// stands, quotes included.
fn read(path: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let text =
        String::from_utf8(read_file(path)?).map_err(|_| Failure::with(path, "not UTF-8 text"))?;
    let mut variables = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else {
            // The line itself may hold a secret.
            let message = format!("line {} is not NAME=VALUE", index + 1);
            return Err(Failure::with(path, message));
        };
        variables.insert(name.trim().to_owned(), value.to_owned());
    }
    Ok(variables)
}
