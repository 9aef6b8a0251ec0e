use super::*;

fn widest(report: &str) -> usize {
    report.lines().map(layout::columns).max().unwrap_or_default()
}

#[test]
fn a_finding_for_people() {
    assert_eq!(
        human(DEAD, 80, Vec::new()),
        "\
error[needs-mandatory]: SendOTPDirectlyToMobile has no effect while
  SMSOTPMandatory is not true: a user who is not in the user store (a federated
  one, say) logs in with the first step alone, without a code
   ╭─[deployment.toml:3:1]
 1 │ [authentication.authenticator.sms_otp.parameters]
 2 │ SMSOTPMandatory = false
   · ───────────┬───────────
   ·            ╰── false here
 3 │ SendOTPDirectlyToMobile = \"true\" # typed by the user
   · ────────────────┬───────────────
   ·                 ╰── set to true here
   ╰────
  help: to ask every user for a code, `smsotp-lint set deployment.toml
        SMSOTPMandatory=true`; to keep the second step optional, set
        SendOTPDirectlyToMobile = false
   fix: set SendOTPDirectlyToMobile = false (--fix)
    or: set SMSOTPMandatory = true (alternative, not applied by --fix)

1 error in 1 file; 1 fixable with --fix
"
    );
}

#[test]
fn the_width_is_kept_and_prose_is_never_wider_than_a_hundred() {
    let long = "a long word of advice that goes on and on ".repeat(6);
    let text = format!("{DEAD}usecase = '{}' # x\n", "local ".repeat(60));
    let said = || Message::of_pieces(long.clone());
    let finding =
        || found(&text, "local local", &long).also(Span::new(60, 70), said()).help(said());
    for (width, most) in [(40, 40), (60, 60), (80, 80), (200, 200)] {
        let report = alone(&text, Format::Human, width, vec![finding()]);
        assert!(widest(&report) <= most, "{report}");
        let prose = report.lines().filter(|line| !line.contains(['│', '·']));
        assert!(prose.map(layout::columns).all(|columns| columns <= 100), "{report}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_label() {
    let value = format!("{}HERE{}", "a".repeat(200), "b".repeat(200));
    let text = format!("[authentication.authenticator.sms_otp]\nname = '{value}'\n");
    let report = alone(&text, Format::Human, 60, vec![found(&text, "HERE", "this part")]);
    let line = report.lines().find(|line| line.starts_with(" 2 │")).unwrap();
    assert!(line.starts_with(" 2 │ …aaaa") && line.ends_with("bbb…"), "{report}");
    let mark = report.lines().find(|line| line.contains('┬')).unwrap();
    let at = mark.chars().position(|c| c == '─').unwrap();
    assert_eq!(line.chars().skip(at).take(4).collect::<String>(), "HERE");
}

#[test]
fn wide_characters_and_tabs_keep_the_label_in_place() {
    let text = "[authentication.authenticator.sms_otp]\nname = \"你好😀\t→ x\" # é\n";
    for part in ["你好", "😀", "→", "x", "# é"] {
        let report = alone(text, Format::Human, 80, vec![found(text, part, "this")]);
        let mut lines = report.lines().skip_while(|line| !line.starts_with(" 2 │"));
        let (line, mark) = (lines.next().unwrap(), lines.next().unwrap());
        let before = |text: &str, end: usize| layout::columns(&text[..end]);
        let at = mark.find(['─', '┬']).unwrap();
        assert_eq!(before(mark, at), before(line, line.rfind(part).unwrap()), "{report}");
        assert_eq!(before(mark, mark.len()) - before(mark, at), layout::columns(part), "{report}");
    }
}

#[test]
fn labels_far_apart_have_an_excerpt_each_and_one_place_to_click_on() {
    let text = format!("a = 1\n{}z = 2\n", "# x\n".repeat(50));
    let first = text.find('a').unwrap();
    let finding = found(&text, "z = 2", "here").also(Span::new(first, first + 1), "and there");
    assert_eq!(
        human(&text, 80, vec![finding]),
        "\
warning[handmade]: something is odd
   ╭─[1:1]
 1 │ a = 1
   · ┬
   · ╰── and there
 2 │ # ***
   ╰────
    ╭─[deployment.toml:52:1]
 51 │ # ***
 52 │ z = 2
    · ──┬──
    ·   ╰── here
    ╰────

1 warning in 1 file
"
    );
}

fn source_position(text: &str) -> crate::source::Position {
    Source::new("x", text).position(text.len())
}

#[test]
fn a_label_at_the_end_of_the_file_shows() {
    for text in ["a = 1", "a = 1\n", "a = 1\r\n", "a = 1\n\n"] {
        let end = Label::new(Span::at(text.len()), "the end");
        let finding = Diagnostic::new(&INFO, Severity::Info, "over", end);
        let at = source_position(text);
        let report = human(text, 80, vec![finding]);
        assert!(report.contains("╰── the end"), "{report}");
        assert!(
            report.contains(&format!("[deployment.toml:{}:{}]", at.line, at.column)),
            "{report}"
        );
        assert!(report.contains(" │ a = 1\n"), "{report}");
    }
}

#[test]
fn a_label_over_lines_has_an_arm_and_a_very_long_one_does_not() {
    let text = "a = \"\"\"\nx\ny\"\"\"\nb = 1\n";
    let value = "\"\"\"\nx\ny\"\"\"";
    assert_eq!(
        human(text, 80, vec![found(text, value, "this text")]),
        "\
warning[handmade]: something is odd
   ╭─[deployment.toml:1:5]
 1 │ ╭─▶ a = \"\"\"***
 2 │ │   ***
 3 │ ├─▶ ***\"\"\"
   · ╰──── this text
 4 │     b = 1
   ╰────

1 warning in 1 file
"
    );
    let lines = "x\n".repeat(30);
    let text = format!("a = '''\n{lines}'''\n");
    let report = human(&text, 80, vec![found(&text, &text[4..], "this text")]);
    assert!(report.contains(" 2 │ ***\n   ╰──"), "{report}");
}

#[test]
fn labels_that_overlap_share_the_line() {
    let text = "abc = 1\n";
    let finding =
        found(text, "abc = 1", "all").also(Span::new(6, 7), "value").also(Span::new(6, 7), "again");
    assert!(human(text, 80, vec![finding]).contains(
        "
 1 │ abc = 1
   · ───┬──┬
   ·    │  ╰─┤ value
   ·    │    │ again
   ·    ╰── all
"
    ),);
    let finding = found(text, "abc = 1", "all")
        .also(Span::new(0, 3), "key")
        .also(Span::new(2, 5), "middle")
        .also(Span::new(0, 3), "also");
    assert!(human(text, 80, vec![finding]).contains(
        "
 1 │ abc = 1
   · ─┬┬──┬─
   ·  ││  ╰── all
   ·  │╰── middle
   ·  ╰─┤ key
   ·    │ also
"
    ),);
}
