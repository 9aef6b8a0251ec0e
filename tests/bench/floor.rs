//! What a run costs beside the least that anybody could do: a process that reads each file once,
//! parses it with `toml_edit` and exits. `cargo bench` prints the medians of interleaved runs,
//! their ratio and the ratio that must hold, and fails when one does not.
//!
//! The yardstick is this program itself, called with `floor` and the files.

#![expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// A set of files, how often it is run, and the ratios to the floor that must hold.
struct Case {
    name: &'static str,
    files: Vec<PathBuf>,
    runs: usize,
    time: f64,
    memory: f64,
}

/// What one run took.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    /// The most memory it held, in KiB; `None` where the system does not tell.
    memory: Option<u64>,
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
        Case { name: "1,000 files", files: many, runs: 15, time: 1.0, memory: unbounded },
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
    let floor = std::env::current_exe().expect("the path of this program");
    let (mut ours, mut floors) = (Vec::new(), Vec::new());
    for _ in 0..case.runs {
        ours.push(run(Path::new(env!("CARGO_BIN_EXE_smsotp-lint")), "check", &case.files));
        floors.push(run(&floor, "floor", &case.files));
    }
    let times = |costs: &[Cost]| median(costs.iter().map(|cost| cost.time.as_secs_f64() * 1e3));
    let memories = |costs: &[Cost]| -> Option<f64> {
        let all: Option<Vec<_>> = costs.iter().map(|cost| cost.memory).collect();
        all.map(|all| median(all.into_iter().map(|kib| kib as f64 / 1024.0)))
    };
    let mut holds = row(case.name, "ms", times(&ours), times(&floors), case.time);
    if let (Some(ours), Some(floor)) = (memories(&ours), memories(&floors)) {
        holds &= row("", "MiB", ours, floor, case.memory);
    }
    holds
}

fn row(name: &str, unit: &str, ours: f64, floor: f64, limit: f64) -> bool {
    let ratio = ours / floor;
    let limit_text = if limit.is_finite() { format!("{limit:.1}") } else { String::new() };
    println!("{name:16}{unit:8}{ours:>12.2}{floor:>12.2}{ratio:>8.2}{limit_text:>8}");
    ratio <= limit
}

fn run(program: &Path, command: &str, files: &[PathBuf]) -> Cost {
    let start = Instant::now();
    let mut child = Command::new(program)
        .arg(command)
        .args(files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a program that starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut memory = None;
    // Short runs are over before there is anything to see, and are not disturbed.
    std::thread::sleep(Duration::from_micros(100));
    while child.try_wait().expect("a program that ends").is_none() {
        memory = peak(&status).or(memory);
        std::thread::sleep(Duration::from_micros(200));
    }
    Cost { time: start.elapsed(), memory }
}

/// The high-water mark of a running process.
fn peak(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
