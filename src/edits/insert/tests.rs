use super::*;
use crate::fix::apply;
use crate::section::Section;

fn applied(document: &Document<'_>, mut edits: Vec<Edit>) -> String {
    edits.sort_by_cached_key(|edit| edit.span);
    apply(document.source().text(), &edits).unwrap()
}

#[test]
fn parameters_move_to_where_the_others_are() {
    let misplaced = "[authentication.authenticator.sms_otp]\nX = 1 # x\n";
    for (others, expected) in [
        ("parameters.A = 1\n", "parameters.A = 1\nparameters.X = 1 # x\n"),
        (
            "  parameters.A = 1\nenable = true",
            "  parameters.A = 1\n  parameters.X = 1 # x\nenable = true",
        ),
        ("parameters = { A = 1 } # a\n", "# x\nparameters = { A = 1, X = 1 } # a\n"),
        ("parameters = {}\n", "# x\nparameters = { X = 1 }\n"),
        (
            "\n[authentication.authenticator.sms_otp.parameters]\n\tA = 1",
            "\n[authentication.authenticator.sms_otp.parameters]\n\tA = 1\n\tX = 1 # x",
        ),
    ] {
        let source = Source::new("", format!("{misplaced}{others}"));
        let document = Document::parse(&source);
        let tree = Tree::of(&document);
        let mut inserter = Inserter::of(&document, &tree, &PARAMETER_TABLE).unwrap();
        inserter.take(&Section::of(&tree).misplaced[0], "X").unwrap();
        let result = applied(&document, inserter.edits());
        let header = misplaced.lines().next().unwrap();
        assert_eq!(result, format!("{header}\n{expected}"));
    }
}

#[test]
fn a_new_table_goes_above_the_secrets() {
    let table = "[authentication.authenticator.sms_otp.parameters]\nX = 1\n";
    for (before, after) in [
        ("[a]\n\n# s\n[secrets]\nx = 'y'\n", "[a]\n\n{}\n# s\n[secrets]\nx = 'y'\n"),
        ("[secrets]\n", "{}\n[secrets]\n"),
        ("[secrets.x]\n\n[a]\n", "{}\n[secrets.x]\n\n[a]\n"),
        ("[a]\n", "[a]\n\n{}"),
        // Above a table around it, the server would not start.
        ("[secrets]\n\n[authentication]\n", "[secrets]\n\n[authentication]\n\n{}"),
    ] {
        let source = Source::new("", before);
        let document = Document::parse(&source);
        let edits = add_parameter(&document, &Tree::of(&document), "X", "1").unwrap();
        assert_eq!(applied(&document, edits), after.replace("{}", table));
    }
}

#[test]
fn nothing_goes_where_something_else_stands() {
    for text in [
        "authentication = 1\n",
        "[[authentication]]\n",
        "[authentication.authenticator]\nsms_otp = \"x\"\n",
        "[[authentication.authenticator.sms_otp.parameters]]\n",
        "[authentication.authenticator.sms_otp]\nparameters = [{}]\n",
    ] {
        let source = Source::new("", text);
        let document = Document::parse(&source);
        assert!(add_parameter(&document, &Tree::of(&document), "X", "1").is_none());
    }
}
