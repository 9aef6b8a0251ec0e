use super::*;

#[test]
fn the_json_of_a_finding() {
    let text = "\u{feff}[authentication.authenticator.sms_otp]\r\nSMSOTPMandatory = 1\r\n";
    let start = text.find("SMS").unwrap();
    let finding = found(text, "SMSOTPMandatory = 1", "here")
        .key("a.\"b\u{202e}\"".to_owned())
        .also(Span::new(3, 4), "there")
        .help("do so")
        .fix(Fix::risky("move", vec![Edit::insert(start, "x\r\n")]));
    let source = Source::new("x/\u{1b}.toml", text);
    let document = Document::parse(&source);
    let view = view(&document);
    let mut run = one_file(&view, vec![finding]);
    run.file.profile = Profile { release: "7.1.0".parse().ok() };
    run.unread.push(InputError { path: "y".to_owned(), message: "not there".to_owned() });
    run.file.loads = None;
    let location = Location::of(&source, Span::new(3, start));
    run.file.fixed.push(FixedFinding { rule: "other", title: "mend".into(), location });
    let version = env!("CARGO_PKG_VERSION");
    let expected = r#"{
  "format": "smsotp-lint/check/1",
  "tool": {
    "name": "smsotp-lint",
    "version": "VERSION"
  },
  "is_version": "7.1",
  "errors": [
    {
      "path": "y",
      "message": "not there"
    }
  ],
  "notes": [],
  "files": [
    {
      "path": "x/\u001b.toml",
      "is_version": "7.1",
      "loads": null,
      "section": null,
      "suppressed": 0,
      "fixed": [
        {
          "rule": "other",
          "title": "mend",
          "location": {
            "line": 1,
            "column": 1,
            "end_line": 2,
            "end_column": 1,
            "byte_start": 3,
            "byte_end": 43
          }
        }
      ],
      "findings": [
        {
          "rule": "handmade",
          "category": "value",
          "severity": "warning",
          "message": "something is odd",
          "key": "a.\"b\u202e\"",
          "location": {
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 20,
            "byte_start": 43,
            "byte_end": 62
          },
          "related": [
            {
              "message": "there",
              "location": {
                "line": 1,
                "column": 1,
                "end_line": 1,
                "end_column": 2,
                "byte_start": 3,
                "byte_end": 4
              }
            }
          ],
          "help": [
            "do so"
          ],
          "fixes": [
            {
              "title": "move",
              "applicability": "unsafe",
              "edits": [
                {
                  "byte_start": 43,
                  "byte_end": 43,
                  "line": 2,
                  "column": 1,
                  "end_line": 2,
                  "end_column": 1,
                  "text": "x\r\n"
                }
              ]
            }
          ]
        }
      ],
      "omitted": 0
    }
  ],
  "summary": {
    "errors": 0,
    "warnings": 1,
    "infos": 0,
    "suppressed": 0,
    "fixable": {
      "safe": 0,
      "unsafe": 1
    }
  }
}
"#;
    let json = run.render(Format::Json, Style::default());
    assert_eq!(json, expected.replace("VERSION", version));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["files"][0]["findings"][0]["key"], "a.\"b\u{202e}\"");
}

#[test]
fn json_keeps_an_edit_to_itself_that_would_print_a_secret() {
    let text = format!("{DEAD}[database]\npassword = 'S3CRETx'\n");
    let start = text.find("[database]").unwrap();
    let moved = text[start..].to_owned();
    let edits = vec![Edit::insert(0, moved), Edit::delete(Span::new(start, text.len()))];
    let finding = found(&text, "[database]", "here").fix(Fix::safe("move it", edits));
    let json = report(&text, &Style::default(), Format::Json, vec![finding]);
    assert!(!json.contains("S3CRETx"));
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let fix = &value["files"][0]["findings"][1]["fixes"][0];
    assert_eq!(fix["title"], "move it");
    assert!(fix["edits"].is_null());
    assert!(value["files"][0]["findings"][0]["fixes"][0]["edits"].is_array());
}

#[test]
fn json_without_anything_to_tell_is_json_still() {
    let of_nothing = |format| {
        let report = Report { format, ..Report::default() };
        report.whole(RenderedFiles::default(), &[])
    };
    let json = of_nothing(Format::Json);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["is_version"], "documented");
    assert_eq!(value["files"], serde_json::json!([]));
    assert_eq!(of_nothing(Format::Human), "");
}
