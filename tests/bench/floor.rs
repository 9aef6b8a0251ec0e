//! What a run costs beside the floor: a process that reads each file once, parses it with
//! `toml_edit` and exits. `cargo bench` prints the times of interleaved runs, their ratio and the ratio
//! that must hold, and fails when one does not.
//!
//! The yardstick is this program itself, called with `floor` and the files.

#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// What is run over some files, how often, and the ratio to the floor that must hold.
struct Case {
    name: &'static str,
    arguments: &'static [&'static str],
    files: Vec<PathBuf>,
    runs: usize,
    limit: f64,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == "floor") {
        for path in arguments {
            let text = fs::read_to_string(path).expect("a file that can be read");
            let document = toml_edit::Document::parse(text).expect("a file that is TOML");
            std::hint::black_box(&document);
        }
        return ExitCode::SUCCESS;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!("{:24}{:>12}{:>12}{:>8}{:>8}", "", "this", "floor", "ratio", "limit");
    let mut holds = true;
    for case in cases(folder.path()) {
        holds &= measure(&case);
    }
    if holds { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn cases(folder: &Path) -> Vec<Case> {
    let save = |name: &str, text: String| {
        let path = folder.join(name);
        fs::File::create(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
            .expect("a file that can be written");
        path
    };
    let one = |name: &str, tables: usize| vec![save(name, document(0, tables))];
    let small = one("small.toml", 8);
    let table = document(0, 100).len() / 100;
    let many = |kind: &str, end: &str| -> Vec<_> {
        let text = |number: usize| document(number, 8) + end;
        (0..1000).map(|number| save(&format!("{kind}{number}.toml"), text(number))).collect()
    };
    let case = |name, arguments, files, runs, limit| Case { name, arguments, files, runs, limit };
    let check: &[&str] = &["check"];
    let simulate: &[&str] = &["simulate"];
    let sarif: &[&str] = &["check", "--format", "sarif"];
    vec![
        case("60 lines", check, small.clone(), 201, 1.4),
        case("60 lines, simulate", simulate, small.clone(), 201, 1.6),
        case("60 lines, SARIF", sarif, small, 201, 1.8),
        case("740 lines", check, one("middle.toml", 121), 101, 1.6),
        case("250 KB", check, one("large.toml", 250_000 / table), 41, 1.9),
        case("1,000 files", check, many("sound", ""), 31, 1.25),
        case("1,000 with findings", check, many("wrong", "RetryEnable = \"no\"\n"), 31, 3.0),
    ]
}

/// A document of this section, of a host that differs by number, and of so many other tables.
fn document(number: usize, tables: usize) -> String {
    let mut text = format!(
        "[server]\nhostname = \"host{number}.example.com\"\nnode_ip = \"127.0.0.1\"\n\
         base_path = \"https://$ref{{server.hostname}}:9443\"\n\n"
    );
    for table in 0..tables {
        text.push_str(&format!(
            "[site.group{table}.table]\nport = {}\nenabled = true # kept\n\
             url = \"jdbc:mysql://db{table}.example.com:3306/identity?useSSL=false\"\n\
             hosts = [\"a{table}.example.com\", \"b{table}.example.com\"]\n\n",
            9443 + table % 1000,
        ));
    }
    text.push_str(
        "[authentication.authenticator.sms_otp]\nenable = true\n\n\
         [authentication.authenticator.sms_otp.parameters]\nSMSOTPMandatory = true\n\
         BackupCode = false\nTokenLength = 6\nTokenExpiryTime = 300\n",
    );
    text
}

/// Runs both in turn, prints the times, and tells whether the limit holds.
fn measure(case: &Case) -> bool {
    let own = PathBuf::from(env!("CARGO_BIN_EXE_smsotp-lint"));
    let floor = std::env::current_exe().expect("the path of this program");
    let (mut times, mut floor_times) = (Vec::new(), Vec::new());
    for _ in 0..case.runs {
        times.push(time(&own, case.arguments, &case.files));
        floor_times.push(time(&floor, &["floor"], &case.files));
    }
    let (ours, floor) = (undisturbed(times), undisturbed(floor_times));
    let (ratio, limit) = (ours / floor, case.limit);
    println!("{:24}{ours:>9.2} ms{floor:>9.2} ms{ratio:>8.2}{limit:>8.2}", case.name);
    ratio <= limit
}

/// How long a run takes, in milliseconds.
fn time(program: &Path, arguments: &[&str], files: &[PathBuf]) -> f64 {
    let mut run = Command::new(program);
    run.args(arguments).args(files).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    run.status().expect("a program that starts");
    start.elapsed().as_secs_f64() * 1e3
}

/// A time that one run in ten stays below: what else the machine does only ever adds to it.
fn undisturbed(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 10]
}
