//! What a run costs beside the floor: a process that reads each file once, parses it with
//! `toml_edit` and exits. `cargo bench` prints the medians of interleaved runs,
//! their ratio and the ratio that must hold, and fails when one does not.
//!
//! The yardstick is this program itself, called with `floor` and the files.

#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// How often a run is watched for its memory.
const MEMORY_RUNS: usize = 3;

/// A set of files, how often it is run, and the ratios to the floor that must hold.
struct Case {
    name: &'static str,
    files: Vec<PathBuf>,
    runs: usize,
    time: f64,
    memory: f64,
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
    let small = save("small.toml", document(0, 8));
    let many = (0..1000).map(|number| save(&format!("{number}.toml"), document(number, 8)));
    let many = many.collect();
    let sized = |name: &str, size: usize| {
        let tables = document(0, 100).len() / 100;
        save(name, document(0, size / tables))
    };
    let unbounded = f64::INFINITY;
    vec![
        Case { name: "60 lines", files: vec![small], runs: 101, time: 1.5, memory: unbounded },
        Case { name: "1,000 files", files: many, runs: 31, time: 1.0, memory: unbounded },
        Case {
            name: "100 KB",
            files: vec![sized("100kB.toml", 100_000)],
            runs: 41,
            time: unbounded,
            memory: unbounded,
        },
        Case {
            name: "1 MB",
            files: vec![sized("1MB.toml", 1_000_000)],
            runs: 15,
            time: 1.6,
            memory: 1.3,
        },
        Case {
            name: "10 MB",
            files: vec![sized("10MB.toml", 10_000_000)],
            runs: 9,
            time: 1.6,
            memory: 1.3,
        },
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

/// Runs both in turn, prints the medians, and tells whether the limits hold.
fn measure(case: &Case) -> bool {
    let own = PathBuf::from(env!("CARGO_BIN_EXE_smsotp-lint"));
    let floor = std::env::current_exe().expect("the path of this program");
    let ours = || command(&own, "check", &case.files);
    let floors = || command(&floor, "floor", &case.files);
    let (mut times, mut floor_times) = (Vec::new(), Vec::new());
    for _ in 0..case.runs {
        times.push(time(ours()));
        floor_times.push(time(floors()));
    }
    let mut holds = row(case.name, "ms", median(times), median(floor_times), case.time);
    if case.memory.is_finite() {
        let (mut peaks, mut floor_peaks) = (Vec::new(), Vec::new());
        for _ in 0..MEMORY_RUNS {
            peaks.extend(peak(ours()));
            floor_peaks.extend(peak(floors()));
        }
        if !peaks.is_empty() && !floor_peaks.is_empty() {
            holds &= row("", "MiB", median(peaks), median(floor_peaks), case.memory);
        }
    }
    holds
}

fn row(name: &str, unit: &str, ours: f64, floor: f64, limit: f64) -> bool {
    let ratio = ours / floor;
    let limit_text = if limit.is_finite() { format!("{limit:.1}") } else { String::new() };
    println!("{name:16}{unit:8}{ours:>12.2}{floor:>12.2}{ratio:>8.2}{limit_text:>8}");
    ratio <= limit
}

fn command(program: &Path, command: &str, files: &[PathBuf]) -> Command {
    let mut run = Command::new(program);
    run.arg(command).args(files).stdout(Stdio::null()).stderr(Stdio::null());
    run
}

/// How long a run takes, in milliseconds.
fn time(mut command: Command) -> f64 {
    let start = Instant::now();
    command.status().expect("a program that starts");
    start.elapsed().as_secs_f64() * 1e3
}

/// The most memory that a run holds, in MiB, as far as it shows; `None` where the system does not
/// tell. Watching takes time, so this run is not one that is timed.
fn peak(mut command: Command) -> Option<f64> {
    let mut child = command.spawn().expect("a program that starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    while child.try_wait().expect("a program that ends").is_none() {
        peak = high_water_mark(&status).or(peak);
        std::thread::sleep(Duration::from_micros(200));
    }
    peak
}

/// The high-water mark of a running process, in MiB.
fn high_water_mark(status: &Path) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
